"""Faults in ``service.db``: what is kept of them, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.faults import Finding
from rooms.units import HOUR_MS
from storage.state import ServiceState, Spell


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
