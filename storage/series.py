"""Which series the embedded store has, found by tag without asking the file each time.

Series are only ever added, by other processes too, under ascending ids: whatever is newer
than the newest known one is read before each search. A measurement is first read when it is
first asked for: hours by weekday and room are 168 series a room, months one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from sys import intern
from typing import Final, NamedTuple

import msgspec

from storage.schema import MEASUREMENTS

_decode_tags: Final = msgspec.json.Decoder(dict[str, str]).decode

# All of a measurement stand together in the index of (measurement, tags); the few that were
# added stand together by id, which the plus sign makes SQLite look at.
_ALL: Final = "SELECT id, tags FROM series WHERE measurement = ? AND id > ? AND id <= ?"
_ADDED: Final = "SELECT id, tags FROM series WHERE +measurement = ? AND id > ? AND id <= ?"


class Series(NamedTuple):
    id: int
    measurement: str
    values: tuple[str, ...]  # of the measurement's tags, in the order of their declaration

    @property
    def tags(self) -> dict[str, str]:
        return dict(zip(MEASUREMENTS[self.measurement].tags, self.values, strict=True))


class SeriesIndex:
    """One thread at a time."""

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}  # id of any series when the measurement was read
        self._all: dict[str, list[Series]] = {}  # by measurement
        self._by_tag: dict[tuple[str, str, str], list[Series]] = {}  # and tag and value

    def matching(
        self, connection: sqlite3.Connection, measurement: str, tags: Mapping[str, Sequence[str]]
    ) -> list[Series]:
        """Those whose every named tag has one of the given values, by their tags' values."""
        self._refresh(connection, measurement)
        wanted = {name: set(values) for name, values in tags.items()}
        candidates = min(
            (
                [s for value in values for s in self._by_tag.get((measurement, name, value), ())]
                for name, values in wanted.items()
            ),
            key=len,
            default=self._all.get(measurement, []),
        )
        order = MEASUREMENTS[measurement].tags
        checks = [(order.index(name), values) for name, values in wanted.items()]
        found = [s for s in candidates if all(s.values[n] in values for n, values in checks)]
        return sorted(found, key=lambda series: series.values)

    def _refresh(self, connection: sqlite3.Connection, measurement: str) -> None:
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM series").fetchone()
        known = self._newest.get(measurement)
        if known == last:
            return
        names = MEASUREMENTS[measurement].tags
        question = _ALL if known is None else _ADDED
        for id_, text in connection.execute(question, (measurement, known or 0, last)):
            given = _decode_tags(text)
            if given.keys() != set(names):
                continue  # of an older version
            series = Series(id_, measurement, tuple(intern(given[name]) for name in names))
            self._all.setdefault(measurement, []).append(series)
            for name, value in zip(names, series.values, strict=True):
                self._by_tag.setdefault((measurement, name, value), []).append(series)
        self._newest[measurement] = last
