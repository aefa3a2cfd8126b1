"""When the house is open on a local day, in ms of UTC, as the simulated people know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from rooms.registry.fields import WEEKDAYS, Span
from rooms.registry.models import Room, Site
from rooms.registry.registry import midnight

# "Maundy Thursday (from 2pm)" and the like stand here in the holidays library
_HALF_DAYS = "bank"

Interval = tuple[int, int]


def local_ms(day: date, at: time, zone: ZoneInfo) -> int:
    """A local clock time in ms of UTC; a time that the clocks jump over means the hour after."""
    return int(datetime.combine(day, at, zone).astimezone(UTC).timestamp() * 1000)


def day_bounds(day: date, zone: ZoneInfo) -> Interval:
    """``[midnight, next midnight)``: 23, 24 or 25 hours."""
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def local_days(start: int, stop: int, zone: ZoneInfo) -> Iterator[date]:
    """The local days that touch ``[start, stop)``."""
    day = datetime.fromtimestamp(start / 1000, zone).date()
    while midnight(day, zone) < stop:
        yield day
        day += timedelta(days=1)


def open_spans(site: Site, day: date) -> list[Interval]:
    """Opening hours of the day; empty on closed days."""
    rules = site.holidays
    if any(c.first <= day <= c.last for c in site.closures) or day in rules.extra:
        return []
    spans = site.opening_hours.at(day).get(WEEKDAYS[day.weekday()], ())
    if day not in rules.open and rules.country is not None:
        whole = [c for c in ("public", "de_facto") if c in rules.categories]
        if any(day in _days(rules.country, day.year, category) for category in whole):
            return []
        half = "half_day" in rules.categories and rules.half_day_close is not None
        if spans and half and day in _days(rules.country, day.year, _HALF_DAYS):
            assert rules.half_day_close is not None
            spans = (rules.half_day_close.at(day),)
    return [_interval(span, day, ZoneInfo(site.timezone)) for span in spans]


def cleaning_spans(site: Site, room: Room, day: date) -> list[Interval]:
    zone = ZoneInfo(site.timezone)
    return [
        _interval(window.at, day, zone)
        for window in site.cleaning
        if WEEKDAYS[day.weekday()] in window.days
        and (window.rooms is None or room.id in window.rooms)
    ]


def _interval(span: Span, day: date, zone: ZoneInfo) -> Interval:
    end = day_bounds(day, zone)[1] if span.stop is None else local_ms(day, span.stop, zone)
    return local_ms(day, span.start, zone), end


@lru_cache(maxsize=64)
def _days(country: str, year: int, category: str) -> frozenset[date]:
    if category not in holidays.country_holidays(country).supported_categories:
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year, categories=(category,)))
