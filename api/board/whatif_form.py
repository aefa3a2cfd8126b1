"""The form of an agreement to try: as it is sent, or as the pool's agreement is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from rooms.registry import Registry, Site
from rooms.registry.billing import Agreement, Pool, part_of
from rooms.registry.fields import WEIGHT_PATTERN
from rooms.statement.inputs import AgreementInput
from rooms.statement.money import exact
from rooms.statement.registered import agreement_input
from rooms.texts import Language

MONTHS: Final = (1, 3, 6, 12)
_USUAL: Final = 3
_PERCENT: Final = r"\d{1,3}(\.\d{1,6})?"
_FOR_EVER: Final = date(2000, 1, 1)


class Share(NamedTuple):
    partner: str
    name: str
    value: str


class Form(NamedTuple):
    """As it was sent, or as the pool's agreement is."""

    pool: str
    capacity: str  # percent
    no_show: str
    outside: bool
    shares: list[Share]
    months: int


def agreement_of(site: Site, pool: Pool, registry: Registry, now: int) -> Agreement | None:
    """The pool's agreement of today, or the last one before; if none began yet, the first."""
    own = sorted((one for one in site.agreements if one.pool == pool.id), key=lambda one: one.since)
    begun = [one for one in own if one.since <= registry.local_day(site.id, now)]
    return next(iter(begun[-1:] or own), None)


def form_of(
    site: Site,
    pool: Pool,
    base: Agreement | None,
    asked: Mapping[str, str] | None,
    language: Language,
) -> Form:
    held = {} if base is None else base.shares
    if asked is None:
        percent = Fraction(50) if base is None else part_of(base.capacity) * 100
        places = 0 if percent.denominator == 1 else 6
        return Form(
            pool.id,
            exact(percent, places, language),
            "0" if base is None else base.no_show,
            base is not None and base.outside,
            [Share(one.id, one.name, held.get(one.id, "")) for one in site.partners],
            _USUAL,
        )
    months = asked.get("months", "")
    return Form(
        pool.id,
        asked.get("capacity", "").strip()[:20],
        asked.get("no_show", "0").strip()[:20],
        asked.get("outside") == "yes",
        [
            Share(one.id, one.name, asked.get(f"share-{one.id}", "").strip()[:20])
            for one in site.partners
        ],
        next((one for one in MONTHS if str(one) == months), _USUAL),
    )


def _plain(number: str) -> str:
    return number.replace(",", ".")


def mistakes(form: Form) -> list[str]:
    """What cannot be read of it."""
    capacity = _plain(form.capacity)
    shares = [share.value for share in form.shares if share.value]
    wrong: list[str] = []
    if not re.fullmatch(_PERCENT, capacity, re.ASCII) or Fraction(capacity) > 100:
        wrong.append("capacity")
    if not _weight(form.no_show):
        wrong.append("no_show")
    if not shares or not all(_weight(share) for share in shares):
        wrong.append("shares")
    return wrong


def _weight(value: str) -> bool:
    return re.fullmatch(WEIGHT_PATTERN, _plain(value), re.ASCII) is not None


def proposed(form: Form, base: Agreement | None) -> AgreementInput:
    """What the form does not ask for stays as it is."""
    shares = {one.partner: Fraction(_plain(one.value)) for one in form.shares if one.value}
    held = None if base is None else agreement_input(base)
    return AgreementInput(
        id="whatif",
        pool=form.pool,
        since=_FOR_EVER,
        until=None,
        capacity=Fraction(_plain(form.capacity)) / 100,
        shares=dict(sorted(shares.items())),
        no_show=Fraction(_plain(form.no_show)),
        outside=form.outside,
        fallback="shares" if held is None else held.fallback,
        low_coverage=None if held is None else held.low_coverage,
        lost_credit=0 if held is None else held.lost_credit,
        threshold=0 if held is None else held.threshold,
    )
