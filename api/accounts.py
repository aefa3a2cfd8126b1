"""The account of a day: what became of every message, by source and device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from api import schemas
from storage.outbox import Account

Counts = Counter[tuple[str, str]]  # (outcome, reason)


def account_views(counted: Mapping[Account, int]) -> list[schemas.Account]:
    """By source and device. Points that the store refused are no messages: not told here."""
    by_device: dict[tuple[str, str], Counts] = {}
    for account, count in counted.items():
        if account.outcome != "refused":
            counts = by_device.setdefault((account.source, account.device), Counter())
            counts[account.outcome, account.reason] += count
    return [_view(*key, counts) for key, counts in sorted(by_device.items())]


def _view(source: str, device: str, counts: Counts) -> schemas.Account:
    stored, duplicate, missing = (
        sum(_reasons(counts, outcome).values()) for outcome in ("stored", "duplicate", "missing")
    )
    ignored, quarantined = _reasons(counts, "ignored"), _reasons(counts, "quarantined")
    return schemas.Account(
        source=source,
        device=device,
        received=stored + duplicate + sum(ignored.values()) + sum(quarantined.values()),
        stored=stored,
        duplicate=duplicate,
        ignored=ignored,
        quarantined=quarantined,
        missing=missing,
    )


def _reasons(counts: Counts, outcome: str) -> dict[str, int]:
    return {reason: n for (what, reason), n in sorted(counts.items()) if what == outcome and n}
