"""Messages that could not be used: kept, bounded, to be listed and replayed (design 3).

Lives in ``outbox.db`` so that "quarantined" commits with the batch it came in.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.versions import transaction

MAX_PAYLOAD = 256 * 2**10
REFUSED = "refused_by_store"  # the reason of points that had been stored, as JSON
BOUND_EVERY = 100  # messages between checks of the bounds: the sums read every row


class Unusable(NamedTuple):
    """An original message with the reason why it was set aside."""

    time: int  # arrival, ms
    source: str
    topic: str
    payload: bytes
    reason: str  # a fixed word to count by
    detail: str
    address: str = ""
    device: str = ""  # registry id, where it is known
    hint: str | None = None  # what the source tells of an unknown device: its model
    room: str | None = None  # and the room that its topic names
    withheld: bool = False  # the payload is private or secret: count it, do not keep it


class Kept(NamedTuple):
    id: int
    time: int
    source: str
    topic: str
    payload: bytes
    reason: str
    detail: str
    address: str
    device: str
    size: int  # bytes of the original; more than the payload when it was cut or withheld
    replay: int = 0  # a person asked for another try: 1 by the usual rules, 2 at any age


class UnknownDevice(NamedTuple):
    """A device that sends and is not in the registry."""

    source: str
    address: str
    hint: str | None
    room: str | None
    first: int
    last: int
    messages: int


def create(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE quarantine (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,"
        " source TEXT NOT NULL, topic TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,"
        " address TEXT NOT NULL, device TEXT NOT NULL, size INTEGER NOT NULL,"
        " replay INTEGER NOT NULL DEFAULT 0, payload BLOB NOT NULL)"  # last: scans need not pass it
    )
    db.execute("CREATE INDEX to_replay ON quarantine (id) WHERE replay > 0")
    db.execute(
        "CREATE TABLE unknown_device (source TEXT, address TEXT, hint TEXT, room TEXT,"
        " first INTEGER, last INTEGER, messages INTEGER,"
        " PRIMARY KEY (source, address)) WITHOUT ROWID"
    )


_KEPT = "id, time, source, topic, payload, reason, detail, address, device, size, replay"


class Quarantine:
    """Reads and clears; ``insert`` runs inside the outbox's transaction."""

    def __init__(
        self, db: sqlite3.Connection, lock: threading.RLock, most_rows: int, most_bytes: int
    ) -> None:
        self._db = db
        self._lock = lock
        self._most_rows = most_rows
        self._most_bytes = most_bytes
        self._since_bound = BOUND_EVERY  # the first insert checks what an earlier run left

    def insert(self, messages: Sequence[Unusable]) -> None:
        self._db.executemany(
            "INSERT INTO quarantine (time, source, topic, payload, reason, detail, address, device,"
            " size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    m.time,
                    m.source,
                    m.topic,
                    b"" if m.withheld else m.payload[:MAX_PAYLOAD],
                    m.reason,
                    m.detail,
                    m.address,
                    m.device,
                    len(m.payload),
                )
                for m in messages
            ],
        )
        self._db.executemany(
            "INSERT INTO unknown_device VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET"
            " last = excluded.last, messages = messages + 1,"
            " hint = coalesce(excluded.hint, hint), room = coalesce(excluded.room, room)",
            [
                (m.source, m.address, m.hint, m.room, m.time, m.time)
                for m in messages
                if m.reason == "unknown_device"
            ],
        )
        self._since_bound += len(messages)
        if self._since_bound >= BOUND_EVERY:
            self._since_bound = 0
            self._bound()

    def _bound(self) -> None:
        """Let the oldest go: a flood must not fill the disk. The account keeps their number."""
        self._db.execute(
            "DELETE FROM quarantine WHERE id <= (SELECT id FROM quarantine"
            " ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (self._most_rows,),
        )
        self._db.execute(
            "DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM (SELECT id, sum(length("
            "payload)) OVER (ORDER BY id DESC) AS held FROM quarantine) WHERE held > ?)",
            (self._most_bytes,),
        )
        self._db.execute(
            "DELETE FROM unknown_device WHERE (source, address) IN (SELECT"
            " source, address FROM unknown_device ORDER BY last DESC LIMIT -1 OFFSET 1000)"
        )

    def newest(self, reason: str | None = None, most: int = 100) -> list[Kept]:
        """The newest first."""
        where, values = ("WHERE reason = ?", (reason,)) if reason else ("", ())
        with self._lock:
            rows = self._db.execute(
                f"SELECT {_KEPT} FROM quarantine {where} ORDER BY id DESC LIMIT ?",  # noqa: S608
                (*values, most),
            ).fetchall()
        return [Kept(*row) for row in rows]

    def get(self, id_: int) -> Kept | None:
        with self._lock:
            row = self._db.execute(
                f"SELECT {_KEPT} FROM quarantine WHERE id = ?",  # noqa: S608
                (id_,),
            ).fetchone()
        return Kept(*row) if row else None

    def ids(self, reason: str | None = None) -> list[int]:
        where, values = ("WHERE reason = ?", (reason,)) if reason else ("", ())
        with self._lock:
            rows = self._db.execute(f"SELECT id FROM quarantine {where}", values).fetchall()  # noqa: S608
        return [id_ for (id_,) in rows]

    def request_replay(self, ids: Iterable[int], *, any_age: bool = False) -> int:
        """Ask the collector for another try; it takes place in the collector's own order.

        What was not kept whole stays. Returns how many will be tried.
        """
        with self._lock, transaction(self._db):
            return self._db.executemany(
                "UPDATE quarantine SET replay = ? WHERE id = ? AND size = length(payload)",
                [(2 if any_age else 1, i) for i in ids],
            ).rowcount

    def to_replay(self, most: int = 500) -> list[Kept]:
        with self._lock:
            rows = self._db.execute(
                f"SELECT {_KEPT} FROM quarantine WHERE replay > 0 ORDER BY id LIMIT ?",  # noqa: S608
                (most,),
            ).fetchall()
        return [Kept(*row) for row in rows]

    def settle_replay(self, gone: Sequence[int]) -> None:
        """Remove what was tried again (what failed again is a new row); inside a batch."""
        self._db.executemany("DELETE FROM quarantine WHERE id = ?", [(i,) for i in gone])

    def discard(self, ids: Iterable[int]) -> int:
        with self._lock, transaction(self._db):
            return self._db.executemany(
                "DELETE FROM quarantine WHERE id = ?", [(i,) for i in ids]
            ).rowcount

    def counts(self) -> dict[str, int]:
        """Kept messages by reason."""
        with self._lock:
            return dict(self._db.execute("SELECT reason, count(*) FROM quarantine GROUP BY reason"))

    def unknown_devices(self) -> list[UnknownDevice]:
        with self._lock:
            rows = self._db.execute(
                "SELECT source, address, hint, room, first, last, messages FROM unknown_device"
                " ORDER BY last DESC"
            ).fetchall()
        return [UnknownDevice(*row) for row in rows]

    def forget_unknown(self, source: str, address: str) -> None:
        """The registry knows it now."""
        with self._lock:
            self._db.execute(
                "DELETE FROM unknown_device WHERE source = ? AND address = ?", (source, address)
            )
