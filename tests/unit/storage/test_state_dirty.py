"""Dirty hours, and files from before they had marks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rooms.units import HOUR_MS
from storage.state import DirtyHour, ServiceState, service
from storage.versions import open_versioned


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def hours(state: ServiceState, before: int = 2**62, stored: int = 2**62) -> list[tuple[str, int]]:
    return [(one.room, one.hour) for one in state.dirty.ready(before, stored)]


def test_what_became_dirty_again_survives(state: ServiceState) -> None:
    dirty = state.dirty
    dirty.mark([("b", 0), ("a", 1), ("a", 0)], 5)
    read = dirty.ready(99, 5)
    assert [one[:2] for one in read] == [("a", 0), ("a", 1), ("b", 0)]
    dirty.mark([("a", 0)])  # by something else than a reading
    dirty.clean(read)
    assert hours(state) == [("a", 0)]
    dirty.clean(read)
    assert hours(state) == [("a", 0)]
    dirty.clean(dirty.ready(99, 5))
    assert hours(state) == []


def test_a_mark_is_never_used_twice(state: ServiceState) -> None:
    """Or who is slow would clean what another has cleaned and a third made dirty."""
    state.dirty.mark([("a", 0)])
    old = state.dirty.ready(99, 0)
    state.dirty.clean(old)
    state.dirty.mark([("a", 0)])
    state.dirty.clean(old)
    assert hours(state) == [("a", 0)]


def test_hours_wait_for_their_readings(state: ServiceState) -> None:
    dirty = state.dirty
    dirty.mark([("a", 0), ("b", 0)], 5)
    dirty.mark([("a", 0)], 7)
    dirty.mark([("a", 0)], 6)  # never back
    dirty.mark([("a", 10)])
    assert hours(state, stored=4) == [("a", 10)]
    assert hours(state, stored=6) == [("a", 10), ("b", 0)]
    assert hours(state, stored=7) == [("a", 0), ("a", 10), ("b", 0)]
    assert hours(state, before=10, stored=7) == [("a", 0), ("b", 0)]


def test_the_newest_first(state: ServiceState) -> None:
    dirty = state.dirty
    assert dirty.newest(99, 9) is None
    dirty.mark([("a", 1), ("b", 3), ("a", 5)])
    dirty.mark([("a", 7)], 4)
    assert [dirty.newest(before, 3) for before in (99, 5, 1)] == [5, 3, None]
    assert dirty.newest(99, 4) == 7
    assert [one.hour for one in dirty.ready(7, 9, since=3)] == [5, 3]  # by room


def test_times_mark_all_hours_that_they_touch(state: ServiceState) -> None:
    state.dirty.mark_time(
        "a",
        [(HOUR_MS - 1, HOUR_MS + 1), (3 * HOUR_MS, 4 * HOUR_MS), (9 * HOUR_MS, 9 * HOUR_MS)],
    )
    assert hours(state) == [("a", 0), ("a", HOUR_MS), ("a", 3 * HOUR_MS)]
    state.dirty.mark_time("b", [(-1, 0)])
    assert hours(state, before=0) == [("b", -HOUR_MS)]


def test_counting(state: ServiceState) -> None:
    state.dirty.mark([("a", n * HOUR_MS) for n in range(5)])
    state.dirty.mark([("b", HOUR_MS)])
    assert state.dirty.count(0, 5 * HOUR_MS) == 6
    assert state.dirty.count(HOUR_MS, 2 * HOUR_MS) == 2
    assert state.dirty.count(HOUR_MS - 1, 2 * HOUR_MS + 1) == 4
    assert state.dirty.count(HOUR_MS, 2 * HOUR_MS, {"b", "c"}) == 1
    assert state.dirty.count(HOUR_MS, 2 * HOUR_MS, ()) == 0


def test_a_new_outbox_begins_anew(state: ServiceState) -> None:
    state.live.set_cursor("watch", 5000)
    state.dirty.mark([("a", 0)], 5000)
    state.dirty.restart_chunks()
    assert state.live.cursor("watch") == 0
    assert hours(state, stored=0) == [("a", 0)]


def test_a_file_of_version_1_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "service.db"
    with closing(open_versioned(path, service.MIGRATIONS[:1], what="service state")) as old:
        old.execute("INSERT INTO dirty_hour (room, hour, chunk) VALUES ('a', 0, 7), ('b', 0, 8)")
        old.execute("INSERT INTO problem VALUES ('device_silent', 'd', '', 'warning', 5)")
        old.execute(
            "INSERT INTO key (kind, hash, role, label, created)"
            " VALUES ('api', x'00', 'viewer', 'Bo', 1)"
        )
    with closing(ServiceState(path)) as state:
        assert state.dirty.ready(99, 7) == [DirtyHour("a", 0, 0)]
        state.dirty.mark([("b", 0)])
        state.dirty.clean([DirtyHour("a", 0, 0), DirtyHour("b", 0, 0)])
        assert hours(state) == [("b", 0)]
        [spell] = state.faults.spells(0, 9)
        assert (spell.code, spell.stop) == ("device_silent", None)
        [key] = state.access.keys()
        assert (key.label, key.device) == ("Bo", None)
        assert state.claims.bookings("a", 0, 99) == []
    [copy] = tmp_path.glob("service.db.v1-*.bak")
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT count(*) FROM dirty_hour").fetchone() == (2,)
