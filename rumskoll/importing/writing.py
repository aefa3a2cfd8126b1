"""The second pass: writes readings in batches, and computes what is too old to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from collector.rollup_evidence import write_evidence
from collector.rollup_series import write_days, write_sums
from rooms.readings import Point
from rooms.registry import Registry
from rumskoll.importing.csv_rows import CsvFile, Progress, Unusable
from rumskoll.importing.map import ImportMap
from rumskoll.importing.progress import Begun
from rumskoll.importing.reach import RoomDay
from rumskoll.importing.rows import Rows
from storage.histories import KINDS
from storage.roomdays import room_days, span
from storage.schema import EXPIRED
from storage.sqlite import SqliteStore
from storage.state import ServiceState
from storage.store import Store

BATCH: Final = 5_000  # rows


@dataclass(frozen=True, slots=True)
class House:
    """What an import writes into."""

    registry: Registry
    store: Store
    state: ServiceState
    retention_ms: int
    clock: Callable[[], int]


def write_rows(
    path: Path,
    given: ImportMap,
    house: House,
    begun: Begun,
    until: int,
    now: int,
    digest: str,
    progress: Progress,
) -> Counter[str]:
    """Readings into the store; those before ``until`` (ms) into ``begun.readings`` as well.

    Takes up after ``begun.rows`` rows. Returns how many readings the store will never take,
    by reason. Raises ``StoreError``, and ``Unusable`` if the file is not the one that was
    surveyed.
    """
    file = CsvFile(path, given, progress)
    refused: Counter[str] = Counter()
    with closing(_readings(house, begun)) as old:
        for count, points in _batches(file, given, house.registry, now):
            if count <= begun.rows:
                continue
            old.write([point for point in points if point.time < until])
            reasons = (reason for _, reason in house.store.write(points))
            refused.update(reason for reason in reasons if reason != EXPIRED)
            begun.rows = count
            begun.save()
    if file.digest != digest:
        raise Unusable("import.changed", file=path)
    return refused


def _batches(
    file: CsvFile, given: ImportMap, registry: Registry, now: int
) -> Iterator[tuple[int, Sequence[Point]]]:
    """(rows so far, the last ones' points): all are read again, for a row's fate depends on
    those before it."""
    rows: Rows | None = None
    count, points = 0, list[Point]()
    for row in file.rows():
        rows = rows or Rows(given, registry, file.header, now)
        points += rows.take(row).points
        count += 1
        if count % BATCH == 0:
            yield count, points
            points = []
    yield count, points


def _readings(house: House, begun: Begun) -> SqliteStore:
    return SqliteStore(begun.readings, retention_s=None, clock=house.clock)


# ---- straight into the roll-ups


def compute_old(
    house: House, begun: Begun, until: int, now: int, progress: Callable[[int], None]
) -> None:
    """``begun.ours``, from their readings in the file and what the store still has of them.

    ``progress`` is told how many days are done since it was told last. Raises ``StoreError``.
    """
    with closing(_readings(house, begun)) as readings:
        _copy(house, readings, {room for room, _ in begun.ours}, now - house.retention_ms, until)
        for (site, _), months in groupby(sorted(begun.ours, key=_month(house)), _month(house)):
            days: dict[str, list[date]] = {}
            for room, day in months:
                days.setdefault(room, []).append(day)
            for room, own in days.items():
                _room(house, readings, room, sorted(own), now)
                progress(len(own))
            write_sums(house.store, site, {d for own in days.values() for d in own}, house.registry)


def _month(house: House) -> Callable[[RoomDay], tuple[str, date]]:
    def key(one: RoomDay) -> tuple[str, date]:
        room, day = one
        return house.registry.rooms[room][0].id, day.replace(day=1)

    return key


def _copy(house: House, into: Store, rooms: set[str], start: int, stop: int) -> None:
    """A day may lie half before the retention's edge: the store has the other half of it."""
    if start >= stop:
        return
    devices = {
        stay.device.device.id
        for room in rooms
        for stay in house.registry.devices_in(room, start, stop)
    }
    for kind in KINDS if devices else ():
        batch: list[Point] = []
        for point in house.store.read(kind, {"device": sorted(devices)}, start, stop):
            batch.append(point)
            if len(batch) == BATCH:
                into.write(batch)
                batch = []
        into.write(batch)


def _room(house: House, readings: Store, room: str, days: Sequence[date], now: int) -> None:
    for first, last in _runs(days):
        spells = house.state.faults.spells(*span(house.registry, room, first, last))
        found = room_days(
            readings, house.state.claims, spells, house.registry, room, first, last, now
        )
        computed = [(room, found.days)]
        write_days(house.store, house.registry, computed)
        write_evidence(house.state, house.registry, computed)


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """(first, last) of days without a gap between them; ``days`` ascend."""
    numbered = enumerate(days)
    for _, run in groupby(numbered, key=lambda one: one[1] - timedelta(days=one[0])):
        own = [day for _, day in run]
        yield own[0], own[-1]
