"""What partners say was not theirs ("Bestrid"), and what a manager answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from storage.state.service import ServiceState

DisputeState = Literal["open", "corrected", "rejected", "withdrawn"]

DISPUTES_V4: Final = (
    "CREATE TABLE dispute (id INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL,"
    " start INTEGER NOT NULL, stop INTEGER NOT NULL, partner TEXT NOT NULL,"
    " message TEXT NOT NULL, actor TEXT NOT NULL, made INTEGER NOT NULL, state TEXT NOT NULL,"
    " answer TEXT NOT NULL, closer TEXT, closed INTEGER, correction INTEGER)",
)


class Dispute(NamedTuple):
    id: int
    room: str
    start: int  # ms
    stop: int
    partner: str  # who says so
    message: str
    actor: str
    made: int
    state: DisputeState
    answer: str
    closer: str | None
    closed: int | None
    correction: int | None  # what it led to


_DISPUTE: Final = (
    "id, room, start, stop, partner, message, actor, made, state, answer, closer, closed,"
    " correction"
)


class StoredDisputes:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def file(
        self, room: str, start: int, stop: int, partner: str, message: str, actor: str, now: int
    ) -> int:
        """Keep a new one; return its id. The same one, still open, is not kept twice."""
        with self._state.transaction() as db:
            row = db.execute(
                "SELECT id FROM dispute WHERE room = ? AND start = ? AND stop = ?"
                " AND partner = ? AND state = 'open'",
                (room, start, stop, partner),
            ).fetchone()
            if row:
                return int(row[0])
            id_ = db.execute(
                "INSERT INTO dispute (room, start, stop, partner, message, actor, made, state,"
                " answer) VALUES (?, ?, ?, ?, ?, ?, ?, 'open', '')",
                (room, start, stop, partner, message, actor, now),
            ).lastrowid
            assert id_ is not None
            detail = f"{room} {start} to {stop} ms, {partner}: {message}"
            self._state.access.audit(now, actor, "time disputed", f"dispute {id_}", detail)
        return id_

    def close(
        self,
        id_: int,
        state: DisputeState,
        answer: str,
        actor: str,
        now: int,
        correction: int | None = None,
    ) -> bool:
        """Answer an open one; false if there is none."""
        with self._state.transaction() as db:
            done = db.execute(
                "UPDATE dispute SET state = ?, answer = ?, closer = ?, closed = ?, correction = ?"
                " WHERE id = ? AND state = 'open'",
                (state, answer, actor, now, correction, id_),
            ).rowcount
            if done:
                self._state.access.audit(now, actor, f"dispute {state}", f"dispute {id_}", answer)
        return bool(done)

    def get(self, id_: int) -> Dispute | None:
        with self._state.reading() as db:
            row = db.execute(
                f"SELECT {_DISPUTE} FROM dispute WHERE id = ?",  # noqa: S608
                (id_,),
            ).fetchone()
        return Dispute(*row) if row else None

    def made(self, partner: str, since: int) -> int:
        """How many the partner has filed since then."""
        with self._state.reading() as db:
            query = "SELECT count(*) FROM dispute WHERE partner = ? AND made >= ?"
            return int(db.execute(query, (partner, since)).fetchone()[0])

    def touching(self, start: int, stop: int, partner: str | None = None) -> list[Dispute]:
        """Those about time in ``[start, stop)``, of one partner or of all, oldest first."""
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_DISPUTE} FROM dispute WHERE stop > ? AND start < ?"  # noqa: S608
                " AND (? IS NULL OR partner = ?) ORDER BY id",
                (start, stop, partner, partner),
            ).fetchall()
        return [Dispute(*row) for row in rows]
