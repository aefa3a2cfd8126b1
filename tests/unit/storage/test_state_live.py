"""The live state, its change log, problems and dirty hours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.state import OpenProblem, ServiceState, Spell, live, service
from storage.store import StoreMisconfigured


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def tail(state: ServiceState, after: int = 0) -> list[tuple[str, str, int]]:
    return [change[1:] for change in state.live.changes(after)]


def test_only_what_differs_is_a_change(state: ServiceState) -> None:
    put = state.live.put
    assert put("room", {"a": {"x": 1, "y": [2]}, "b": {"å": None}}, 10) == ["a", "b"]
    assert put("room", {"a": {"y": [2], "x": 1}, "b": {"å": None}}, 20) == []
    assert put("room", {"a": {"x": 2}}, 30) == ["a"]
    assert put("device", {"a": {"x": 2}}, 40) == ["a"]
    assert tail(state) == [
        ("room", "a", 10),
        ("room", "b", 10),
        ("room", "a", 30),
        ("device", "a", 40),
    ]
    assert state.live.all("room") == {"a": ("a", {"x": 2}, 30), "b": ("b", {"å": None}, 10)}
    assert state.live.get("room", "b") == ("b", {"å": None}, 10)
    assert state.live.get("room", "c") is None


def test_the_tail(state: ServiceState, tmp_path: Path) -> None:
    assert (state.live.last_change(), state.live.oldest_change()) == (0, 0)
    for n in range(5):
        state.live.put("room", {"a": {"n": n}}, n)
    assert [c.seq for c in state.live.changes(2, most=2)] == [3, 4]
    assert (state.live.last_change(), state.live.oldest_change()) == (5, 1)
    with closing(ServiceState(tmp_path / "service.db")) as other:  # another process
        assert [c.seq for c in other.live.changes(4)] == [5]


def test_the_tail_is_bounded(state: ServiceState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "KEEP_CHANGES", 3)
    for n in range(9):
        state.live.put("room", {"a": {"n": n}}, n)
    assert [c.seq for c in state.live.changes(0)] == [7, 8, 9]
    assert (state.live.oldest_change(), state.live.last_change()) == (7, 9)


def test_keep_only(state: ServiceState) -> None:
    state.live.put("room", {"a": {}, "b": {}}, 1)
    state.live.put("device", {"b": {}}, 1)
    state.live.keep_only("room", ["a", "c"], 2)
    assert (state.live.ids("room"), state.live.ids("device")) == ({"a"}, {"b"})
    assert tail(state, 3) == [("room", "b", 2)]
    state.live.keep_only("room", ["a"], 3)
    assert tail(state, 4) == []


# ---- problems


def problem(code: str, subject: str, since: int, detail: str = "") -> OpenProblem:
    return OpenProblem(code, subject, detail, "error", since)


def test_an_open_problem_keeps_its_onset(state: ServiceState) -> None:
    silent, fan = problem("device_silent", "d", 10), problem("equipment_error", "d", 11, "fan")
    state.live.set_problems(["device_silent", "equipment_error"], [silent, fan], 12)
    later = [silent._replace(since=99), fan._replace(detail="lamp", since=99)]
    state.live.set_problems(["device_silent", "equipment_error"], later, 13)
    assert state.live.problems() == [silent, later[1]]
    assert tail(state) == [("problem", "d", 12), ("problem", "d", 13)]
    state.live.set_problems(["device_silent", "equipment_error"], later, 14)
    assert len(tail(state)) == 2


def test_other_codes_are_left_alone(state: ServiceState) -> None:
    down = problem("store_down", "service", 1)
    state.live.set_problems(["store_down"], [down], 1)
    state.live.set_problems(["device_silent"], [problem("device_silent", "d", 2)], 2)
    state.live.set_problems(["device_silent"], [], 3)
    assert state.live.problems() == [down]


def test_what_closes_is_kept_as_past(state: ServiceState) -> None:
    stuck, fan = problem("sensor_stuck", "d", 10), problem("equipment_error", "d", 20, "fan")
    codes = ["sensor_stuck", "equipment_error"]
    state.live.set_problems(codes, [stuck, fan], 25)
    state.live.set_problems(codes, [fan], 30)
    first = Spell("sensor_stuck", "d", "", "error", 10, 30)
    still = Spell("equipment_error", "d", "fan", "error", 20, None)
    assert state.live.spells(0, 99) == [first, still]
    assert state.live.spells(29, 30) == [first, still]
    assert state.live.spells(30, 31) == [still]  # half-open
    assert state.live.spells(0, 20) == [first]
    assert state.live.spells(0, 10) == []
    again = stuck._replace(since=40)
    state.live.set_problems(codes, [fan, again], 41)
    assert state.live.spells(29, 99) == [first, still, Spell(*again, None)]


def test_the_past_is_let_go_in_the_end(state: ServiceState) -> None:
    day = 86_400_000
    state.live.set_problems(["sensor_stuck"], [problem("sensor_stuck", "d", 1)], 2)
    state.live.set_problems(["sensor_stuck"], [], day)
    state.live.set_problems([], [], 401 * day)
    assert len(state.live.spells(0, 999 * day)) == 1
    state.live.set_problems([], [], 401 * day + 1)
    assert state.live.spells(0, 999 * day) == []


# ---- transactions


def test_all_or_nothing_also_when_nested(state: ServiceState) -> None:
    def half() -> None:
        with state.transaction():
            state.live.put("room", {"a": {}}, 1)
            state.live.set_cursor("watch", 3)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert (state.live.ids("room"), state.live.cursor("watch"), tail(state)) == (set(), 0, [])


def test_a_commit_that_fails_leaves_no_transaction_open(state: ServiceState) -> None:
    state.db.execute(
        "CREATE TABLE late (id INTEGER PRIMARY KEY,"
        " key INTEGER REFERENCES key (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(sqlite3.IntegrityError), state.transaction() as db:
        db.execute("INSERT INTO late VALUES (1, 99)")  # noticed at the commit
    state.live.set_cursor("watch", 4)
    with closing(sqlite3.connect(state.db.execute("PRAGMA database_list").fetchone()[2])) as other:
        assert other.execute("SELECT value FROM cursor").fetchone() == (4,)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    with closing(ServiceState(tmp_path / "service.db")) as state:
        state.db.execute(f"PRAGMA user_version = {len(service.MIGRATIONS) + 1}")
    with pytest.raises(StoreMisconfigured, match=r"service\.db"):
        ServiceState(tmp_path / "service.db")
