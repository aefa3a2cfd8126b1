"""The store's series as line protocol, by measurement and stretch of time: out of any store and
into any store, without holding much of them in memory."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from rooms.readings import Point
from rooms.units import DAY_MS
from rumskoll.backup.archive import Archive, Told, Writer
from rumskoll.backup.databases import LEVEL
from rumskoll.backup.manifest import SERIES
from storage.line_protocol import line
from storage.line_reader import read_line
from storage.schema import MAX_TIME, MEASUREMENTS, Database
from storage.store import Store

# Of raw readings a day is many points of few series, of history four weeks are few of many.
STRETCH_MS: Final[Mapping[Database, int]] = {"rooms": DAY_MS, "rooms_history": 28 * DAY_MS}
_AT_ONCE: Final = 20_000  # points in a write


def add(writer: Writer, store: Store, beside: Path, told: Told) -> dict[str, int]:
    """All points, oldest first; how many of each measurement. Raises ``StoreError``."""
    counts: dict[str, int] = {}
    for number, measurement in enumerate(MEASUREMENTS):
        told("backup.series", number, len(MEASUREMENTS))
        for start, stop in _stretches(store, measurement):
            points = store.read(measurement, {}, start, stop)
            day = f"{datetime.fromtimestamp(start / 1000, UTC):%Y-%m-%d}"
            count = _add(writer, f"{SERIES}{measurement}/{day}.lp.gz", points, beside)
            counts[measurement] = counts.get(measurement, 0) + count
    told("backup.series", len(MEASUREMENTS), len(MEASUREMENTS))
    return counts


def _stretches(store: Store, measurement: str) -> Iterator[tuple[int, int]]:
    oldest = min((p.time for p in store.first(measurement, {}, 0)), default=None)
    newest = max((p.time for p in store.last(measurement, {}, MAX_TIME)), default=None)
    if oldest is None or newest is None:
        return
    step = STRETCH_MS[MEASUREMENTS[measurement].database]
    for start in range(oldest - oldest % step, newest + 1, step):
        yield start, start + step


def _add(writer: Writer, name: str, points: Iterator[Point], beside: Path) -> int:
    """Nothing where there is no point."""
    count = 0
    with TemporaryFile(dir=beside) as packed:
        with gzip.open(packed, "wb", LEVEL) as file:
            for point in points:
                file.write(f"{line(point)}\n".encode())
                count += 1
        if count:
            size = packed.tell()
            packed.seek(0)
            writer.add(name, packed, size)
    return count


def read_in(archive: Archive, store: Store, told: Told) -> Counter[str]:
    """Write all of an archive's points; how many the store refused for good, by reason.

    Doing it twice changes nothing. Raises ``StoreError``.
    """
    refused: Counter[str] = Counter()
    done, total = 0, sum(archive.manifest.points.values())
    for name in archive.names(SERIES):
        with (
            gzip.open(archive.open(name)) as plain,
            TextIOWrapper(plain, "utf-8", newline="\n") as f,
        ):
            while points := [read_line(text[:-1]) for text in islice(f, _AT_ONCE)]:
                refused.update(one.reason for one in store.write(points))
                told("restore.series", done := done + len(points), total)
    return refused


def is_empty(store: Store) -> bool:
    """But for what ``rumskoll doctor`` writes there to see whether it can."""
    wanted = (name for name in MEASUREMENTS if name != "service")
    return not any(store.first(name, {}, 0) for name in wanted)
