"""What a manager is told of a month that is over and not yet issued, and when (metrics.md 4).

Days are those of the first site's zone, counted from the first day after the month: a notice
that the draft is there on day 1, reminders on day 5 and every fifth day until day 60.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from rooms.registry.registry import Registry

Notice = Literal["draft", "reminder"]

AT: Final = time(7)
DAYS: Final = (1, *range(5, 61, 5))
_MOST_MONTHS: Final = 3  # that 60 days can touch


def first_zone(registry: Registry) -> ZoneInfo:
    """Whose days count: the first site's."""
    return registry.zone(next(iter(registry.sites)))


def ended_months(now: int, zone: ZoneInfo) -> list[date]:
    """Months (their first days) that are over and may still be told of, oldest first."""
    today = datetime.fromtimestamp(now / 1000, zone).date()
    months, after = [], today.replace(day=1)
    for _ in range(_MOST_MONTHS):
        if (today - after).days < DAYS[-1]:
            month = (after - timedelta(days=1)).replace(day=1)
            months.append(month)
            after = month
    return months[::-1]


def to_tell(month: date, zone: ZoneInfo, now: int, told: Sequence[int]) -> Notice | None:
    """What somebody is to be told at ``now`` (ms) of a month that is not issued.

    ``told``: when they were told of it before, ms. What was missed (the service did not run)
    is told once, and what was told is not told again when the clock is set back.
    """
    after = (month + timedelta(days=31)).replace(day=1)
    past = [at for at in _moments(after, zone) if at <= now]
    today = datetime.fromtimestamp(now / 1000, zone).date()
    if not past or (today - after).days >= DAYS[-1] or any(at >= past[-1] for at in told):
        return None
    return "reminder" if told else "draft"


def _moments(after: date, zone: ZoneInfo) -> Iterable[int]:
    for day in DAYS:
        local = datetime.combine(after + timedelta(days=day - 1), AT, zone)
        yield round(local.timestamp()) * 1000
