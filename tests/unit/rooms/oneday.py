"""One room, one day. Clock times are Stockholm's; `*` marks the second 02 o'clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rooms.attribution import Booking, CheckIn, Claims, Correction
from rooms.intervals import Intervals
from rooms.occupancy import Timeline
from rooms.people import Counts
from rooms.roomday import DayFacts, RoomDay, reach, room_day

ZONE = ZoneInfo("Europe/Stockholm")
DAY = date(2026, 6, 15)  # a Monday
HOUR = 3600


def at(clock: str, day: date = DAY) -> int:
    """ "+" and "-" before a clock time: the day after, the day before."""
    day += timedelta(days={"+": 1, "-": -1}.get(clock[0], 0))
    hour, minute, *second = clock.strip("+-*").split(":")
    local = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=ZONE)
    seconds = int(second[0]) if second else 0
    return int(local.replace(fold="*" in clock).timestamp() + seconds) * 1000


def spans(text: str, day: date = DAY) -> Intervals:
    """ "08:00>09:00 12:00>13:00" """
    return [(at(a, day), at(b, day)) for a, b in (part.split(">") for part in text.split())]


def booking(span: str, partner: str | None = None, id: str = "", day: date = DAY) -> Booking:
    ((start, stop),) = spans(span, day)
    return Booking(id or span, start, stop, partner)


def made(
    occupied: str = "",
    *,
    unknown: str = "",
    bookable: str = "08:00>17:00",
    cleaning: str = "",
    people: Counts | None = None,
    capacity: int = 10,
    bookings: Sequence[Booking] = (),
    checkins: Sequence[CheckIn] = (),
    corrections: Sequence[Correction] = (),
    host: str | None = None,
    broken: str = "",
    until: str = "+12:00",
    day: date = DAY,
) -> RoomDay:
    """The timeline reaches as far as it must, or is cut at ``until``."""
    start, stop = reach(day, ZONE)
    end = min(stop, at(until, day))
    line = Timeline(
        start, end, spans(occupied, day), spans(unknown, day), people or [], [], settled_until=end
    )
    return room_day(
        DayFacts(
            site_zone=ZONE,
            day=day,
            timeline=line,
            bookable=spans(bookable, day),
            cleaning=spans(cleaning, day),
            capacity=capacity,
            claims=Claims(bookings, checkins, corrections, host),
            broken=spans(broken, day),
            until=at(until, day),
        )
    )


def by_hour(room: RoomDay, name: str) -> dict[int, int]:
    """Hours of the day that are not zero; in a day of 24 hours the clock's."""
    values = [getattr(hour.use, name) for hour in room.hours]
    return {n: value for n, value in enumerate(values) if value}
