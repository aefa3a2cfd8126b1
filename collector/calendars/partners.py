"""From organiser, categories and subject to a partner; names go no further than this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from collector.calendars.protocol import PartnerWords

_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\"]+@([\w-]+(?:\.[\w-]+)+)")


def partner_of(
    organiser: str, categories: Iterable[str], summary: str, partners: Sequence[PartnerWords]
) -> str | None:
    """The first that tells, and tells of one partner only: a category of the event, the
    organiser's domain (or one below it), an address in the subject, a category as words of
    the subject (Exchange may put the organiser's name there instead of telling it)."""
    given = {category.strip().casefold() for category in categories}
    told = (
        {p.id for p in partners if given & {c.casefold() for c in p.categories}},
        _by_addresses(organiser, partners),
        _by_addresses(summary, partners),
        {p.id for p in partners if any(_says(summary, c) for c in p.categories)},
    )
    found = next((partner for partner in told if partner), set())
    return next(iter(found)) if len(found) == 1 else None


def _by_addresses(text: str, partners: Sequence[PartnerWords]) -> set[str]:
    found = (_by_domain(domain.lower(), partners) for domain in _ADDRESS.findall(text))
    return {partner for partner in found if partner is not None}


def _by_domain(domain: str, partners: Sequence[PartnerWords]) -> str | None:
    """The partner with the longest domain that this one equals or lies below."""
    fits = [
        (len(own), partner.id)
        for partner in partners
        for own in partner.domains
        if domain == own or domain.endswith("." + own)
    ]
    return max(fits)[1] if fits else None


def _says(summary: str, category: str) -> bool:
    words = re.escape(category.strip().casefold())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", summary.casefold()) is not None
