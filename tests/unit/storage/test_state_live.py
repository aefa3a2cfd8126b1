"""The live state, its change log, problems and dirty hours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.state import ServiceState, live, service
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
