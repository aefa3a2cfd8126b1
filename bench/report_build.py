"""Fills a store with the made-up year and day, through ``Store.write``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Final

from bench.report_day import READINGS, bookings, readings
from bench.report_site import NOW, Place, registry_of, room_id, version_of
from bench.report_year import room_count, room_points, site_points
from rooms.readings import Point
from storage.store import Store

BATCH: Final = 20_000
# Hours and partners' days of so many room-months are built; the reports of a whole site read
# sums over the rooms, so what they cost does not depend on it.
MOST_FINE: Final = 3_000

Tell = Callable[[int, int], None]  # points so far, and in all


def fine_months(rooms: int) -> int:
    return max(1, min(12, MOST_FINE // rooms))


def build(place: Place, tell: Tell) -> None:
    """Returns at once where the folder has all of it already. Raises ``SystemExit``."""
    registry = registry_of(place.rooms)
    done = place.path / "built"
    version = version_of(registry)
    if done.exists():
        if done.read_text() != version:
            raise SystemExit(f"{place.folder} was built by another version: delete it")
        return
    place.path.mkdir(parents=True, exist_ok=True)
    with closing(place.open()) as store, closing(place.state()) as state:
        # With an empty store: afterwards the roll-up would compute the whole year anew.
        with place.rollup(registry, state, store) as rollup:
            rollup.step()
        for n in range(place.rooms):
            events = bookings(n)
            first, last = events[0].start, events[-1].stop
            state.claims.put_bookings(room_id(n), events, first, last, NOW)
        _write(store, place.rooms, tell)
    done.write_text(version)


def _write(store: Store, rooms: int, tell: Tell) -> None:
    months, count = fine_months(rooms), 0
    sums = list(site_points(rooms))
    total = len(sums) + rooms * (room_count(months) + READINGS)
    for batch in _batches(_points(sums, rooms, months)):
        refused = store.write(batch)
        if refused:
            raise SystemExit(f"the store refuses a point: {refused[0]}")
        count += len(batch)
        tell(count, total)


def _points(sums: Iterable[Point], rooms: int, months: int) -> Iterator[Point]:
    yield from sums
    for n in range(rooms):
        yield from room_points(n, months)
    for n in range(rooms):
        yield from readings(n)


def _batches(points: Iterable[Point]) -> Iterator[list[Point]]:
    each = iter(points)
    while batch := list(islice(each, BATCH)):
        yield batch
