"""What the readings of one step of the watch lead to."""

from __future__ import annotations

from collections.abc import Mapping

from collector.checkins import checkin_of
from collector.known import SOURCE_TAG
from collector.memory import WINDOW_MS
from rooms.attribution import CheckIn
from rooms.readings import Point
from rooms.registry import Registry
from rooms.units import HOUR_MS

Paddings = Mapping[str, tuple[int, int]]  # by device: see rooms.occupancy.padding


class News:
    def __init__(self, registry: Registry, paddings: Paddings, now: int) -> None:
        self._registry = registry
        self._paddings = paddings
        self._now = now
        self.dirty = set[tuple[str, int]]()  # hours of rooms
        self.touched = set[str]()  # rooms whose state may be another
        self.heard = set[str]()
        self.checkins = list[tuple[str, CheckIn]]()  # with their rooms

    def note(self, point: Point) -> None:
        device = point.tags["device"]
        if device.startswith(SOURCE_TAG):
            return
        self.heard.add(device)
        room = self._registry.room_of(device, point.time)
        if room is None:
            return
        if point.measurement == "checkin":  # says whose the room is, not that somebody is there
            self.checkins.append((room, checkin_of(point)))
            return
        if point.time > self._now - WINDOW_MS:
            self.touched.add(room)
        # a window needs samples from ``back`` before it to ``forward`` after it, so a sample
        # matters to what lies from ``forward`` before it to ``back`` after it
        back, forward = self._paddings[device]
        first = (point.time - forward) // HOUR_MS
        last = min(point.time + back, self._now) // HOUR_MS
        self.dirty.update((room, hour * HOUR_MS) for hour in range(first, last + 1))
