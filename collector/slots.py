"""Writes ``room_slot``, the 5-minute series that Grafana draws (design 5).

Hours that readings made dirty are computed again from the store, with the same
function as everything else, and written whole through the outbox.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Final

import structlog

from collector.bodies import HOUR_MS
from rooms.occupancy import Sample, room_timeline
from rooms.readings import Point
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from rooms.slots import SLOT, room_slots
from storage.histories import device_histories
from storage.outbox import Outbox, OutboxFull, derived
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 20.0
UNSETTLED_EVERY_MS: Final = 5 * 60_000
MOST_HOURS: Final = 24  # of one room at a time


class SlotWriter:
    """One thread runs ``run``."""

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
        retention_ms: int | None,
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self._registry = registry
        self._clock = clock
        self._retention_ms = retention_ms
        self._unsettled_at = 0
        self._stop = threading.Event()

    def run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                self.step()
            except (StoreError, OutboxFull) as error:
                log.warning("slots wait", reason=str(error))  # the hours stay dirty

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> int:
        """Compute what is dirty and all readings of which are in the store; count the runs."""
        now = self._clock()
        registry = self._registry()
        chunk = self._state.live.cursor("watch")
        if self._outbox.done("store") < chunk:
            return 0
        unsettled = now - self._unsettled_at >= UNSETTLED_EVERY_MS
        count = 0
        dirty = self._state.live.dirty_hours(now)
        wanted = [(room, hour) for room, hour in dirty if self._wants(registry, room, hour, now)]
        self._state.live.clean(set(dirty) - set(wanted), chunk)
        for room, start, stop in _runs(wanted):
            if self._stop.is_set():
                break
            if stop > now - HOUR_MS and not unsettled:
                continue
            settled_until = self._write(registry, room, start, min(stop, now), now)
            count += 1
            hours = range(start, min(stop, settled_until - HOUR_MS + 1), HOUR_MS)
            self._state.live.clean([(room, hour) for hour in hours], chunk)
        if unsettled:
            self._unsettled_at = now
        return count

    def _wants(self, registry: Registry, room: str, hour: int, now: int) -> bool:
        """Not what is gone, not one person's own office, and not what has expired."""
        expired = hour + HOUR_MS <= self._oldest(now)
        return room in registry.rooms and not expired and not registry.private(room, hour)

    def _oldest(self, now: int) -> int:
        return -FOREVER if self._retention_ms is None else now - self._retention_ms + SLOT

    def _write(self, registry: Registry, room: str, start: int, stop: int, now: int) -> int:
        """Write the slots of a run; return until when they are final."""
        start = max(start, self._oldest(now))
        site, _ = registry.rooms[room]
        start, stop = start - start % SLOT, stop + -stop % SLOT
        devices = device_histories(self._store, registry, room, start, stop)
        timeline = room_timeline(devices, start, stop, now)
        calls = [(e.start, e.stop) for e in timeline.evidence if e.evidence == "call"]
        slots = room_slots(
            timeline,
            self._climate(registry, room, start, stop),
            calls,
            0,
            start,
            stop,
        )
        tags = {"site": site.id, "room": room}
        onsets = self._onsets(registry, room, start, stop)
        points = []
        for slot in slots:
            faults = float(sum(onset < slot.start + SLOT for onset in onsets))
            points.append(Point("room_slot", tags, slot.start, {**slot.fields(), "faults": faults}))
        self._outbox.commit(derived(points))
        return timeline.settled_until

    def _climate(self, registry: Registry, room: str, start: int, stop: int) -> list[Sample]:
        samples = []
        for stay in registry.devices_in(room, start, stop):
            here = {"device": [stay.device.device.id]}
            points = self._store.read("climate", here, stay.start, stay.stop)
            samples += [Sample(point.time, point.fields) for point in points]
        return samples

    def _onsets(self, registry: Registry, room: str, start: int, stop: int) -> list[int]:
        """Since when the problems last that the room's devices have now."""
        here = {stay.device.device.id for stay in registry.devices_in(room, start, stop)}
        return [p.since for p in self._state.live.problems() if p.subject in here]


def _runs(hours: list[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """(room, start, stop) of hours that follow each other, a day's worth at the most."""
    run: tuple[str, int, int] | None = None
    for room, hour in hours:
        if run and run[0] == room and run[2] == hour and hour - run[1] < MOST_HOURS * HOUR_MS:
            run = (room, run[1], hour + HOUR_MS)
        else:
            if run:
                yield run
            run = (room, hour, hour + HOUR_MS)
    if run:
        yield run
