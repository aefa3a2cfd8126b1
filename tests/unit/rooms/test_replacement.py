"""Which room could stand in. Times in minutes; now is 0, rooms close at 480."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.alerts.replacement import (
    Candidate,
    Free,
    free_until,
    hinders,
    needed_until,
    replacement,
)
from rooms.attribution import Booking
from rooms.faults import Fault

MIN = 60_000
VC = frozenset({"vc"})
NOTHING: frozenset[str] = frozenset()


def room(name: str, capacity: int, until: float = 480, **said: object) -> Candidate:
    usual = {"equipment": VC, "vacant": True, "works": True}
    return Candidate(name, capacity, until=round(until * MIN), **{**usual, **said})  # type: ignore[arg-type]


def booking(start: float, stop: float) -> Booking:
    return Booking("b", round(start * MIN), round(stop * MIN), None)


@pytest.mark.parametrize(
    ("others", "best"),
    [
        ([room("a", 4), room("b", 8), room("c", 12)], "b"),  # the smallest that seats 8
        ([room("c", 12), room("d", 10)], "d"),
        ([room("a", 4), room("b", 6)], "b"),  # none does: the largest
        ([room("b", 8), room("a", 8)], "a"),  # equal: by id, whatever the order
        ([room("a", 8, vacant=False)], None),
        ([room("a", 8, works=False)], None),
        ([room("a", 8, equipment=frozenset({"display"}))], None),
        ([room("a", 8, 29.99)], None),
        ([room("a", 8, 30)], "a"),
        ([], None),
    ],
)
def test_the_best_room(others: list[Candidate], best: str | None) -> None:
    found = replacement(others, 8, VC, 30 * MIN)
    assert (found and found.room) == best


def test_it_says_until_when() -> None:
    assert replacement([room("a", 8, 121)], 8, NOTHING, 30 * MIN) == Free("a", 121 * MIN)


@pytest.mark.parametrize(
    ("meeting", "until"),
    [
        (None, 30),
        (booking(-20, 40), 40),  # running: to its end
        (booking(4, 64), 64),
        (booking(120, 180), 180),
        (booking(120.001, 180), None),  # later than two hours: who knows
    ],
)
def test_how_long_it_is_needed(meeting: Booking | None, until: float | None) -> None:
    assert needed_until(meeting, 0) == (None if until is None else until * MIN)


@pytest.mark.parametrize(
    ("bookings", "until"),
    [
        ([], 480),
        ([booking(60, 90)], 60),
        ([booking(-30, 0), booking(60, 90)], 60),
        ([booking(-30, 1)], 0),  # taken now
        ([booking(0, 30)], 0),
        ([booking(500, 600)], 480),
    ],
)
def test_free_until_the_next_booking_or_closing_time(bookings: list[Booking], until: float) -> None:
    assert free_until([(-60 * MIN, 480 * MIN)], bookings, 0) == until * MIN


def test_closed_rooms_are_not_free() -> None:
    assert free_until([(10 * MIN, 480 * MIN)], [], 0) == 0
    assert free_until([], [], 0) == 0


@given(
    st.lists(
        st.builds(
            room,
            st.sampled_from("abcdef"),
            st.integers(1, 20),
            st.integers(0, 480),
            vacant=st.booleans(),
            works=st.booleans(),
        ),
        max_size=6,
    ),
    st.integers(1, 20),
)
def test_what_is_told_is_true(others: list[Candidate], capacity: int) -> None:
    found = replacement(others, capacity, VC, 30 * MIN)
    fit = [one for one in others if one.vacant and one.works and one.until >= 30 * MIN]
    assert (found is None) == (not fit)
    if found is not None:
        chosen = [one for one in fit if (one.room, one.until) == found]
        seats = [one.capacity for one in fit if one.capacity >= capacity]
        best = min(seats) if seats else max(one.capacity for one in fit)
        assert best in [one.capacity for one in chosen]


@pytest.mark.parametrize(
    ("code", "detail", "severity", "room_id", "so"),
    [
        ("peripheral_missing", "camera", "error", "granen", True),
        ("peripheral_missing", "camera", "error", None, False),
        ("equipment_warning", "lamp", "warning", "granen", False),
        ("battery_low", "", "warning", "granen", False),
        ("reported", "picture", "warning", "granen", True),
        ("reported", "air", "warning", "granen", False),
        ("source_silent", "", "error", None, False),
    ],
)
def test_what_hinders_a_meeting(
    code: str, detail: str, severity: str, room_id: str | None, so: bool
) -> None:
    fault = Fault("id", code, "x", detail, severity, 0, "s", room_id)  # type: ignore[arg-type]
    assert hinders(fault) is so
