"""The embedded store: one SQLite file, for trials, small sites and fast tests.

A point's fields are one JSON object in a row found by (series, time), which is how
points are read: each series forward in time. Other processes may read and write the
same file; writes are short transactions that are on the disk when they return.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import merge
from pathlib import Path
from threading import RLock
from typing import Final

import msgspec

from rooms.readings import Point, Value
from storage.schema import (
    EXPIRED,
    MEASUREMENTS,
    Measurement,
    check_fields,
    check_filter,
    check_tags,
    expired_before,
)
from storage.series import Series, SeriesIndex
from storage.store import Refused
from storage.versions import Migration, open_versioned, sqlite_errors, transaction

_PAGE: Final = 500  # rows of a series held in memory while reading
_MAX_SERIES: Final = 20_000  # ids remembered

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Value]).decode

_UPSERT: Final = """
    INSERT INTO point (series, time, fields) VALUES (?, ?, ?)
    ON CONFLICT (series, time) DO UPDATE SET fields = json_patch(fields, excluded.fields)
"""
_RANGE: Final = """
    SELECT time, fields FROM point WHERE series = ? AND time >= ? AND time < ?
    ORDER BY time LIMIT ?
"""
_NEWEST: Final = """
    SELECT time, fields FROM point WHERE series = ? AND time < ? ORDER BY time DESC LIMIT 1
"""
_OLDEST: Final = """
    SELECT time, fields FROM point WHERE series = ? AND time >= ? ORDER BY time LIMIT 1
"""


def _first(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE series (id INTEGER PRIMARY KEY, measurement TEXT NOT NULL,"
        " tags TEXT NOT NULL, UNIQUE (measurement, tags)) STRICT"
    )
    connection.execute(
        "CREATE TABLE point (series INTEGER NOT NULL REFERENCES series (id),"
        " time INTEGER NOT NULL, fields TEXT NOT NULL,"
        " PRIMARY KEY (series, time)) STRICT, WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE checked (one INTEGER PRIMARY KEY, time INTEGER) STRICT")


MIGRATIONS: Final[tuple[Migration, ...]] = (_first,)


class SqliteStore:
    """A ``Store`` in the file ``path``; ``clock`` gives ms, ``retention_s`` is for raw readings."""

    def __init__(
        self, path: str | Path, *, retention_s: int | None, clock: Callable[[], int]
    ) -> None:
        self._path = Path(path)
        self._retention_s = retention_s
        self._clock = clock
        self._lock = RLock()
        self._series: dict[tuple[object, ...], tuple[int, Measurement]] = {}
        self._index = SeriesIndex()
        self._connection = open_versioned(path, MIGRATIONS, what="store")

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        with self._lock, sqlite_errors(self._path):
            yield self._connection

    def write(self, points: Sequence[Point]) -> list[Refused]:
        now = self._clock()
        refused: list[Refused] = []
        with self._file() as connection:
            try:
                with transaction(connection):
                    connection.executemany(_UPSERT, self._rows(points, now, refused))
            except BaseException:
                self._series.clear()  # ids given within the transaction are gone with it
                raise
        return refused

    def _rows(
        self, points: Sequence[Point], now: int, refused: list[Refused]
    ) -> list[tuple[int, int, str]]:
        rows = []
        for point in points:
            try:
                series, declared = self._series_of(point)
                check_fields(point, declared.fields)
            except ValueError as error:
                refused.append(Refused(point, str(error)))
                continue
            if point.time < expired_before(declared.database, self._retention_s, now):
                refused.append(Refused(point, EXPIRED))
                continue
            rows.append((series, point.time, _encode(point.fields).decode()))
        return rows

    def _series_of(self, point: Point) -> tuple[int, Measurement]:
        key: tuple[object, ...] = (point.measurement, *point.tags.items())
        try:
            known = self._series.get(key)
        except TypeError:
            raise ValueError(f"tags = {point.tags!r}: expected text") from None
        if known is None:
            declared = check_tags(point.measurement, point.tags)
            known = (self._series_id(point.measurement, _tags_key(point.tags)), declared)
            if len(self._series) >= _MAX_SERIES:
                self._series.clear()
            self._series[key] = known
        return known

    def _series_id(self, measurement: str, tags: str) -> int:
        self._connection.execute(
            "INSERT INTO series (measurement, tags) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (measurement, tags),
        )
        (series,) = self._connection.execute(
            "SELECT id FROM series WHERE measurement = ? AND tags = ?", (measurement, tags)
        ).fetchone()
        return int(series)

    def read(
        self, measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int
    ) -> Iterator[Point]:
        check_filter(measurement, tags)
        each = [self._forward(series, start, stop) for series in self._matching(measurement, tags)]
        return merge(*each, key=lambda point: point.time)

    def _forward(self, series: Series, start: int, stop: int) -> Iterator[Point]:
        """One series page by page: the file is not held while the caller thinks."""
        while True:
            with self._file() as connection:
                page = connection.execute(_RANGE, (series.id, start, stop, _PAGE)).fetchall()
            for time, fields in page:
                yield Point(series.measurement, series.tags, time, _decode(fields))
            if len(page) < _PAGE:
                return
            start = page[-1][0] + 1

    def last(self, measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> list[Point]:
        return self._one_each(_NEWEST, measurement, tags, before)

    def first(self, measurement: str, tags: Mapping[str, Sequence[str]], after: int) -> list[Point]:
        return self._one_each(_OLDEST, measurement, tags, after)

    def _one_each(
        self, question: str, measurement: str, tags: Mapping[str, Sequence[str]], at: int
    ) -> list[Point]:
        check_filter(measurement, tags)
        found = []
        with self._file() as connection:
            for series in self._matching(measurement, tags):
                row = connection.execute(question, (series.id, at)).fetchone()
                if row is not None:
                    found.append(Point(measurement, series.tags, row[0], _decode(row[1])))
        return found

    def _matching(self, measurement: str, tags: Mapping[str, Sequence[str]]) -> list[Series]:
        with self._file() as connection:
            return self._index.matching(connection, measurement, tags)

    def expire(self, before: int) -> int:
        """Delete the ``rooms`` points older than ``before`` ms, a series at a time; how many."""
        raw = [name for name, declared in MEASUREMENTS.items() if declared.database == "rooms"]
        deleted = 0
        for series in [found for name in raw for found in self._matching(name, {})]:
            with self._file() as connection:
                deleted += connection.execute(
                    "DELETE FROM point WHERE series = ? AND time < ?", (series.id, before)
                ).rowcount
        return deleted

    def check(self) -> None:
        with self._file() as connection:
            connection.execute("INSERT OR REPLACE INTO checked VALUES (1, ?)", (self._clock(),))
            connection.execute("SELECT time FROM point LIMIT 1").fetchone()

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def _tags_key(tags: Mapping[str, str]) -> str:
    return _encode(dict(sorted(tags.items()))).decode()
