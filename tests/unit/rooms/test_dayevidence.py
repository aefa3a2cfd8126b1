"""What a day is billed by: by hand, and against a count of its seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from hypothesis import given
from oneday import at, booking, made, spans
from randomdays import ZONE, days, seconds

from rooms.attribution import Booking, CheckIn, Correction, effective
from rooms.calendar import day_bounds
from rooms.dayevidence import DayEvidence, Overlap, Stretch, Vacancy
from rooms.intervals import clip
from rooms.roomday import DayFacts, room_day
from rooms.utilisation import PartnerUse
from tests.examples import costly


def stretch(span: str, partner: str | None, by: Any, outside: bool = False) -> Stretch:
    return Stretch(*spans(span)[0], partner, by, outside)


def test_by_hand() -> None:
    """Norr books 9 to 11 and comes from 9.05 to 10.20, Vindel checks in at 13; cleaning at 16."""
    room = made(
        "09:05>10:20 13:00>14:00 15:50>17:30",
        bookings=[booking("09:00>11:00", "norr"), booking("10:30>11:30", "vindel")],
        checkins=[CheckIn(at("12:55"), "vindel"), CheckIn(at("13:30"), None)],
        cleaning="16:00>16:30",
        bookable="08:00>16:00 16:30>17:00",
        broken="09:30>11:15 13:45>13:50 16:50>18:00",
    )
    assert room.evidence == DayEvidence(
        (
            stretch("09:05>10:20", "norr", "booking"),
            stretch("13:00>13:30", "vindel", "checkin"),
            stretch("13:30>14:00", None, "unattributed"),
            stretch("15:50>16:00", None, "unattributed"),
            stretch("16:30>17:00", None, "unattributed"),
            stretch("17:00>17:30", None, "unattributed", outside=True),
        ),
        (Vacancy(at("11:00"), at("11:30"), "vindel"),),
        (Overlap(at("10:30"), at("11:00"), "norr", "vindel"),),
        {"norr": 7200, "vindel": 1800},
        # Norr has 9.30 to 11 booked, Vindel 11 to 11.15; nobody's: 13.45 to 13.50, 16.50 to 17
        {"": 900, "norr": 5400, "vindel": 900},
    )
    assert room.partners == {
        "norr": PartnerUse(booking_s=4500),
        "vindel": PartnerUse(checkin_s=1800, no_show_s=1800),
        None: PartnerUse(unattributed_s=70 * 60, outside_s=1800),
    }


def test_a_correction_moves_what_was_booked_and_empty() -> None:
    """Nobody came to Norr's 9 to 11. 9.30 to 10 was Vindel's, 10 to 10.15 nobody's."""
    room = made(
        bookings=[booking("09:00>11:00", "norr")],
        corrections=[
            Correction(1, at("09:30"), at("10:15"), "norr"),
            Correction(3, at("09:30"), at("10:00"), "vindel"),
            Correction(2, at("09:45") + 5, at("10:15") + 5, None),
        ],
    )
    assert room.evidence.vacancies == (
        Vacancy(at("09:00"), at("09:30"), "norr"),
        Vacancy(at("09:30"), at("10:00"), "vindel"),
        Vacancy(at("10:00"), at("10:15"), None),
        Vacancy(at("10:15"), at("11:00"), "norr"),
    )
    assert {who: own.no_show_s // 60 for who, own in room.partners.items()} == {
        "norr": 75,
        "vindel": 30,
        None: 15,
    }


def test_a_correction_of_used_time_leaves_a_no_show() -> None:
    """Others walked in at 10: that was Vindel's; that Norr did not come stays as it was."""
    room = made(
        "10:00>11:00",
        bookings=[booking("09:00>11:00", "norr")],
        corrections=[Correction(1, at("10:00"), at("11:00"), "vindel")],
    )
    assert room.partners == {
        "norr": PartnerUse(no_show_s=3600),
        "vindel": PartnerUse(correction_s=3600),
    }


def test_nothing_after_now_counts() -> None:
    room = made(
        "09:00>10:00",
        bookings=[booking("09:00>12:00", "norr"), booking("11:00>12:00", "vindel")],
        broken="09:00>12:00",
        until="09:30",
    )
    assert room.evidence == DayEvidence(
        (stretch("09:00>09:30", "norr", "booking"),), booked={"norr": 1800}, lost={"norr": 1800}
    )


def test_a_partner_does_not_clash_with_itself_and_three_are_three_pairs() -> None:
    twice = [booking("09:00>10:00", "norr"), booking("09:30>10:30", "norr")]
    assert made(bookings=twice).evidence.overlaps == ()
    three = [
        booking("-23:00>09:00", None, "a"),
        booking("08:00>10:00", "norr", "b"),
        booking("08:30>09:30", "vindel", "c"),
        booking("09:15>09:45", "vindel", "d"),  # what it and the one before want is one clash
    ]
    assert made(bookings=three).evidence.overlaps == (
        Overlap(at("08:00"), at("09:00"), None, "norr"),
        Overlap(at("08:30"), at("09:00"), None, "vindel"),
        Overlap(at("08:30"), at("09:45"), "norr", "vindel"),
    )


@given(days())
@costly(2)
def test_every_second_is_somebodys_once(facts: DayFacts) -> None:
    room = room_day(facts)
    told = room.evidence
    start, stop = day_bounds(facts.day, ZONE)
    for one, following in pairwise(told.stretches):
        assert one.start < one.stop <= following.start < following.stop
    assert all(start <= one.start < one.stop <= stop for one in told.stretches)
    whose = {
        second: (share.partner, share.by)
        for share in room.shares
        for second in seconds([(share.start, share.stop)])
    }
    bookable = seconds(clip(facts.bookable, start, min(stop, facts.until)))
    aside = seconds(facts.bookable) | seconds(facts.cleaning)
    today = {s for s in seconds(facts.timeline.occupied) if start <= s * 1000 < facts.until}
    today = {second for second in today if second * 1000 < stop}
    used = {s: (one, False) for s, one in whose.items() if s in bookable and s in today}
    outside = {s: (one, True) for s, one in whose.items() if s in today - aside}
    assert {
        second: ((one.partner, one.by), one.outside)
        for one in told.stretches
        for second in seconds([(one.start, one.stop)])
    } == used | outside
    # the sums of use are counted apart from whose it was
    assert len(used) == room.use.occupied_s
    assert len(outside) == room.use.outside_s


@given(days())
@costly(2)
def test_what_was_booked_and_lost(facts: DayFacts) -> None:
    room = room_day(facts)
    told = room.evidence
    start, stop = day_bounds(facts.day, ZONE)
    bookable = seconds(clip(facts.bookable, start, min(stop, facts.until)))
    booked = {
        second: one.partner or ""
        for one in effective(facts.claims.bookings)
        for second in seconds([(one.start, one.stop)]) & bookable
    }
    assert told.booked == Counter(booked.values())
    assert sum(told.booked.values()) == room.use.booked_s
    held = set(booked.items())
    held |= {
        (second, one.partner or "")
        for one in told.stretches
        for second in seconds([(one.start, one.stop)])
    }
    broken = seconds(facts.broken) & bookable
    assert told.lost == Counter(partner for second, partner in held if second in broken)
    assert [*told.booked] == sorted(told.booked)
    assert [*told.lost] == sorted(told.lost)
    assert all(told.booked.values())
    assert all(told.lost.values())


@given(days())
@costly(2)
def test_empty_bookings_and_clashes(facts: DayFacts) -> None:
    room = room_day(facts)
    told = room.evidence
    empty = Counter[str | None]()
    for one in told.vacancies:
        empty[one.partner] += (one.stop - one.start) // 1000
        # whose it is: that of the latest correction, else the booker's
        said = [*facts.claims.corrections][::-1] + effective(facts.claims.bookings)
        for second in seconds([(one.start, one.stop)]):
            first = next(c for c in said if second in seconds([(c.start, c.stop)]))
            assert first.partner == one.partner
        assert not seconds([(one.start, one.stop)]) & seconds(facts.timeline.occupied)
        assert not seconds([(one.start, one.stop)]) & seconds(facts.timeline.unknown)
    assert {key: own.no_show_s for key, own in room.partners.items() if own.no_show_s} == empty
    start, stop = day_bounds(facts.day, ZONE)
    wanted = {
        (second, one.partner, other.partner)
        for one, other in _pairs(facts.claims.bookings)
        if one.partner != other.partner
        for second in seconds([(one.start, one.stop)]) & seconds([(other.start, other.stop)])
        if start <= second * 1000 < min(stop, facts.until)
    }
    assert {
        (second, one.first, one.second)
        for one in told.overlaps
        for second in seconds([(one.start, one.stop)])
    } == wanted


def _pairs(bookings: Iterable[Booking]) -> list[tuple[Booking, Booking]]:
    in_order = sorted(bookings, key=lambda one: (one.start, one.id))
    return [(a, b) for n, a in enumerate(in_order) for b in in_order[n + 1 :]]
