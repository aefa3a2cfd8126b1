"""One room's local day: how it was used, hour by hour, and whose time that was (metrics.md 2, 3).

All is recomputed whole from the day's facts, in ms of UTC and whole seconds; hours, days and
months are sums of what is made here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from rooms.attribution import LEFT, LOOKBACK, Booking, Claims, Share, attribute, effective
from rooms.calendar import QUARTER, LocalHour, day_bounds, hours_of
from rooms.dayevidence import (
    DayEvidence,
    booked_times,
    lost_times,
    overlaps,
    seconds_of,
    stretches,
    vacancies,
)
from rooms.figures import enough
from rooms.intervals import Interval, Intervals, clip, intersect, snap, subtract, total, union
from rooms.occupancy import Timeline
from rooms.people import Counts
from rooms.utilisation import HourUse, PartnerUse, Quarter, Use

_BEFORE: Final = 5 * 60_000  # somebody came to a booking: from so long before its start
_AFTER: Final = 15 * 60_000  # ... to so long after it, or to its end
_SECOND: Final = 1000


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that a room's day is computed from."""

    site_zone: ZoneInfo
    day: date
    timeline: Timeline  # covers ``reach``; what it leaves out is unknown
    bookable: Intervals  # of the whole day, also after ``until``
    cleaning: Intervals
    capacity: int
    claims: Claims
    broken: Intervals  # when equipment was broken
    until: int  # now: nothing after it counts


@dataclass(frozen=True, slots=True)
class RoomDay:
    day: date
    start: int
    stop: int
    hours: tuple[HourUse, ...]
    partners: dict[str | None, PartnerUse]  # those with anything but zeros; None: nobody's
    shares: list[Share]  # all occupied time of the day, whether bookable or not
    evidence: DayEvidence  # what the partners' parts are the sums of

    @property
    def use(self) -> Use:
        return sum((hour.use for hour in self.hours), Use())


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told up to ``until``: first over all of ``reach``, then within the day."""

    until: int
    occupied: Intervals
    unknown: Intervals
    sure: Intervals  # what is not unknown
    bookable: Intervals  # B
    known: Intervals  # K
    used: Intervals  # O
    outside: Intervals  # occupied outside bookable time and cleaning


def reach(day: date, zone: ZoneInfo) -> Interval:
    """How far a timeline must reach beyond the day to tell whose time it was."""
    start, stop = day_bounds(day, zone)
    return start - LOOKBACK - LEFT, stop + LEFT


def room_day(facts: DayFacts) -> RoomDay:
    """The day's use by hour and by partner.

    A booking counts in the hour in which it starts, if it touches the day's bookable time.
    Whether somebody came to one that began more than ``LOOKBACK`` before this day is not
    asked any more: it adds no ``no_show_s``.
    """
    start, stop = day_bounds(facts.day, facts.site_zone)
    told = _told(facts, start, stop)
    shares = attribute(told.occupied, told.unknown, facts.claims, start, stop)
    hours = _hours(facts, told, hours_of(facts.day, facts.site_zone))
    evidence = _evidence(facts, told, shares, (start, stop))
    return RoomDay(facts.day, start, stop, hours, evidence.sums(), shares, evidence)


def _told(facts: DayFacts, start: int, stop: int) -> _Told:
    seen, line = reach(facts.day, facts.site_zone), facts.timeline
    until = facts.until - facts.until % _SECOND
    end = min(seen[1], until)
    sure = subtract(clip([(line.start, line.stop)], seen[0], end), line.unknown)
    occupied = clip(line.occupied, seen[0], end)
    bookable = clip(facts.bookable, start, min(stop, until))
    aside = union([*facts.bookable, *facts.cleaning])
    return _Told(
        until,
        occupied,
        subtract([seen], sure),
        sure,
        bookable,
        intersect(bookable, sure),
        intersect(bookable, occupied),
        subtract(clip(occupied, start, stop), aside),
    )


def _hours(facts: DayFacts, told: _Told, hours: Sequence[LocalHour]) -> tuple[HourUse, ...]:
    edges = [*(hour.start for hour in hours), hours[-1].stop]
    quarters = [min(start + n * QUARTER, stop) for start, stop, _ in hours for n in range(4)]
    quarters.append(edges[-1])
    in_quarters = (_spread(these, quarters) for these in (told.bookable, told.known, told.used))
    quarter = [Quarter(*sums) for sums in zip(*in_quarters, strict=True)]
    booked = union(_snapped(booking) for booking in facts.claims.bookings)
    columns = {
        "bookable_s": _spread(told.bookable, edges),
        "known_s": _spread(told.known, edges),
        "occupied_s": _spread(told.used, edges),
        "outside_s": _spread(told.outside, edges),
        "booked_s": _spread(intersect(told.bookable, booked), edges),
        "walkin_s": _spread(subtract(told.used, booked), edges),
        "lost_s": _spread(intersect(told.bookable, snap(facts.broken, _SECOND)), edges),
        **_people(facts.timeline.people, told.used, facts.capacity, edges),
        **_bookings(facts, told, edges),
    }
    return tuple(
        HourUse(
            hour.start,
            Use(**{name: column[n] for name, column in columns.items()}),
            (quarter[4 * n], quarter[4 * n + 1], quarter[4 * n + 2], quarter[4 * n + 3]),
        )
        for n, hour in enumerate(hours)
    )


def _people(
    people: Counts, used: Intervals, capacity: int, edges: Sequence[int]
) -> dict[str, list[int]]:
    person, counted, most = ([0] * (len(edges) - 1) for _ in range(3))
    first = 0
    for start, stop, count in people:
        while first < len(used) and used[first][1] <= start:
            first += 1
        near = used[first : bisect_right(used, (stop, stop), first)]
        for n, seconds in _cells(clip(near, start, stop), edges):
            person[n] += count * seconds
            counted[n] += seconds
            most[n] = max(most[n], count)
    seats = [capacity * seconds for seconds in counted]
    return {"person_s": person, "counted_s": counted, "seat_s": seats, "people_max": most}


def _bookings(facts: DayFacts, told: _Told, edges: Sequence[int]) -> dict[str, list[int]]:
    count, assessable, empty = ([0] * (len(edges) - 1) for _ in range(3))
    for booking in facts.claims.bookings:
        start, stop = _snapped(booking)
        if edges[0] <= start < edges[-1] and clip(facts.bookable, start, stop):
            n = bisect_right(edges, start) - 1
            came = came_to(booking, told.occupied, told.sure, told.until)
            count[n] += 1
            assessable[n] += came is not None
            empty[n] += came is False
    return {"bookings": count, "assessable": assessable, "no_shows": empty}


def came_to(booking: Booking, occupied: Intervals, sure: Intervals, until: int) -> bool | None:
    """Did anybody come? ``None`` where that cannot be told, or not yet. ``sure`` is when the
    room's state is known, and nothing after ``until`` is."""
    start, stop = _snapped(booking)
    window = [(start - _BEFORE, min(stop, start + _AFTER))]
    known = total(intersect(window, sure))
    if window[0][1] > until or not enough(known, total(window)):
        return None
    return bool(intersect(window, occupied))


def _evidence(facts: DayFacts, told: _Told, shares: Iterable[Share], day: Interval) -> DayEvidence:
    bookings = facts.claims.bookings
    empty = {
        booking.id
        for booking in bookings
        if came_to(booking, told.occupied, told.sure, told.until) is False
    }
    alone = effective(bookings)
    vacant = subtract(told.known, told.used)
    used = stretches(shares, told.used, told.outside)
    booked = booked_times(alone, told.bookable)
    broken = intersect(told.bookable, snap(facts.broken, _SECOND))
    return DayEvidence(
        used,
        vacancies((one for one in alone if one.id in empty), vacant, facts.claims.corrections),
        overlaps(bookings, (day[0], min(day[1], told.until))),
        {partner: seconds_of(these) for partner, these in booked.items()},
        lost_times(booked, used, broken),
    )


def _snapped(booking: Booking) -> Interval:
    return booking.start - booking.start % _SECOND, booking.stop - booking.stop % _SECOND


def _spread(these: Iterable[Interval], edges: Sequence[int]) -> list[int]:
    """The seconds in each cell between two edges."""
    out = [0] * (len(edges) - 1)
    for n, seconds in _cells(these, edges):
        out[n] += seconds
    return out


def _cells(these: Iterable[Interval], edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(cell, seconds) of every piece; all lies between the first and the last edge."""
    for start, stop in these:
        for n in range(bisect_right(edges, start) - 1, bisect_left(edges, stop)):
            yield n, max(0, min(stop, edges[n + 1]) - max(start, edges[n])) // _SECOND
