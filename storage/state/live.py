"""The current state of rooms, devices and roles, and a log of what changed.

Bodies are JSON objects, written by the collector and passed on by the API. The
change table is what the live stream follows: one row for each thing that
changed, newest last, bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from storage.state.service import ServiceState

KEEP_CHANGES = 10_000

LIVE_V1 = (
    # kind: room, device, role; body without volatile clutter, so that "changed" means changed
    "CREATE TABLE state (kind TEXT, id TEXT, body TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, id TEXT, at INTEGER)",
    "CREATE TABLE problem (code TEXT, subject TEXT, detail TEXT, severity TEXT NOT NULL,"
    " since INTEGER NOT NULL, PRIMARY KEY (code, subject, detail)) WITHOUT ROWID",
    "CREATE TABLE cursor (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    # chunk: the newest chunk of the outbox that made the hour dirty
    "CREATE TABLE dirty_hour (room TEXT, hour INTEGER, chunk INTEGER NOT NULL,"
    " PRIMARY KEY (room, hour)) WITHOUT ROWID",
)
LIVE_V2 = (
    "CREATE TABLE problem_past (code TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,"
    " severity TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL)",
    "CREATE INDEX problem_until ON problem_past (until)",
)


class Row(NamedTuple):
    id: str
    body: dict[str, Any]
    at: int  # when it last changed, ms


class Change(NamedTuple):
    seq: int
    kind: str  # room, device, problem, role
    id: str
    at: int


class Live:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def put(
        self, kind: str, bodies: Mapping[str, Mapping[str, Any]], now: int, *, tell: bool = True
    ) -> list[str]:
        """Store the bodies that differ from what is there; return the ids that changed.

        Without ``tell`` the change log is left to a later ``tell``.
        """
        changed = []
        with self._state.transaction() as db:
            for id_, body in bodies.items():
                text = json.dumps(body, ensure_ascii=False, sort_keys=True)
                old = db.execute(
                    "SELECT body FROM state WHERE kind = ? AND id = ?", (kind, id_)
                ).fetchone()
                if old is None or old[0] != text:
                    db.execute(
                        "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)", (kind, id_, text, now)
                    )
                    changed.append(id_)
            if tell:
                self._log(db.execute, kind, changed, now)
        return changed

    def tell(self, kind: str, ids: Iterable[str], now: int) -> None:
        """Say in the change log that these changed."""
        with self._state.transaction() as db:
            self._log(db.execute, kind, ids, now)

    def _log(self, execute: Any, kind: str, ids: Iterable[str], now: int) -> None:
        for id_ in ids:
            execute("INSERT INTO change (kind, id, at) VALUES (?, ?, ?)", (kind, id_, now))
        execute(
            "DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - ?", (KEEP_CHANGES,)
        )

    def all(self, kind: str) -> dict[str, Row]:
        with self._state.reading() as db:
            rows = db.execute("SELECT id, body, at FROM state WHERE kind = ?", (kind,)).fetchall()
        return {id_: Row(id_, json.loads(body), at) for id_, body, at in rows}

    def ids(self, kind: str) -> set[str]:
        with self._state.reading() as db:
            return {row[0] for row in db.execute("SELECT id FROM state WHERE kind = ?", (kind,))}

    def get(self, kind: str, id_: str) -> Row | None:
        with self._state.reading() as db:
            row = db.execute(
                "SELECT id, body, at FROM state WHERE kind = ? AND id = ?", (kind, id_)
            ).fetchone()
        return Row(row[0], json.loads(row[1]), row[2]) if row else None

    def keep_only(self, kind: str, ids: Iterable[str], now: int) -> None:
        """Forget what is no longer in the registry."""
        with self._state.transaction() as db:
            gone = self.ids(kind) - set(ids)
            db.executemany(
                "DELETE FROM state WHERE kind = ? AND id = ?", [(kind, id_) for id_ in gone]
            )
            self._log(db.execute, kind, gone, now)

    def changes(self, after: int, most: int = 500) -> list[Change]:
        """Changes after a sequence number, oldest first."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT seq, kind, id, at FROM change WHERE seq > ? ORDER BY seq LIMIT ?",
                (after, most),
            ).fetchall()
        return [Change(*row) for row in rows]

    def last_change(self) -> int:
        with self._state.reading() as db:
            row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
        return int(row[0]) if row else 0

    def oldest_change(self) -> int:
        """What a reader that is behind this has missed changes."""
        with self._state.reading() as db:
            row = db.execute("SELECT min(seq) FROM change").fetchone()
        return int(row[0] or 0)

    def cursor(self, name: str) -> int:
        with self._state.reading() as db:
            row = db.execute("SELECT value FROM cursor WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def set_cursor(self, name: str, value: int) -> None:
        with self._state.transaction() as db:
            db.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", (name, value))
