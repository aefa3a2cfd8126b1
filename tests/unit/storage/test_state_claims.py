"""Bookings, check-ins, corrections and how calendars fare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rooms.attribution import LEFT, LOOKBACK, Booking, CheckIn, Claims, Correction
from storage.state import FeedState, ServiceState

DAY = 86_400_000


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def booking(id_: str, start: int, stop: int, partner: str | None = "vindel") -> Booking:
    return Booking(id_, start, stop, partner)


# ---- bookings: a feed that says something of [0, 100), at the time 50


def put(state: ServiceState, *events: Booking, now: int = 50) -> list[tuple[int, int]]:
    return state.claims.put_bookings("granen", events, 0, 100, now)


def kept(state: ServiceState) -> list[Booking]:
    return state.claims.bookings("granen", -(2**60), 2**60)


def test_only_what_changed_is_told(state: ServiceState) -> None:
    a, b = booking("a", 10, 20), booking("b", 60, 70)
    assert put(state, b, a) == [(10, 20), (60, 70)]
    assert put(state, a, b) == []
    assert kept(state) == [a, b]
    assert put(state, a, b._replace(start=65, stop=80)) == [(60, 80)]
    assert put(state, a._replace(partner=None), b._replace(start=65, stop=80)) == [(10, 20)]
    assert kept(state) == [booking("a", 10, 20, None), booking("b", 65, 80)]


def test_what_had_ended_outlives_its_calendar(state: ServiceState) -> None:
    ended, running, coming = booking("a", 10, 50), booking("b", 40, 51), booking("c", 60, 70)
    put(state, ended, running, coming)
    assert put(state) == [(40, 51), (60, 70)]
    assert kept(state) == [ended]


def test_what_lies_outside_the_window_is_not_gone(state: ServiceState) -> None:
    early, late = booking("a", -20, 0), booking("b", 100, 120)
    across = booking("c", 90, 110)
    state.claims.put_bookings("granen", [early, late, across], -100, 200, -50)
    assert put(state) == [(90, 110)]
    assert kept(state) == [early, late]


def test_an_event_that_was_moved_here_from_elsewhere(state: ServiceState) -> None:
    state.claims.put_bookings("granen", [booking("a", 300, 310)], 200, 400, 50)
    assert put(state, booking("a", 60, 70)) == [(60, 70), (300, 310)]
    assert kept(state) == [booking("a", 60, 70)]


def test_rooms_do_not_mix(state: ServiceState) -> None:
    put(state, booking("a", 60, 70))
    assert state.claims.put_bookings("tallen", [], 0, 100, 50) == []
    assert state.claims.bookings("tallen", 0, 100) == []
    assert len(kept(state)) == 1


def test_bookings_that_touch_a_window(state: ServiceState) -> None:
    a, b = booking("a", 10, 20), booking("b", 10, 30)
    put(state, b, a)
    assert state.claims.bookings("granen", 20, 30) == [b]
    assert state.claims.bookings("granen", 0, 10) == []
    assert state.claims.bookings("granen", 19, 20) == [a, b]


def test_bookings_to_come(state: ServiceState) -> None:
    state.claims.put_bookings("tallen", [booking("d", 45, 60)], 0, 100, 50)
    put(
        state,
        booking("a", 10, 50),
        booking("c", 60, 70),
        booking("b", 40, 51),
        booking("e", 80, 90),
    )
    assert state.claims.to_come(50, 80) == {
        "granen": [booking("b", 40, 51), booking("c", 60, 70)],
        "tallen": [booking("d", 45, 60)],
    }


def test_half_a_feed_is_not_written(state: ServiceState) -> None:
    def half() -> None:
        with state.transaction():
            put(state, booking("b", 80, 90))
            raise RuntimeError

    put(state, booking("a", 60, 70))
    with pytest.raises(RuntimeError):
        half()
    assert kept(state) == [booking("a", 60, 70)]


# ---- check-ins


def test_a_check_in_is_kept_once(state: ServiceState) -> None:
    claims = state.claims
    one = CheckIn(10, "vindel", 99)
    for _ in range(2):
        claims.check_in("granen", one, "panel", 12)
    claims.check_in("granen", CheckIn(30, None), "page", 30)
    claims.check_in("tallen", CheckIn(20, "norrsken"), "api", 20)
    assert claims.checkins("granen", 10, 31) == [one, CheckIn(30, None)]
    assert claims.checkins("granen", 11, 30) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_two_at_one_time_the_order_does_not_matter(
    state: ServiceState, order: tuple[int, ...]
) -> None:
    told = [CheckIn(10, None), CheckIn(10, "norrsken", 50), CheckIn(10, "vindel", 20)]
    for i in order:
        state.claims.check_in("granen", told[i], "panel", 12)
    assert state.claims.checkins("granen", 0, 99) == [told[2]]


# ---- corrections


def test_a_correction_holds_until_it_is_withdrawn(state: ServiceState) -> None:
    claims = state.claims
    first = claims.correct("granen", 10, 20, "vindel", "fel bokat", "eva", 100)
    second = claims.correct("granen", 15, 30, None, "städning", "eva", 101)
    assert claims.of("granen", 0, 99, None).corrections == [
        Correction(first, 10, 20, "vindel"),
        Correction(second, 15, 30, None),
    ]
    gone = claims.withdraw(first, "bo", 102)
    assert gone == (first, "granen", 10, 20, "vindel", "fel bokat", "eva", 100, 102)
    assert claims.withdraw(first, "bo", 103) is None
    assert claims.withdraw(99, "bo", 103) is None
    assert claims.corrections("granen", 0, 16) == [
        gone,
        (second, "granen", 15, 30, None, "städning", "eva", 101, None),
    ]
    assert [c.id for c in claims.of("granen", 0, 99, None).corrections] == [second]
    assert [(at, actor, action) for at, actor, action, _, _ in state.access.audit_trail()] == [
        (102, "bo", "correction withdrawn"),
        (101, "eva", "time corrected"),
        (100, "eva", "time corrected"),
    ]


# ---- all of it, and how calendars fare


def test_all_claims_reach_beyond_the_window(state: ServiceState) -> None:
    claims = state.claims
    start, stop = 10 * DAY, 11 * DAY
    before, after = start - LOOKBACK - LEFT, stop + LEFT
    near = [booking("a", before - 5, before + 1), booking("b", after - 1, after + 5)]
    far = [booking("c", before - 5, before), booking("d", after, after + 5)]
    claims.put_bookings("granen", near + far, 0, 20 * DAY, 0)
    claims.check_in("granen", CheckIn(before, "vindel"), "panel", before)
    claims.check_in("granen", CheckIn(before - 1, "norrsken"), "panel", before)
    claims.correct("granen", start - 1, start + 1, "vindel", "x", "eva", 1)
    assert claims.of("granen", start, stop, "norrsken") == Claims(
        bookings=near,
        checkins=[CheckIn(before, "vindel")],
        corrections=[Correction(1, start - 1, start + 1, "vindel")],
        host="norrsken",
    )
    assert claims.of("tallen", start, stop, None) == Claims([], [], [], None)


def test_how_a_calendar_fares(state: ServiceState, tmp_path: Path) -> None:
    fine = FeedState('"v1"', None, 5, 5, None, {}, 12, 10, 1)
    state.claims.put_feed("granen", fine, 5)
    state.claims.put_feed("tallen", FeedState(asked=6, error="calendar.html"), 6)
    bad = fine._replace(asked=7, error="calendar.slow", values={"seconds": 30, "host": "å"})
    state.claims.put_feed("granen", bad, 7)
    with closing(ServiceState(tmp_path / "service.db")) as other:
        assert other.claims.feeds() == {
            "granen": bad,
            "tallen": FeedState(asked=6, error="calendar.html"),
        }
    state.claims.drop_feed("granen")
    assert [*state.claims.feeds()] == ["tallen"]
