"""A room's day against a brute-force count of its seconds, and the sums that must agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from functools import cache

from hypothesis import given
from randomdays import ZONE, days, seconds

from rooms.attribution import Booking
from rooms.calendar import day_bounds
from rooms.intervals import Interval, clip, union
from rooms.occupancy import Timeline
from rooms.roomday import DayFacts, RoomDay, room_day
from rooms.utilisation import PartnerUse, Use
from tests.examples import costly

CLASSES = ["correction_s", "checkin_s", "booking_s", "host_s", "unattributed_s"]


def brute(facts: DayFacts) -> dict[tuple[int, bool], Use]:
    """By hour of the wall clock and whether it comes for the second time."""
    day: Interval = day_bounds(facts.day, ZONE)
    occupied, unknown = seconds(facts.timeline.occupied), seconds(facts.timeline.unknown)
    whole = seconds(clip(facts.bookable, *day))
    b = {second for second in whole if second * 1000 < facts.until}
    today = {second for second in occupied if day[0] <= second * 1000 < min(day[1], facts.until)}
    o = (b - unknown) & occupied
    booked = seconds(union((one.start, one.stop) for one in facts.claims.bookings))
    people = {second: n for *ab, n in facts.timeline.people for second in range(*_whole(ab))}
    parts = {
        "bookable_s": b,
        "known_s": b - unknown,
        "occupied_s": o,
        "outside_s": today - whole - seconds(facts.cleaning),
        "counted_s": o & people.keys(),
        "booked_s": b & booked,
        "walkin_s": o - booked,
        "lost_s": b & seconds(facts.broken),
    }
    sums: defaultdict[tuple[int, bool], Counter[str]] = defaultdict(Counter)
    for name, part in parts.items():
        for second in part:
            sums[_hour(second)][name] += 1
    for second in o & people.keys():
        hour = sums[_hour(second)]
        hour["person_s"] += people[second]
        hour["seat_s"] += facts.capacity
        hour["people_max"] = max(hour["people_max"], people[second])
    for one in facts.claims.bookings:
        if seconds([(one.start, one.stop)]) & whole and day[0] <= one.start < day[1]:
            came = _came(one, facts, occupied, unknown)
            hour = sums[_hour(one.start // 1000)]
            hour.update(bookings=1, assessable=came is not None, no_shows=came is False)
    return {key: Use(**own) for key, own in sums.items()}


def _came(one: Booking, facts: DayFacts, occupied: set[int], unknown: set[int]) -> bool | None:
    window = seconds([(one.start - 300_000, min(one.stop, one.start + 900_000))])
    if (max(window) + 1) * 1000 > facts.until or len(window & unknown) * 10 > len(window):
        return None
    return bool(window & occupied)


def _whole(ab: list[int]) -> tuple[int, int]:
    return ab[0] // 1000, ab[1] // 1000


def _hour(second: int) -> tuple[int, bool]:
    return _quarter(second - second % 900)


@cache
def _quarter(second: int) -> tuple[int, bool]:
    local = datetime.fromtimestamp(second, ZONE)
    return local.hour, bool(local.fold)


@given(days())
@costly(2)
def test_every_second_counted_by_hand(facts: DayFacts) -> None:
    room = room_day(facts)
    made = {_hour(hour.start // 1000): hour.use for hour in room.hours if hour.use != Use()}
    assert made == {key: use for key, use in brute(facts).items() if use != Use()}


@given(days())
def test_sums_agree(facts: DayFacts) -> None:
    room = room_day(facts)
    for hour in room.hours:
        for name in ("bookable_s", "known_s", "occupied_s"):
            assert sum(getattr(q, name) for q in hour.quarters) == getattr(hour.use, name)
    use = room.use
    assert use.occupied_s <= use.known_s <= use.bookable_s
    assert use.walkin_s + use.booked_s >= use.occupied_s
    assert use.no_shows <= use.assessable <= use.bookings
    partners = sum(room.partners.values(), PartnerUse())
    assert sum(getattr(partners, name) for name in CLASSES) == use.occupied_s
    assert partners.outside_s == use.outside_s
    assert partners.no_show_s <= use.known_s - use.occupied_s
    assert not any(own.unattributed_s for key, own in room.partners.items() if key is not None)


@given(days())
@costly(2)
def test_a_day_does_not_depend_on_how_far_its_facts_reach(facts: DayFacts) -> None:
    """Facts of the days around it change nothing: days sum up to a month."""
    line = facts.timeline
    start, stop = line.start - 86_400_000, line.stop + 86_400_000
    far = Timeline(
        start,
        stop,
        union([(start, line.start - 1000), *line.occupied]),
        union([*line.unknown, (line.stop + 1000, stop)]),
        line.people,
        [],
        stop,
    )
    assert _told(room_day(facts)) == _told(room_day(_with(facts, far)))


def _with(facts: DayFacts, line: Timeline) -> DayFacts:
    names = [name for name in facts.__slots__ if name != "timeline"]
    return DayFacts(timeline=line, **{name: getattr(facts, name) for name in names})


def _told(room: RoomDay) -> tuple[object, ...]:
    return room.hours, room.partners, room.shares
