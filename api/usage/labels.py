"""What people call the rows: rooms, partners, days, weeks, months, hours of the week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date, get_day_names

from api.schemas import By
from api.usage.period import Period
from rooms.intervals import Interval
from rooms.registry import Site
from rooms.registry.registry import midnight
from rooms.texts import Language, text
from rooms.utilisation import UNATTRIBUTED


def room_names(site: Site, language: Language) -> dict[str, str]:
    return {room.id: room.name.in_(language) for room in site.rooms}


def partner_label(key: str, names: Mapping[str, str], language: Language) -> str:
    return text(language, "usage.unattributed") if key == UNATTRIBUTED else names.get(key, key)


def label(by: By, key: str, rooms: Mapping[str, str], language: Language) -> str:
    """The row's name in the reader's language; of a removed room its id."""
    return rooms.get(key, key) if by == "room" else _time_label(by, key, language)


@lru_cache(maxsize=4096)
def _time_label(by: By, key: str, language: Language) -> str:
    if by == "hour-of-week":
        weekday, hour = key.split("-")
        day = get_day_names("abbreviated", locale=language)[int(weekday) - 1]
        return text(language, "usage.hour", day=day, start=hour, stop=f"{int(hour) + 1:02}")
    if by == "week":
        year, week = key.split("-W")
        return text(language, "usage.week", week=int(week), year=year)
    if by == "month":
        return format_date(_first_day(by, key), "LLLL y", locale=language)
    return format_date(_first_day(by, key), "EEE d MMM y", locale=language)


def bounds(by: By, key: str, period: Period) -> Interval | None:
    """The part of the period that a row is about; an hour of the week is many parts."""
    if by == "hour-of-week":
        return None
    if by == "room":
        return period.start, period.stop
    first = _first_day(by, key)
    after = first + timedelta({"day": 1, "week": 7}.get(by, 31))
    if by == "month":
        after = after.replace(day=1)
    start, stop = midnight(first, period.zone), midnight(after, period.zone)
    return max(start, period.start), min(stop, period.stop)


def _first_day(by: By, key: str) -> date:
    if by == "week":
        year, week = key.split("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    return date.fromisoformat(f"{key}-01" if by == "month" else key)
