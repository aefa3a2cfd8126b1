"""What is said about whose time it was: bookings, check-ins, corrections (metrics.md 3).

Times are ms of UTC. Bookings are archived because feeds forget the past; corrections are
kept when they are withdrawn. Whoever changes something here marks the hours dirty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from rooms.attribution import LEFT, LOOKBACK, Booking, CheckIn, Claims, Correction
from rooms.intervals import Intervals, union

if TYPE_CHECKING:
    from storage.state.service import ServiceState

Via = Literal["panel", "page", "api"]

CLAIMS_V2 = (
    "CREATE TABLE booking (room TEXT, id TEXT, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    " partner TEXT, PRIMARY KEY (room, id)) WITHOUT ROWID",
    "CREATE INDEX booking_stop ON booking (room, stop)",
    "CREATE INDEX booking_to_come ON booking (stop)",
    # at: when it was told; partner NULL is a check-out
    "CREATE TABLE checkin (room TEXT, time INTEGER, partner TEXT, until INTEGER,"
    " via TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (room, time)) WITHOUT ROWID",
    "CREATE TABLE correction (id INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL,"
    " start INTEGER NOT NULL, stop INTEGER NOT NULL, partner TEXT, reason TEXT NOT NULL,"
    " actor TEXT NOT NULL, at INTEGER NOT NULL, withdrawn INTEGER)",
    "CREATE INDEX correction_stop ON correction (room, stop)",
    "CREATE TABLE feed (room TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL)"
    " WITHOUT ROWID",
)

# What claims can still decide, and what attribution sees of the room, reaches so far back
_BACK: Final = LOOKBACK + LEFT


class StoredCorrection(NamedTuple):
    id: int
    room: str
    start: int
    stop: int
    partner: str | None
    reason: str
    actor: str
    at: int
    withdrawn: int | None  # when it was


class FeedState(NamedTuple):
    """How a room's calendar fares. ``error`` is a text's key, filled with ``values``."""

    etag: str | None = None  # the header's text, as ``modified``: what the next request asks with
    modified: str | None = None
    asked: int = 0
    good: int | None = None  # when it last was read well
    error: str | None = None
    values: dict[str, Any] = {}  # noqa: RUF012 (never written to)
    events: int = 0
    attributed: int = 0  # of those, the ones that map to a partner
    warnings: int = 0


_CORRECTION: Final = "id, room, start, stop, partner, reason, actor, at, withdrawn"


class StoredClaims:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    # ---- bookings

    def put_bookings(
        self, room: str, events: Sequence[Booking], start: int, stop: int, now: int
    ) -> Intervals:
        """Take over what a calendar says of ``[start, stop)``; return the stretches, old and
        new, in which something changed.

        What is gone from the calendar is removed, unless it had ended by ``now``.
        """
        new = {event.id: event for event in events}
        with self._state.transaction() as db:
            old = {booking.id: booking for booking in self.bookings(room, start, stop)}
            for id_ in new.keys() - old.keys():  # moved into the window from outside
                row = db.execute(
                    "SELECT id, start, stop, partner FROM booking WHERE room = ? AND id = ?",
                    (room, id_),
                ).fetchone()
                if row:
                    old[id_] = Booking(*row)
            gone = [b for id_, b in old.items() if id_ not in new and b.stop > now]
            told = [b for id_, b in new.items() if b != old.get(id_)]
            db.executemany(
                "DELETE FROM booking WHERE room = ? AND id = ?", [(room, b.id) for b in gone]
            )
            db.executemany(
                "INSERT OR REPLACE INTO booking (room, id, start, stop, partner)"
                " VALUES (?, ?, ?, ?, ?)",
                [(room, *booking) for booking in told],
            )
        before = [old[b.id] for b in told if b.id in old]
        return union((b.start, b.stop) for b in (*gone, *told, *before))

    def bookings(self, room: str, start: int, stop: int) -> list[Booking]:
        """Those that touch ``[start, stop)``, by start."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT id, start, stop, partner FROM booking"
                " WHERE room = ? AND stop > ? AND start < ? ORDER BY start, id",
                (room, start, stop),
            ).fetchall()
        return [Booking(*row) for row in rows]

    def to_come(self, now: int, until: int) -> dict[str, list[Booking]]:
        """By room, those that run at ``now`` or start before ``until``, by start."""
        found: dict[str, list[Booking]] = {}
        with self._state.reading() as db:
            for room, *booking in db.execute(
                "SELECT room, id, start, stop, partner FROM booking"
                " WHERE stop > ? AND start < ? ORDER BY start, id",
                (now, until),
            ):
                found.setdefault(room, []).append(Booking(*booking))
        return found

    def events(self, rooms: Iterable[str], start: int, stop: int) -> tuple[int, int]:
        """How many bookings of the rooms start in ``[start, stop)``, and how many of those
        are some partner's."""
        events = attributed = 0
        with self._state.reading() as db:
            for room in rooms:
                row = db.execute(
                    "SELECT count(*), count(partner) FROM booking"
                    " WHERE room = ? AND stop > ? AND start >= ? AND start < ?",
                    (room, start, start, stop),
                ).fetchone()
                events, attributed = events + row[0], attributed + row[1]
        return events, attributed

    # ---- check-ins

    def check_in(self, room: str, checkin: CheckIn, via: Via, now: int) -> None:
        """Keep a check-in or check-out. Told again, it changes nothing; of two at the very
        same time one is kept, whichever came first."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO checkin (room, time, partner, until, via, at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET partner = excluded.partner,"
                " until = excluded.until, via = excluded.via, at = excluded.at"
                " WHERE (coalesce(excluded.partner, ''), coalesce(excluded.until, 0))"
                " > (coalesce(partner, ''), coalesce(until, 0))",
                (room, checkin.time, checkin.partner, checkin.until, via, now),
            )

    def checkins(self, room: str, start: int, stop: int) -> list[CheckIn]:
        """Check-ins and check-outs of ``[start, stop)``, by time."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT time, partner, until FROM checkin"
                " WHERE room = ? AND time >= ? AND time < ? ORDER BY time",
                (room, start, stop),
            ).fetchall()
        return [CheckIn(*row) for row in rows]

    # ---- corrections

    def correct(
        self,
        room: str,
        start: int,
        stop: int,
        partner: str | None,
        reason: str,
        actor: str,
        now: int,
    ) -> int:
        """Reassign a stretch to a partner, or to nobody; return the correction's id."""
        with self._state.transaction() as db:
            id_ = db.execute(
                "INSERT INTO correction (room, start, stop, partner, reason, actor, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (room, start, stop, partner, reason, actor, now),
            ).lastrowid
            assert id_ is not None
            detail = f"{room} {start} to {stop} ms: {partner or 'nobody'} ({reason})"
            self._state.access.audit(now, actor, "time corrected", f"correction {id_}", detail)
        return id_

    def withdraw(self, id_: int, actor: str, now: int) -> StoredCorrection | None:
        """It no longer holds; ``None`` if there is none, or it is withdrawn already."""
        with self._state.transaction() as db:
            row = db.execute(
                "UPDATE correction SET withdrawn = ? WHERE id = ? AND withdrawn IS NULL"  # noqa: S608
                f" RETURNING {_CORRECTION}",
                (now, id_),
            ).fetchone()
            if row is None:
                return None
            found = StoredCorrection(*row)
            detail = f"{found.room} {found.start} to {found.stop} ms"
            self._state.access.audit(
                now, actor, "correction withdrawn", f"correction {id_}", detail
            )
        return found

    def corrections(self, room: str, start: int, stop: int) -> list[StoredCorrection]:
        """Those that touch ``[start, stop)``, withdrawn ones too, in the order they were made."""
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_CORRECTION} FROM correction"  # noqa: S608
                " WHERE room = ? AND stop > ? AND start < ? ORDER BY id",
                (room, start, stop),
            ).fetchall()
        return [StoredCorrection(*row) for row in rows]

    # ---- all of it

    def of(self, room: str, start: int, stop: int, host: str | None) -> Claims:
        """What decides whose ``[start, stop)`` was, as far before and after as it matters."""
        with self._state.reading():
            return Claims(
                bookings=self.bookings(room, start - _BACK, stop + LEFT),
                checkins=self.checkins(room, start - _BACK, stop + LEFT),
                corrections=[
                    Correction(c.id, c.start, c.stop, c.partner)
                    for c in self.corrections(room, start, stop)
                    if c.withdrawn is None
                ],
                host=host,
            )

    # ---- calendars

    def put_feed(self, room: str, feed: FeedState, now: int) -> None:
        with self._state.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO feed (room, at, body) VALUES (?, ?, ?)",
                (room, now, json.dumps(feed._asdict(), ensure_ascii=False)),
            )

    def feeds(self) -> dict[str, FeedState]:
        """By room."""
        with self._state.reading() as db:
            rows: list[tuple[str, str]] = db.execute("SELECT room, body FROM feed").fetchall()
        return {room: FeedState(**json.loads(body)) for room, body in rows}

    def drop_feed(self, room: str) -> None:
        """The room has no calendar any more."""
        with self._state.transaction() as db:
            db.execute("DELETE FROM feed WHERE room = ?", (room,))
