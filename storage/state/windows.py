"""Maintenance windows that were made over the API; those of rooms.yaml stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from storage.state.service import ServiceState

WINDOWS_V3: Final = (
    "CREATE TABLE maintenance (id TEXT PRIMARY KEY, site TEXT NOT NULL, body TEXT NOT NULL,"
    " created INTEGER NOT NULL, actor TEXT NOT NULL, removed INTEGER) WITHOUT ROWID",
)


class StoredWindow(NamedTuple):
    id: str
    site: str
    body: str  # JSON of ``rooms.registry.alerting.Maintenance``, by alias
    created: int
    actor: str
    removed: int | None = None


class StoredWindows:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def put(self, window: StoredWindow) -> None:
        """Keep a new one; with the audit trail."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO maintenance (id, site, body, created, actor, removed)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                window,
            )
            self._state.access.audit(
                window.created, window.actor, "maintenance window made", window.id, window.body
            )

    def remove(self, id_: str, actor: str, now: int) -> bool:
        """It holds nothing any more; false if there is none."""
        with self._state.transaction() as db:
            gone = db.execute(
                "UPDATE maintenance SET removed = ? WHERE id = ? AND removed IS NULL", (now, id_)
            ).rowcount
            if gone:
                self._state.access.audit(now, actor, "maintenance window removed", id_, "")
        return bool(gone)

    def all(self) -> list[StoredWindow]:
        """Those that hold, oldest first."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT id, site, body, created, actor, removed FROM maintenance"
                " WHERE removed IS NULL ORDER BY created, id"
            ).fetchall()
        return [StoredWindow(*row) for row in rows]
