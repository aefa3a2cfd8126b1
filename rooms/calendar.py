"""When may a room be booked? Local days and hours, opening hours, cleaning (metrics.md 2).

Days and hours are those of a site's zone, intervals ms of UTC, so a day has 23, 24 or 25
hours. A clock time that the clocks jump over means the hour after, one that comes twice its
first occurrence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import holidays

from rooms.intervals import Interval, Intervals, clip, subtract, union
from rooms.registry.fields import WEEKDAYS, Span
from rooms.registry.models import Room, Site
from rooms.registry.registry import midnight
from rooms.texts import Language, text

QUARTER: Final = 15 * 60_000  # clocks are set, and differ from UTC, by whole quarters
_WHOLE: Final = ("public", "de_facto")  # days on which the house is closed
# Some countries have a category of that name for half-days; Sweden's eves with shorter
# hours ("Trettondagsafton (från kl. 14.00)") stand among its bank holidays.
_HALF_DAYS: Final[Mapping[str, str]] = {"SE": "bank"}


class LocalHour(NamedTuple):
    """A stretch in which the wall clock shows one hour; of an hour shown twice there are two."""

    start: int
    stop: int
    hour: int  # 0 to 23


def day_bounds(day: date, zone: ZoneInfo) -> Interval:
    """``[midnight, next midnight)``."""
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def local_days(start: int, stop: int, zone: ZoneInfo) -> Iterator[date]:
    """The local days that touch ``[start, stop)``, ascending."""
    if start < stop:
        day = datetime.fromtimestamp(start // 1000, zone).date()
        while midnight(day, zone) < stop:
            yield day
            day += timedelta(days=1)


def hours_of(day: date, zone: ZoneInfo) -> list[LocalHour]:
    """The day's 23, 24 or 25 hours; where clocks are set by half an hour, one is short."""
    return list(_hours_of(day, zone))


@lru_cache(maxsize=1024)
def _hours_of(day: date, zone: ZoneInfo) -> tuple[LocalHour, ...]:
    start, stop = day_bounds(day, zone)

    def shown(at: int) -> tuple[int, timedelta | None]:
        local = datetime.fromtimestamp(at // 1000, zone)
        return local.hour, local.utcoffset()

    pieces = [(next(own), hour) for (hour, _), own in groupby(range(start, stop, QUARTER), shown)]
    return tuple(LocalHour(a, b, hour) for (a, hour), (b, _) in pairwise([*pieces, (stop, 0)]))


def opening(site: Site, day: date) -> Intervals:
    """Opening hours of the day, ascending: none on holidays and in closures, cut on half-days."""
    if closed_because(site, day, site.language) is not None:
        return []
    hours = clock_spans(site, day, site.opening_hours.at(day).get(WEEKDAYS[day.weekday()], ()))
    half = site.holidays.half_day_close
    if half is not None and _names(site, day, "half_day", site.language):
        # cut, never widened: a weekday that is closed, or closes earlier, stays so
        return clip(hours, *_local(half.at(day), day, ZoneInfo(site.timezone)))
    return hours


def cleaning(site: Site, room_id: str, day: date) -> Intervals:
    """The room's cleaning windows, which may lie outside opening hours."""
    spans = [
        window.at
        for window in site.cleaning
        if WEEKDAYS[day.weekday()] in window.days
        and (window.rooms is None or room_id in window.rooms)
    ]
    return clock_spans(site, day, spans)


def bookable(site: Site, room_id: str, day: date) -> Intervals:
    """Opening hours less cleaning; nothing where the room is one person's own that day.

    Raises ``KeyError`` for a room that the site does not have.
    """
    if _room(site, room_id).private.at(day):
        return []
    return subtract(opening(site, day), cleaning(site, room_id, day))


def closed_because(site: Site, day: date, language: Language) -> str | None:
    """The closure's reason, else the holiday's name; ``None`` where only the weekday decides.

    A half-day is not closed.
    """
    reasons = [c.reason.in_(language) for c in site.closures if c.first <= day <= c.last]
    reasons += [name for whole in _WHOLE for name in _names(site, day, whole, language)]
    if day in site.holidays.extra:
        reasons.append(text(language, "calendar.extra"))
    return next(iter(reasons), None)


def _names(site: Site, day: date, category: str, language: Language) -> list[str]:
    """The day's name as a holiday of a category that the site keeps, if it is one."""
    rules = site.holidays
    if rules.country is None or category not in rules.categories or day in rules.open:
        return []
    name = _holidays(rules.country, day.year, category, language).get(day)
    return [] if name is None else [name]


@lru_cache(maxsize=256)
def _holidays(country: str, year: int, category: str, language: Language) -> Mapping[date, str]:
    """In the reader's language where the library has it, else in the country's own."""
    known = holidays.country_holidays(country)
    wanted = _HALF_DAYS.get(country, category) if category == "half_day" else category
    if wanted not in known.supported_categories:
        return {}
    spoken = [code for code in known.supported_languages if code.split("_")[0] == language]
    found = holidays.country_holidays(
        country,
        years=year,
        categories=(wanted,),
        language=spoken[0] if spoken else known.default_language,
    )
    # banks close for whole days too, and those are no half-days
    whole = _holidays(country, year, "de_facto", language) if wanted == "bank" else {}
    return {day: name for day, name in found.items() if day not in whole}


def _room(site: Site, room_id: str) -> Room:
    for room in site.rooms:
        if room.id == room_id:
            return room
    raise KeyError(room_id)


def clock_spans(site: Site, day: date, spans: tuple[Span, ...] | list[Span]) -> Intervals:
    """Local clock times of the day, ascending."""
    zone = ZoneInfo(site.timezone)
    return clip(union(_local(span, day, zone) for span in spans), *day_bounds(day, zone))


def _local(span: Span, day: date, zone: ZoneInfo) -> Interval:
    """May be empty, or even reversed, where the clocks jump over the span."""
    end = day_bounds(day, zone)[1] if span.stop is None else clock_time(day, span.stop, zone)
    return clock_time(day, span.start, zone), end


def clock_time(day: date, at: time, zone: ZoneInfo) -> int:
    """A local clock time in ms of UTC."""
    return int(datetime.combine(day, at, zone).astimezone(UTC).timestamp()) * 1000
