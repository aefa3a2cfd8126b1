"""Hours of rooms whose derived series must be computed again (design 5).

A row's ``mark`` is higher than any given before. Who computes an hour cleans it under the
mark that was read: what became dirty again meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from rooms.intervals import Interval
from rooms.units import HOUR_MS

if TYPE_CHECKING:
    from storage.state.service import ServiceState


# the number of the newest mark; a counter of its own, for rows come and go
DIRTY_V2 = (
    "ALTER TABLE dirty_hour ADD COLUMN mark INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE dirty_mark (id INTEGER PRIMARY KEY CHECK (id = 1), mark INTEGER NOT NULL)",
    "INSERT INTO dirty_mark VALUES (1, 0)",
)


class DirtyHour(NamedTuple):
    room: str
    hour: int  # its start, ms
    mark: int


class Dirty:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def mark(self, hours: Iterable[tuple[str, int]], chunk: int = 0) -> None:
        """(room, start of hour in ms) pairs must be computed again; with ``chunk``, not
        before the store has taken the outbox up to there."""
        with self._state.transaction() as db:
            (mark,) = db.execute("UPDATE dirty_mark SET mark = mark + 1 RETURNING mark").fetchone()
            db.executemany(
                "INSERT INTO dirty_hour (room, hour, chunk, mark) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET chunk = max(chunk, excluded.chunk),"
                " mark = excluded.mark",
                ((room, hour, chunk, mark) for room, hour in hours),  # may be very many
            )

    def mark_time(self, room: str, times: Iterable[Interval]) -> None:
        """All hours of UTC that ``times`` (ms) touch."""
        hours = {
            hour
            for start, stop in times
            if start < stop
            for hour in range(start - start % HOUR_MS, stop, HOUR_MS)
        }
        self.mark((room, hour) for hour in sorted(hours))

    def ready(self, before: int, stored: int, since: int = -(2**62)) -> list[DirtyHour]:
        """Hours that start before a time, and not before ``since``, and whose readings are in
        the store, which has taken the outbox's chunks up to ``stored``; by room, oldest first."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT room, hour, mark FROM dirty_hour"
                " WHERE hour < ? AND chunk <= ? AND hour >= ? ORDER BY room, hour",
                (before, stored, since),
            ).fetchall()
        return [DirtyHour(*row) for row in rows]

    def newest(self, before: int, stored: int) -> int | None:
        """The start of the last of what ``ready`` tells."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT max(hour) FROM dirty_hour WHERE hour < ? AND chunk <= ?", (before, stored)
            ).fetchone()
        return None if row[0] is None else int(row[0])

    def clean(self, hours: Iterable[DirtyHour]) -> None:
        """These are computed, as far as nobody has marked them again."""
        with self._state.transaction() as db:
            db.executemany(
                "DELETE FROM dirty_hour WHERE room = ? AND hour = ? AND mark = ?", list(hours)
            )

    def count(self, start: int, stop: int, rooms: Collection[str] | None = None) -> int:
        """How many hours that touch ``[start, stop)`` are dirty, in all rooms or in some."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT room, count(*) FROM dirty_hour WHERE hour > ? AND hour < ? GROUP BY room",
                (start - HOUR_MS, stop),
            ).fetchall()
        return sum(count for room, count in rows if rooms is None or room in rooms)

    def oldest(self, start: int, stop: int, rooms: Collection[str]) -> int | None:
        """The first dirty hour that touches ``[start, stop)`` in some rooms."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT room, min(hour) FROM dirty_hour WHERE hour > ? AND hour < ? GROUP BY room",
                (start - HOUR_MS, stop),
            ).fetchall()
        return min((hour for room, hour in rows if room in rooms), default=None)

    def restart_chunks(self) -> None:
        """The outbox is a new one: what its chunks are compared with begins anew."""
        with self._state.transaction() as db:
            db.execute("UPDATE dirty_hour SET chunk = 0")
            db.execute("DELETE FROM cursor WHERE name = 'watch'")
