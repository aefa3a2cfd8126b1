"""What rooms' devices and calendars said on one day: what the roll-up starts from.

About 500 readings a room: counter and climate sensor each ten minutes, the counter at every
change too, VC at the start and end of calls.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from bench.report_site import (
    DAY,
    PARTNERS,
    SITE,
    ZONE,
    climate_of,
    counter_of,
    has_vc,
    room_id,
    vc_of,
)
from rooms.attribution import Booking
from rooms.calendar import day_bounds
from rooms.intervals import Intervals
from rooms.readings import Point

READINGS: Final = 504  # of a room, on average

_MIN: Final = 60_000
_EVERY: Final = 10 * _MIN
_START, _STOP = day_bounds(DAY, ZONE)
_BEFORE: Final = 2 * 3_600_000  # the evening before, so that the room is known at midnight


def stays(number: int) -> Intervals:
    """When somebody is there: six meetings, starting a few minutes late, some into the next."""
    chance = random.Random(number)
    out = []
    at = _START + 7 * 60 * _MIN
    for _ in range(6):
        start = at + chance.randint(0, 40) * _MIN
        at = start + chance.randint(20, 75) * _MIN
        out.append((start, at))
        at += chance.randint(3, 15) * _MIN
    return out


def bookings(number: int) -> list[Booking]:
    """Four of the six are booked, the last for nobody the site knows."""
    whose = (*PARTNERS, None)
    return [
        Booking(f"{number}-{n}", start - 3 * _MIN, stop + 2 * _MIN, whose[n])
        for n, (start, stop) in enumerate(stays(number)[:4])
    ]


def readings(number: int) -> Iterator[Point]:
    room, there = room_id(number), stays(number)
    chance = random.Random(number)
    offset = chance.randint(0, 599) * 1000  # devices do not report in step
    ticks = range(_START - _BEFORE + offset, _STOP + 3_600_000, _EVERY)

    def point(kind: str, device: str, time: int, **fields: float) -> Point:
        return Point(kind, {"site": SITE, "device": device}, time, dict(fields))

    def occupied(time: int) -> bool:
        return any(start <= time < stop for start, stop in there)

    edges = [edge for stay in there for edge in stay]
    for time in sorted({*ticks, *edges}):
        yield point("presence", counter_of(room), time, people=4.0 * occupied(time))
    for time in ticks:
        moves = 3.0 * any(start < time and stop > time - _EVERY for start, stop in there)
        yield point("presence", climate_of(room), time, motion_count=moves)
        yield point("climate", climate_of(room), time, temperature_c=21.5, co2_ppm=612.0)
    if has_vc(number):
        for start, stop in there:
            yield point("equipment", vc_of(room), start + 2 * _MIN, in_call=1.0, online=1.0)
            yield point("equipment", vc_of(room), stop, in_call=0.0, online=1.0)
