"""What was received and is not yet confirmed by the store (design 4).

One transaction holds everything that a batch of messages leads to: points,
quarantined originals, the account of what happened to each message, and what
recognises a redelivery. Only after ``commit`` returns may a message be
acknowledged. WAL with ``synchronous=FULL``: a commit survives a power cut.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from rooms.readings import Point
from storage import quarantine
from storage.batch import Account, Arrival, Batch
from storage.store import StoreUnavailable
from storage.versions import explained, open_versioned, transaction

__all__ = ["Account", "Arrival", "Batch", "Chunk", "Outbox", "OutboxFull"]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Point]).decode


class OutboxFull(Exception):
    """No room: acknowledge nothing, keep the batch, try again later."""


_encode_arrivals = msgspec.msgpack.Encoder().encode
_decode_arrivals = msgspec.msgpack.Decoder(list[Arrival]).decode


# One statement for all rows: around each, another thread may hold the network thread up.
_COUNT = """
    INSERT INTO account
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
           json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]')
    FROM json_each(?) WHERE true
    ON CONFLICT DO UPDATE SET messages = messages + excluded.messages
"""
_CLOCKS = """
    INSERT OR REPLACE INTO clock
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)
"""


class Chunk(NamedTuple):
    id: int
    points: list[Point]


def _v1(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE chunk (id INTEGER PRIMARY KEY, points INTEGER NOT NULL,"
        " bytes INTEGER NOT NULL, body BLOB NOT NULL)"
    )
    db.execute("CREATE TABLE progress (consumer TEXT PRIMARY KEY, chunk INTEGER NOT NULL)")
    db.execute("CREATE TABLE arrivals (id INTEGER PRIMARY KEY, count INTEGER, body BLOB)")
    db.execute("CREATE TABLE clock (device TEXT PRIMARY KEY, time INTEGER) WITHOUT ROWID")
    db.execute(
        "CREATE TABLE account (day TEXT, source TEXT, device TEXT, outcome TEXT, reason TEXT,"
        " messages INTEGER NOT NULL, PRIMARY KEY (day, source, device, outcome, reason))"
        " WITHOUT ROWID"
    )
    quarantine.create(db)


MIGRATIONS = (_v1,)
CONSUMERS = ("store", "watch")
RESERVE = 2 * 2**20  # bytes of disk that emptying a full outbox needs itself


class Outbox:
    """Thread-safe; one per collector. ``limit`` bounds the bytes that wait."""

    def __init__(
        self,
        path: Path,
        *,
        limit: int = 2**30,
        window: int = 4096,
        quarantine_rows: int = 10_000,
        quarantine_bytes: int = 64 * 2**20,
    ) -> None:
        self._path = path
        self._db = open_versioned(path, MIGRATIONS, what="outbox")
        # Progress may be lost in a power cut: points are then sent once more, which is
        # harmless, and the network thread waits for one disk sync less.
        self._relaxed = open_versioned(path, MIGRATIONS, what="outbox")
        self._relaxed.execute("PRAGMA synchronous=NORMAL")
        self._lock = threading.RLock()
        self._limit = limit
        self._window = window
        self.quarantine = quarantine.Quarantine(
            self._db, self._lock, quarantine_rows, quarantine_bytes
        )
        self._bytes, self._points = self._db.execute(
            "SELECT coalesce(sum(bytes), 0), coalesce(sum(points), 0) FROM chunk"
        ).fetchone()
        self._done = dict.fromkeys(CONSUMERS, 0) | dict(
            self._db.execute("SELECT consumer, chunk FROM progress")
        )
        self._filled = threading.Condition()
        newest = self._db.execute("SELECT coalesce(max(id), 0) FROM chunk").fetchone()[0]
        self._last = max(newest, *self._done.values())  # ids are never used again

    @property
    def waiting(self) -> int:
        """Points not yet confirmed by all consumers."""
        return int(self._points)

    @property
    def waiting_bytes(self) -> int:
        return int(self._bytes)

    @property
    def limit(self) -> int:
        return self._limit

    def commit(self, batch: Batch) -> None:
        """Store the batch, all or nothing. Raises ``OutboxFull`` (limit, disk full)."""
        if batch.points and self._bytes >= self._limit:
            raise OutboxFull(
                f"the outbox has reached its limit of {self._limit} bytes: bring the store back,"
                " or raise RUMSKOLL_OUTBOX_LIMIT"
            )
        if shutil.disk_usage(self._path.parent).free < RESERVE:
            raise OutboxFull(str(StoreUnavailable.say("file_full", file=self._path)))
        body = _encode(batch.points) if batch.points else b""
        with self._lock:
            try:
                with transaction(self._db):
                    self._insert(batch, body)
            except sqlite3.Error as error:
                raise OutboxFull(str(explained(error, self._path))) from error
            if body:
                self._bytes += len(body)
                self._points += len(batch.points)
                self._last += 1
        self.wake()

    def _insert(self, batch: Batch, body: bytes) -> None:
        db = self._db
        if body:
            db.execute(
                "INSERT INTO chunk (id, points, bytes, body) VALUES (?, ?, ?, ?)",
                (self._last + 1, len(batch.points), len(body), body),
            )
        if batch.arrivals:
            db.execute(
                "INSERT INTO arrivals (count, body) VALUES (?, ?)",
                (len(batch.arrivals), _encode_arrivals(batch.arrivals)),
            )
            # keep the newest batches that together cover the window
            db.execute(
                "DELETE FROM arrivals WHERE id < (SELECT max(id) FROM (SELECT id, sum(count) OVER"
                " (ORDER BY id DESC) AS covered FROM arrivals) WHERE covered >= ?)",
                (self._window,),
            )
        if batch.accounts:
            db.execute(_COUNT, (_rows([(*key, n) for key, n in batch.accounts.items()]),))
        if batch.clocks:
            db.execute(_CLOCKS, (_rows(list(batch.clocks.items())),))
        if batch.replayed:
            self.quarantine.settle_replay(batch.replayed)
        if batch.unusable:
            self.quarantine.insert(batch.unusable)

    def resume(self, consumer: str, chunk: int) -> None:
        """A consumer that keeps its own cursor says how far it has really come."""
        with self._lock:
            self._done[consumer] = max(self._done[consumer], min(chunk, self._last))

    @property
    def newest(self) -> int:
        """The last chunk that was committed."""
        return int(self._last)

    def done(self, consumer: str) -> int:
        """The last chunk that a consumer has finished."""
        return int(self._done[consumer])

    def wait(self, consumer: str, timeout: float) -> None:
        """Until there may be something for a consumer, or ``timeout`` seconds."""
        with self._filled:
            self._filled.wait_for(lambda: self._last > self._done[consumer], timeout)

    def wake(self) -> None:
        with self._filled:
            self._filled.notify_all()

    def chunks(self, consumer: str, most_points: int = 5000) -> list[Chunk]:
        """The next chunks that a consumer has not finished, oldest first."""
        return self.after(self._done[consumer], most_points)

    def after(self, chunk: int, most_points: int = 5000) -> list[Chunk]:
        """Up to 500 chunks that follow a chunk, oldest first; one at least if there is any."""
        out: list[Chunk] = []
        held = 0
        # closed at once: a query left open would keep an old snapshot, in which nothing can
        # be written any more
        with self._lock, closing(self._db.cursor()) as cursor:
            cursor.execute(
                "SELECT id, points, body FROM chunk WHERE id > ? ORDER BY id LIMIT 500",
                (chunk,),
            )
            for id_, points, body in cursor:
                if out and held + points > most_points:
                    break
                out.append(Chunk(id_, _decode(body)))
                held += points
        return out

    def finished(self, consumer: str, chunk: int) -> None:
        """A consumer is through with everything up to ``chunk``; free what all have finished."""
        with self._lock:
            done = self._done | {consumer: chunk}
            last = min(done.values())
            freed = self._db.execute(
                "SELECT coalesce(sum(bytes), 0), coalesce(sum(points), 0) FROM chunk WHERE id <= ?",
                (last,),
            ).fetchone()
            with transaction(self._relaxed):
                self._relaxed.execute(
                    "INSERT OR REPLACE INTO progress VALUES (?, ?)", (consumer, chunk)
                )
                self._relaxed.execute("DELETE FROM chunk WHERE id <= ?", (last,))
            self._done = done
            self._bytes -= freed[0]
            self._points -= freed[1]

    def behind(self, consumer: str) -> int:
        """Points that a consumer has not finished."""
        with self._lock:
            row = self._db.execute(
                "SELECT coalesce(sum(points), 0) FROM chunk WHERE id > ?", (self._done[consumer],)
            ).fetchone()
        return int(row[0])

    def arrivals(self) -> list[Arrival]:
        """The last window of messages, oldest first."""
        with self._lock:
            rows = self._db.execute("SELECT body FROM arrivals ORDER BY id").fetchall()
        return [arrival for (body,) in rows for arrival in _decode_arrivals(body)]

    def clocks(self) -> dict[str, int]:
        with self._lock:
            return dict(self._db.execute("SELECT device, time FROM clock"))

    def accounts(self, day: str | None = None) -> Counter[Account]:
        where, values = ("WHERE day = ?", (day,)) if day else ("", ())
        with self._lock:
            rows = self._db.execute(f"SELECT * FROM account {where}", values).fetchall()  # noqa: S608
        return Counter({Account(*row[:5]): row[5] for row in rows})

    def forget_accounts(self, before: str) -> None:
        """Drop the accounts of days before a local day."""
        with self._lock:
            self._db.execute("DELETE FROM account WHERE day < ?", (before,))

    def close(self) -> None:
        with self._lock:
            self._relaxed.close()
            self._db.close()


def _rows(rows: Sequence[tuple[str | int, ...]]) -> str:
    return msgspec.json.encode(rows).decode()
