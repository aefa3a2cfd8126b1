"""The evidence of rooms' days, kept beside the sums that it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from rooms.dayevidence import DayEvidence

if TYPE_CHECKING:
    from storage.state.service import ServiceState

EVIDENCE_V4: Final = (
    "CREATE TABLE evidence (room TEXT, day TEXT, body BLOB NOT NULL, PRIMARY KEY (room, day))"
    " WITHOUT ROWID",
    "CREATE INDEX evidence_day ON evidence (day)",
)

_encoder: Final = msgspec.json.Encoder(order="deterministic")
_decoder: Final = msgspec.json.Decoder(DayEvidence)


class StoredEvidence:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def put(self, days: Iterable[tuple[str, date, DayEvidence | None]]) -> None:
        """Keep it for each room and day; ``None``: there is none any more (a private day)."""
        told = [(room, day.isoformat(), one) for room, day, one in days]
        with self._state.transaction() as db:
            db.executemany(
                "DELETE FROM evidence WHERE room = ? AND day = ?",
                [(room, day) for room, day, one in told if one is None],
            )
            db.executemany(
                "INSERT INTO evidence (room, day, body) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
                [(room, day, _encoder.encode(one)) for room, day, one in told if one is not None],
            )

    def read(
        self, rooms: Iterable[str], first: date, last: date
    ) -> Iterator[tuple[str, date, DayEvidence]]:
        """Of the rooms' days ``first`` to ``last`` (inclusive), by room and day."""
        for room in sorted(rooms):
            with self._state.reading() as db:
                rows = db.execute(
                    "SELECT day, body FROM evidence WHERE room = ? AND day BETWEEN ? AND ?"
                    " ORDER BY day",
                    (room, first.isoformat(), last.isoformat()),
                ).fetchall()
            for day, body in rows:
                yield room, date.fromisoformat(day), _decoder.decode(body)

    def days(self, room: str) -> list[date]:
        """Those of which there is any, ascending."""
        with self._state.reading() as db:
            rows = db.execute("SELECT day FROM evidence WHERE room = ? ORDER BY day", (room,))
            return [date.fromisoformat(day) for (day,) in rows]

    def prune(self, before: date) -> None:
        """Let go of days before this one."""
        with self._state.transaction() as db:
            db.execute("DELETE FROM evidence WHERE day < ?", (before.isoformat(),))
