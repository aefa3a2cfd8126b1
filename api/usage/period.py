"""A period of whole local hours, and the coarsest stored grains that make it up.

Times are ms of UTC, half-open; hours, days and months are those of the site's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from api.asked import YEARS, invalid, parse_day, parse_time
from api.schemas import By
from rooms.registry.registry import midnight
from rooms.texts import Language, text
from rooms.texts.times import moment
from rooms.units import DAY_MS, HOUR_MS

Grain = Literal["hour", "day", "month"]

COARSEST: Final[dict[By, Grain]] = {
    "room": "month",
    "partner": "day",
    "day": "day",
    "week": "day",
    "month": "month",
    "hour-of-week": "hour",
}
_FINER: Final[dict[Grain, tuple[Grain, ...]]] = {
    "month": ("month", "day"),
    "day": ("day",),
    "hour": (),
}
DAYS: Final = 400
YEARS_LONG: Final = 10


class Span(NamedTuple):
    """A part of a period that is read from one grain's series."""

    grain: Grain
    start: int
    stop: int


class Period(NamedTuple):
    start: int
    stop: int  # at most ``now``: nothing is known of what comes after
    zone: ZoneInfo
    now: int

    @property
    def open(self) -> bool:
        """Does it reach until now? Then the running hour, day and month belong to it."""
        return self.stop == self.now

    @property
    def days(self) -> list[date]:
        """The local days that it touches."""
        first = moment(self.start, self.zone).date()
        last = moment(self.stop - 1, self.zone).date()
        return [first + timedelta(n) for n in range((last - first).days + 1)]

    def spans(self, coarsest: Grain) -> list[Span]:
        """The period in the coarsest whole grains, finer ones at its edges only."""
        stop = ceiling(self.stop, "month", self.zone) if self.open else self.stop
        return _split(self.start, stop, _FINER[coarsest], self.zone)


def _split(start: int, stop: int, grains: Sequence[Grain], zone: ZoneInfo) -> list[Span]:
    if start >= stop:
        return []
    if not grains:
        return [Span("hour", start, stop)]
    low, high = ceiling(start, grains[0], zone), floor(stop, grains[0], zone)
    if low >= high:
        return _split(start, stop, grains[1:], zone)
    return [
        *_split(start, low, grains[1:], zone),
        Span(grains[0], low, high),
        *_split(high, stop, grains[1:], zone),
    ]


def floor(at: int, grain: Grain, zone: ZoneInfo) -> int:
    """The start of the local hour, day or month that holds ``at``."""
    local = moment(at, zone)
    if grain == "hour":
        return at - ((local.minute * 60 + local.second) * 1000 + at % 1000)
    return midnight(local.date() if grain == "day" else local.date().replace(day=1), zone)


def ceiling(at: int, grain: Grain, zone: ZoneInfo) -> int:
    """``at`` if an hour, day or month starts there, else the next one's start."""
    start = floor(at, grain, zone)
    if start == at:
        return at
    if grain == "hour":
        return start + HOUR_MS
    day = moment(start, zone).date()
    after = day + timedelta(1 if grain == "day" else 31)
    return midnight(after if grain == "day" else after.replace(day=1), zone)


def period_asked(
    start: str | None, end: str | None, now: int, zone: ZoneInfo, language: Language, by: By
) -> Period:
    """What was asked for: local days, or times on whole local hours; without a start, from the
    first of the month that holds the end; without an end, until now.

    Raises ``Problem`` 422 that names the field.
    """
    stop = now if end is None else min(_edge("end", end, zone, language), now)
    if start is None:
        first = floor(stop - 1, "month", zone)
    else:
        first = _edge("start", start, zone, language)
        if first >= now:
            raise invalid("start", text(language, "api.field.future"))
    if first >= stop:
        raise invalid("start", text(language, "api.field.order"))
    if COARSEST[by] == "month":
        if stop - first > YEARS_LONG * 366 * DAY_MS:
            raise invalid("start", text(language, "usage.field.years", years=YEARS_LONG))
    elif stop - first > DAYS * DAY_MS + HOUR_MS:  # a zone's autumn has an hour more
        raise invalid("start", text(language, "usage.field.days", days=DAYS, by=by))
    period = Period(first, stop, zone, now)
    if by == "partner" and any(span.grain == "hour" for span in period.spans("day")):
        field = "start" if floor(first, "day", zone) != first else "end"
        raise invalid(field, text(language, "usage.field.whole_days"))
    return period


def _edge(field: str, value: str, zone: ZoneInfo, language: Language) -> int:
    try:
        if len(value) <= len("2026-11-23"):
            day = parse_day(value)
            if day.year not in YEARS:
                raise ValueError(value)
            return midnight(day, zone)
        at = parse_time(value)
    except ValueError:
        message = text(language, "usage.field.time", value=value[:80])
        raise invalid(field, message) from None
    if floor(at, "hour", zone) != at:
        raise invalid(field, text(language, "usage.field.whole_hour", value=value[:80]))
    return at
