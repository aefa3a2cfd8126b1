"""A year of derived series, made up: ten kinds of rooms, each with days of ten patterns.

Sums hold as the roll-up makes them: hours to days, days to months, rooms to the site.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from bench.report_site import CAPACITY, PARTNERS, SITE, YEAR, ZONE, room_id
from rooms.calendar import day_bounds, hours_of
from rooms.readings import Point
from rooms.registry.registry import midnight
from rooms.utilisation import UNATTRIBUTED, HourUse, PartnerUse, Quarter, Use

KINDS: Final = 10
OPEN: Final = range(7, 18)
DAYS: Final = [date(YEAR, 1, 1) + timedelta(n) for n in range(365)]

Fields = Mapping[str, float]


class Row(NamedTuple):
    """A point without its site and room."""

    measurement: str
    tags: Mapping[str, str]
    time: int
    fields: Fields


class Pattern(NamedTuple):
    """One day of a room: by hour of the clock, as a whole, and by partner."""

    hours: list[Fields]
    day: Fields
    partners: Mapping[str, Fields]


def _hour(chance: random.Random, hour: int) -> HourUse:
    if hour not in OPEN:
        return HourUse(0)
    known = 900 if chance.random() > 0.03 else 0
    one, two, three, four = (
        Quarter(900, known, min(known, chance.choice((0, 0, 0, 417, 900, 900)))) for _ in range(4)
    )
    whole = one + two + three + four
    people, used = chance.randint(1, CAPACITY), whole.occupied_s
    booked = chance.choice((0, 1800, 3600))
    use = Use(
        bookable_s=whole.bookable_s,
        known_s=whole.known_s,
        occupied_s=used,
        person_s=used * people,
        counted_s=used,
        seat_s=used * CAPACITY,
        people_max=people if used else 0,
        booked_s=booked,
        walkin_s=max(0, used - booked),
        bookings=int(booked > 0),
        assessable=int(booked > 0 and known > 0),
        no_shows=int(booked > 0 and known > 0 and not used),
    )
    return HourUse(0, use, (one, two, three, four))


def _working_day(seed: int) -> Pattern:
    chance = random.Random(seed)
    hours = [_hour(chance, hour) for hour in range(24)]
    day = sum((hour.use for hour in hours), Use())
    part = day.occupied_s // (len(PARTNERS) + 1)
    partners = {id_: PartnerUse(booking_s=part) for id_ in PARTNERS}
    partners[UNATTRIBUTED] = PartnerUse(unattributed_s=day.occupied_s - part * len(PARTNERS))
    return _pattern(hours, day, partners)


def _pattern(hours: Iterable[HourUse], day: Use, partners: Mapping[str, PartnerUse]) -> Pattern:
    by_partner = {id_: use.stored() for id_, use in partners.items()}
    return Pattern([hour.stored() for hour in hours], day.stored(), by_partner)


@cache
def _patterns() -> list[Pattern]:
    return [_working_day(seed) for seed in range(KINDS)]


@cache
def _closed() -> Pattern:
    return _pattern([HourUse(0)] * 24, Use(), {UNATTRIBUTED: PartnerUse()})


def _pattern_of(kind: int, day: date) -> Pattern:
    return _closed() if day.weekday() > 4 else _patterns()[(kind + day.toordinal()) % KINDS]


def _sum(parts: Iterable[tuple[int, Fields]]) -> Fields:
    """So many times each, as ``Use.__add__``."""
    out: dict[str, float] = {}
    for times, fields in parts:
        for name, value in fields.items():
            old = out.get(name, 0.0)
            out[name] = max(old, value) if name == "people_max" else old + times * value
    return out


@cache
def _hours(day: date) -> list[tuple[int, int]]:
    """(start, hour of the clock)"""
    return [(hour.start, hour.hour) for hour in hours_of(day, ZONE)]


def _by_month() -> Iterator[tuple[int, list[date]]]:
    """(start, its days)"""
    for month in range(1, 13):
        days = [day for day in DAYS if day.month == month]
        yield midnight(days[0], ZONE), days


def _hour_tags(day: date, hour: int) -> dict[str, str]:
    return {"weekday": str(day.isoweekday()), "hour": f"{hour:02}"}


@cache
def _room_rows(kind: int, fine_months: int) -> list[Row]:
    rows = []
    for day in DAYS:
        pattern, start = _pattern_of(kind, day), day_bounds(day, ZONE)[0]
        rows.append(Row("use_day", {}, start, pattern.day))
        if day.month > 12 - fine_months:
            for at, hour in _hours(day):
                rows.append(Row("use_hour", _hour_tags(day, hour), at, pattern.hours[hour]))
            for partner, fields in pattern.partners.items():
                rows.append(Row("partner_day", {"partner": partner}, start, fields))
    for start, days in _by_month():
        month = _sum((1, _pattern_of(kind, day).day) for day in days)
        rows.append(Row("use_month", {}, start, month))
    return rows


def room_points(number: int, fine_months: int) -> Iterator[Point]:
    """A room's year; of hours and partners only so many months, the last ones."""
    tags = {"site": SITE, "room": room_id(number)}
    for row in _room_rows(number % KINDS, fine_months):
        yield Point(row.measurement, {**tags, **row.tags}, row.time, dict(row.fields))


def room_count(fine_months: int) -> int:
    """How many points ``room_points`` gives."""
    return len(_room_rows(0, fine_months))


def site_points(rooms: int) -> Iterator[Point]:
    """The sums over all rooms."""
    kinds = Counter(n % KINDS for n in range(rooms))
    site = {"site": SITE}
    for day in DAYS:
        start = day_bounds(day, ZONE)[0]
        here = [(times, _pattern_of(kind, day)) for kind, times in kinds.items()]
        whole = _sum((times, pattern.day) for times, pattern in here)
        yield Point("site_day", site, start, dict(whole))
        for at, hour in _hours(day):
            sums = _sum((times, pattern.hours[hour]) for times, pattern in here)
            yield Point("site_hour", {**site, **_hour_tags(day, hour)}, at, dict(sums))
        for partner in here[0][1].partners:
            sums = _sum((times, pattern.partners[partner]) for times, pattern in here)
            yield Point("site_partner_day", {**site, "partner": partner}, start, dict(sums))
    for start, days in _by_month():
        sums = _sum((n, _pattern_of(kind, day).day) for kind, n in kinds.items() for day in days)
        yield Point("site_month", site, start, dict(sums))
