"""A transaction of the service's state that cannot be committed leaves nothing open behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.state import ServiceState


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    with closing(ServiceState(tmp_path / "service.db")) as state:
        yield state


def test_after_a_failed_commit_the_next_one_counts(state: ServiceState, tmp_path: Path) -> None:
    """As with a disk that is full: SQLite finds out at COMMIT, and keeps the transaction open."""
    state.db.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    state.db.execute("CREATE TABLE two (one REFERENCES one DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError), state.transaction() as db:
        db.execute("INSERT INTO two VALUES (1)")  # refused by COMMIT, not before
    state.live.set_cursor("watch", 7)
    with closing(ServiceState(tmp_path / "service.db")) as other:
        assert other.live.cursor("watch") == 7
        assert other.db.execute("SELECT * FROM two").fetchall() == []


def test_an_exception_undoes_the_whole(state: ServiceState) -> None:
    def half_done() -> None:
        with state.transaction():
            state.live.set_cursor("watch", 7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert state.live.cursor("watch") == 0
    assert not state.db.in_transaction
