"""Random days of one room, and sets of seconds to count them by."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rooms.attribution import Booking, CheckIn, Claims, Correction
from rooms.calendar import day_bounds
from rooms.intervals import Intervals, clip, subtract, union
from rooms.occupancy import Timeline
from rooms.people import Counts
from rooms.roomday import DayFacts, reach

ZONE = ZoneInfo("Europe/Stockholm")
DAYS = [date(2026, 6, 15), date(2026, 10, 25), date(2027, 3, 28)]
MIN = 60_000
LONG = 110 * 60  # all happens within so many seconds around a time of the day
PARTNERS = st.sampled_from([None, "a", "b"])


@st.composite
def stretches(draw: st.DrawFn, first: int, most: int = 4) -> Intervals:
    ends = st.tuples(st.integers(0, LONG), st.integers(1, 40 * 60))
    found = draw(st.lists(ends, max_size=most))
    return union((first + a * 1000, first + (a + b) * 1000) for a, b in found)


@st.composite
def days(draw: st.DrawFn) -> DayFacts:
    day = draw(st.sampled_from(DAYS))
    start, stop = day_bounds(day, ZONE)
    # around midnight, or where the clocks are set
    first = draw(st.sampled_from([start - 44 * MIN, start + 67 * MIN, stop - 55 * MIN]))
    whole = clip([(first, first + LONG * 1000)], start, stop)
    pieces = stretches(first)
    unknown = draw(pieces)
    occupied = subtract(draw(pieces), unknown)
    people: Counts = [(a, b, draw(st.integers(0, 9))) for a, b in draw(pieces)]
    cleaning = draw(stretches(first, 1))
    moments = st.integers(0, LONG).map(lambda second: first + second * 1000)
    bookings = [
        Booking(f"b{n}", a, b, draw(PARTNERS))
        for n, (a, b) in enumerate(one for _ in range(3) for one in draw(stretches(first, 1)))
    ]
    checkins = [CheckIn(time, draw(PARTNERS)) for time in draw(st.sets(moments, max_size=2))]
    corrections = [Correction(n, a, b, "c") for n, (a, b) in enumerate(draw(stretches(first, 1)))]
    until = draw(st.one_of(st.just(stop + 10**9), moments))
    begin, end = reach(day, ZONE)
    return DayFacts(
        site_zone=ZONE,
        day=day,
        timeline=Timeline(begin, end, occupied, unknown, people, [], end),
        bookable=clip(subtract(draw(pieces), cleaning), start, stop)
        if draw(st.booleans())
        else whole,
        cleaning=cleaning,
        capacity=8,
        claims=Claims(bookings, checkins, corrections, draw(PARTNERS)),
        broken=draw(pieces),
        until=until,
    )


def seconds(these: Intervals) -> set[int]:
    return {second for a, b in these for second in range(a // 1000, b // 1000)}
