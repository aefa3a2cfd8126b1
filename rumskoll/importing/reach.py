"""Which hours and days of which rooms the readings have a part in, and who computes them.

Days whose readings the store may not keep any more go straight into the roll-ups; those that
have numbers already stay as they are, for what they were computed from is gone (design 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from collector.rollup_plan import Bounds
from rooms.calendar import local_days
from rooms.occupancy import padding
from rooms.readings import Point
from rooms.registry import Registry
from rooms.registry.registry import midnight
from rooms.units import DAY_MS, HOUR_MS
from rooms.utilisation import Use
from storage.histories import histories
from storage.roomdays import span
from storage.store import Store

RoomDay = tuple[str, date]


class Shares(NamedTuple):
    ours: set[RoomDay]
    kept: set[RoomDay]


class Reach:
    """Takes note of points; keeps hours only from ``edge`` on, the oldest that the roll-up
    computes from the store."""

    def __init__(self, registry: Registry, bounds: Bounds, now: int) -> None:
        self._registry = registry
        self._bounds = bounds
        self.now = now
        self._paddings: dict[str, tuple[int, int]] = {}
        self._last: dict[str, tuple[str, int]] = {}  # device -> the hour that was noted last
        self._edges: dict[str, int] = {}
        self.hours: set[tuple[str, int]] = set()
        self.days: set[RoomDay] = set()  # that readings change, also through their padding
        self.told: set[RoomDay] = set()  # that have readings themselves

    def note(self, points: Iterable[Point]) -> None:
        for point in points:
            device = point.tags["device"]
            room = self._registry.room_of(device, point.time)
            if room is None:  # a private room's sign of life, moved to its grid
                continue
            hour = room, point.time // HOUR_MS
            if self._last.get(device) != hour:
                self._last[device] = hour
                self._note(device, room, hour[1] * HOUR_MS)

    def _note(self, device: str, room: str, hour: int) -> None:
        back, forward = self._padding(device)
        start, stop = hour - forward, min(hour + HOUR_MS + back, self.now)
        zone = self._registry.zone(self._registry.rooms[room][0].id)
        self.days.update((room, day) for day in local_days(start, stop, zone))
        self.told.update((room, day) for day in local_days(hour, hour + HOUR_MS, zone))
        start = max(start, self.edge(room))
        self.hours.update((room, n * HOUR_MS) for n in range(start // HOUR_MS, -(-stop // HOUR_MS)))

    def edge(self, room: str) -> int:
        """The midnight (ms) before which the room's days are frozen."""
        if room not in self._edges:
            self._edges[room] = self._bounds.oldest(room, self.now)
        return self._edges[room]

    def _padding(self, device: str) -> tuple[int, int]:
        """How far before and after a window its samples matter, ms."""
        if device not in self._paddings:
            zone = self._registry.zone(self._registry.devices[device].site)
            self._paddings[device] = padding(histories(self._registry.stays(device), {}, zone))
        return self._paddings[device]

    # ---- who computes what

    def old(self) -> set[RoomDay]:
        """Days that are frozen, or will be within a day: the import may take its time."""
        return {
            (room, day)
            for room, day in self.days
            if self._start(room, day) < self._bounds.oldest(room, self.now + DAY_MS)
        }

    def share(self, store: Store, before: set[RoomDay], *, replace: bool) -> Shares:
        """Of the old days, which the import computes and which stay as they were computed;
        ``before`` are those that it computed in an earlier run. What is left, with all days
        that are not old, is the roll-up's."""
        old = self.old()
        computed = self._computed(store, old) - before
        frozen = {(room, day) for room, day in computed if self._start(room, day) < self.edge(room)}
        # days that the file only touches would lose what it says nothing of
        kept = frozen - self.told if replace else frozen
        return Shares(ours=old - (computed - frozen) - kept, kept=kept)

    def _computed(self, store: Store, days: set[RoomDay]) -> set[RoomDay]:
        """Those of which something is known in the store."""
        starts = {(room, self._start(room, day)): (room, day) for room, day in days}
        if not starts:
            return set()
        rooms, times = {room for room, _ in starts}, [time for _, time in starts]
        found = set()
        for point in store.read("use_day", {"room": sorted(rooms)}, min(times), max(times) + 1):
            use, one = Use.of(point.fields), (point.tags["room"], point.time)
            if one in starts and (use.known_s or use.occupied_s or use.outside_s):
                found.add(starts[one])
        return found

    def edge_hours(self, days: Iterable[RoomDay]) -> set[tuple[str, int]]:
        """(room, hour) from which the roll-up sums a month anew that begins with these days: a
        collector at work may have summed it before they were written."""
        hours = set()
        for room, day in days:
            edge = self.edge(room)
            zone = self._registry.zone(self._registry.rooms[room][0].id)
            first = next(local_days(edge, edge + 1, zone))
            if (first.year, first.month) == (day.year, day.month):
                hours.add((room, edge - edge % HOUR_MS))
        return hours

    def until(self, days: Iterable[RoomDay]) -> int:
        """The time (ms) up to which the days need readings."""
        return max((span(self._registry, room, day, day)[1] for room, day in days), default=0)

    def _start(self, room: str, day: date) -> int:
        return midnight(day, self._registry.zone(self._registry.rooms[room][0].id))
