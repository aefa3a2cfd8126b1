"""Faults in ``service.db``: what is kept of them, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.faults import Finding, Place, fault_id
from rooms.faults.lifecycle import NotPossible
from rooms.registry.registry import FOREVER
from rooms.units import HOUR_MS
from storage.state import Asked, ServiceState, Spell
from storage.state.service import MIGRATIONS
from storage.versions import open_versioned

MIN = 60_000


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def tail(state: ServiceState) -> list[tuple[str, str, int]]:
    return [change[1:] for change in state.live.changes(0)]


def problem(code: str, subject: str, since: int, detail: str = "") -> Finding:
    return Finding(code, subject, detail, "error", since)


def test_an_open_problem_keeps_its_onset(state: ServiceState) -> None:
    silent, fan = problem("device_silent", "d", 10), problem("equipment_error", "d", 11, "fan")
    state.faults.settle(["device_silent", "equipment_error"], [silent, fan], 12)
    later = [silent._replace(since=99), fan._replace(detail="lamp", since=99)]
    state.faults.settle(["device_silent", "equipment_error"], later, 13)
    assert [f.finding for f in state.faults.open()] == [silent, later[1]._replace(since=13)]
    assert tail(state) == [("problem", "d", 12), ("problem", "d", 13)]
    state.faults.settle(["device_silent", "equipment_error"], later, 14)
    assert len(tail(state)) == 2


def test_other_codes_are_left_alone(state: ServiceState) -> None:
    down = problem("store_down", "service", 1)
    state.faults.settle(["store_down"], [down], 1)
    state.faults.settle(["device_silent"], [problem("device_silent", "d", 2)], 2)
    state.faults.settle(["device_silent"], [], 3)
    assert [f.finding for f in state.faults.open()] == [down]


def test_what_closes_is_kept_as_past(state: ServiceState) -> None:
    stuck, fan = problem("sensor_stuck", "d", 10), problem("equipment_error", "d", 20, "fan")
    codes = ["sensor_stuck", "equipment_error"]
    state.faults.settle(codes, [stuck, fan], 25)
    state.faults.settle(codes, [fan], 30)
    first = Spell("sensor_stuck", "d", "", "error", 10, 30)
    still = Spell("equipment_error", "d", "fan", "error", 20, None)
    assert state.faults.spells(0, 99) == [first, still]
    assert state.faults.spells(29, 30) == [first, still]
    assert state.faults.spells(30, 31) == [still]  # half-open
    assert state.faults.spells(0, 20) == [first]
    assert state.faults.spells(0, 10) == []
    again = stuck._replace(since=HOUR_MS + 40)
    state.faults.settle(codes, [fan, again], HOUR_MS + 41)
    assert state.faults.spells(29, 2 * HOUR_MS) == [first, still, Spell(*again[:5], None)]


def test_the_past_is_let_go_in_the_end(state: ServiceState) -> None:
    day = 86_400_000
    state.faults.settle(["sensor_stuck"], [problem("sensor_stuck", "d", 1)], 2)
    state.faults.settle(["sensor_stuck"], [], day)
    state.faults.prune(401 * day)
    assert len(state.faults.spells(0, 999 * day)) == 1
    state.faults.prune(401 * day + 1)
    assert state.faults.spells(0, 999 * day) == []


def test_one_that_comes_back_has_two_spells_and_one_record(state: ServiceState) -> None:
    fan = problem("equipment_error", "d", 10, "fan")
    for findings, now in (([fan], 20), ([], 50), ([fan._replace(since=70)], 80), ([], 90)):
        state.faults.settle(["equipment_error"], findings, now)
    (fault,) = state.faults.find(Asked())
    assert (fault.since, fault.resolved, fault.reopened) == (10, 90, 1)
    assert fault.there_since == 70
    assert state.faults.times(fault.id) == [(10, 50), (70, 90)]
    kinds = [(one.at, one.kind) for one in state.faults.transitions(fault.id)]
    assert kinds == [(20, "opened"), (50, "resolved"), (80, "reopened"), (90, "resolved")]
    assert [one.seq for _, one in state.faults.happened(50, 90)] == [2, 3]


def test_people_end_nothing_before_it_came_back(state: ServiceState) -> None:
    """The clock has been set back meanwhile."""
    noise = Finding("reported", "r", "sound", "warning", 10)
    for findings, now in (([noise], 20), ([], 50), ([noise._replace(since=70)], 80)):
        state.faults.settle(["reported"], findings, now)
    fault = state.faults.act(state.faults.open()[0].id, "resolved", 30, "anna")
    assert fault is not None
    assert (fault.resolved, state.faults.times(fault.id)) == (70, [(10, 50), (70, 70)])


# ---- any order of findings and acts, also with a clock that is set back

KEYS = [("device_silent", "d", ""), ("equipment_error", "d", "fan"), ("reported", "r", "sound")]
MOMENTS = st.integers(-10, 90).map(lambda minutes: minutes * MIN)
STEPS = st.lists(
    st.tuples(
        MOMENTS,  # the clock goes on, or back, by so much
        st.sets(st.sampled_from(KEYS)),
        MOMENTS,  # how long before the findings began
        st.sampled_from(["error", "warning"]),
        st.sampled_from([None, "acknowledged", "snoozed", "commented", "resolved"]),
    ),
    max_size=12,
)


@given(STEPS)
def test_what_is_kept_is_consistent_whatever_happens(steps: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        state = ServiceState(Path(folder) / "service.db")
        now = 1_000 * MIN
        for forth, keys, before, severity, deed in steps:
            now += forth
            found = [Finding(*key, severity, now - before) for key in keys]
            codes = {code for code, _, _ in KEYS}
            state.faults.settle(codes, found, now)
            assert state.faults.settle(codes, found, now) == []  # told again, nothing changes
            assert {fault.key for fault in state.faults.open()} == keys
            if deed is not None:
                for fault in state.faults.find(Asked()):
                    with suppress(NotPossible):
                        state.faults.act(fault.id, deed, now, "anna", until=now + MIN)
            consistent(state)
        state.close()


def consistent(state: ServiceState) -> None:
    by_key: dict[Any, list[tuple[int, int]]] = {}
    for fault in state.faults.find(Asked()):
        assert fault.since <= fault.opened
        assert fault.resolved is None or fault.resolved >= fault.opened
        assert fault.id == fault_id(fault.site, fault.key, fault.since)
        told = state.faults.transitions(fault.id)
        turns = [one.kind for one in told if one.kind in ("opened", "reopened", "resolved")]
        back = ["reopened", "resolved"] * fault.reopened
        assert turns == ["opened", "resolved", *back][: len(turns)]
        assert fault.open == (turns[-1] != "resolved")
        assert turns.count("reopened") == fault.reopened
        times = state.faults.times(fault.id)
        assert [stop is None for _, stop in times[:-1]] == [False] * (len(times) - 1)
        assert (times[-1][1] is None) == fault.open
        assert times[-1][1] == fault.resolved
        by_key.setdefault(fault.key, []).extend((a, b or FOREVER) for a, b in times)
    for key, times in by_key.items():
        times.sort()
        assert all(a <= b for a, b in times)
        assert all(b <= c for (_, b), (c, _) in pairwise(times)), f"{key} overlaps: {times}"
        assert sum(b == FOREVER for _, b in times) <= 1


# ---- a file of version 2


def test_problems_of_version_2_become_faults(tmp_path: Path) -> None:
    path = tmp_path / "service.db"
    db = open_versioned(path, MIGRATIONS[:2], what="service state")
    db.execute("INSERT INTO problem VALUES ('device_silent', 'vc', '', 'error', 500)")
    past = "INSERT INTO problem_past VALUES ('equipment_error', 'vc', 'fan', 'error', ?, ?)"
    db.executemany(past, [(100, 200), (300, 400)])
    db.close()
    state = ServiceState(path)
    (silent,) = state.faults.open()
    assert silent.finding == problem("device_silent", "vc", 500)
    assert (silent.site, silent.room, silent.opened) == ("", None, 500)
    assert state.faults.spells(0, 1000) == [
        Spell("equipment_error", "vc", "fan", "error", 100, 200),
        Spell("equipment_error", "vc", "fan", "error", 300, 400),
        Spell("device_silent", "vc", "", "error", 500, None),
    ]
    told = [(one.at, one.kind) for one in state.faults.after(0)]
    assert sorted(told) == [
        (100, "opened"),
        (200, "resolved"),
        (300, "opened"),
        (400, "resolved"),
        (500, "opened"),
    ]
    consistent(state)
    # found again, it gets its place; its id stays
    place = Place("s", "granen")
    changes = state.faults.settle(["device_silent"], [silent.finding], 600, lambda _: place)
    assert [change.transition for change in changes] == [None]
    assert state.faults.get(silent.id) == silent._replace(site="s", room="granen")
    state.close()
    assert [*tmp_path.glob("service.db.v2-*.bak")], "a copy of what it was"


def test_a_file_of_version_1_has_no_past(tmp_path: Path) -> None:
    db = open_versioned(tmp_path / "service.db", MIGRATIONS[:1], what="service state")
    db.execute("INSERT INTO problem VALUES ('battery_low', 'd', '', 'warning', 500)")
    db.close()
    state = ServiceState(tmp_path / "service.db")
    assert [fault.key for fault in state.faults.open()] == [("battery_low", "d", "")]
    state.close()
