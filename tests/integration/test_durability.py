"""What is committed survives a power cut: its commit waits for the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState

NORMAL, FULL = 1, 2  # of "PRAGMA synchronous"


@pytest.mark.parametrize(
    ("opened", "waits"),
    [
        (ServiceState, [FULL]),
        (lambda path: SqliteStore(path, retention_s=None, clock=int), [FULL]),
        (Outbox, [FULL, NORMAL]),  # the second one is for progress, which may be lost
    ],
    ids=["service", "store", "outbox"],
)
def test_a_commit_waits_for_the_disk(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: Callable[[Path], Any],
    waits: list[int],
) -> None:
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def watched(*args: Any, **more: Any) -> sqlite3.Connection:
        made.append(connect(*args, **more))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", watched)
    with closing(opened(tmp_path / "a.db")):
        found = [c.execute("PRAGMA synchronous").fetchone()[0] for c in made]
        assert found == waits
        assert {c.execute("PRAGMA journal_mode").fetchone()[0] for c in made} == {"wal"}
