"""Keeps the live state: consumes committed readings by cursor (design 4, 7).

Cursor, states, problems and dirty hours commit together in ``service.db``, so a
kill at any point leaves them in step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

import structlog

from collector.known import SOURCE_TAG
from collector.memory import WINDOW_MS, Memory
from rooms.faults import CODES, problems_now
from rooms.fold import Latest
from rooms.occupancy import padding, room_now, room_timeline
from rooms.readings import FIELDS, Point
from rooms.registry import Registry, SourceDevice
from storage.histories import histories, read_samples
from storage.outbox import Outbox
from storage.state import OpenProblem, ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

TICK_MS: Final = 5_000  # silence sends no message: look again this often
DEVICE_EVERY_MS: Final = 10_000
PAUSE_S: Final = 0.2  # readings are taken in together this often
HOUR_MS: Final = 3600_000
LONG_MS: Final = 24 * HOUR_MS  # as far back as a state's beginning is looked for
MOST_HOURS: Final = 31 * 24  # that an absence leaves to be computed


class Watch:
    """One thread runs ``run``; ``use`` may come from another."""

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        registry: Registry,
        *,
        clock: Callable[[], int],
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self.use(registry)
        self._clock = clock
        self._memory = Memory()
        self._since = clock()  # silence counts from here: grace after a start or an outage
        self._devices_put = 0
        self._heard: set[str] = set()  # devices whose rows are not yet written
        self._stop = threading.Event()

    # ---- life

    def load(self) -> None:
        """Take up where an earlier process left off."""
        now = self._clock()
        for id_, row in self._state.live.all("device").items():
            fields = {name: (at, value) for name, (at, value) in row.body["latest"].items()}
            self._memory.latest[id_] = Latest(fields, row.body["heard"] or 0)
        try:
            devices = self._known[0].devices
            stored = read_samples(self._store, devices, now - self._reach(), now + 1)
            self._memory.load(stored)
        except StoreError as error:
            log.warning("live state starts without history", reason=str(error))
        cursor = self._state.live.cursor("watch")
        self._outbox.resume("watch", cursor)
        if self._outbox.done("watch") < cursor:  # another outbox: its chunks count from 1
            self._state.live.restart_chunks()
        # taken in by an earlier process, not yet in the store
        after = self._outbox.done("store")
        while after < self._outbox.done("watch") and (chunks := self._outbox.after(after)):
            for point in (point for chunk in chunks for point in chunk.points):
                if point.measurement in FIELDS:
                    self._memory.note(point, now - self._reach())
            after = chunks[-1].id

    def run(self) -> None:
        while not self._stop.is_set():
            if self.step():
                self._stop.wait(PAUSE_S)
            else:
                self._outbox.wait("watch", timeout=TICK_MS / 1000)

    def stop(self) -> None:
        self._stop.set()
        self._outbox.wake()

    def use(self, registry: Registry) -> None:
        self._known = registry, _paddings(registry)  # at once: a step may be under way
        self._ticked = 0  # all rooms anew at the next step

    def grace(self) -> None:
        """A connection came back: what was silent may have had no way to speak."""
        self._since = self._clock()

    # ---- one step

    def step(self) -> bool:
        """Take in what has been committed; False when there was nothing new."""
        now = self._clock()
        registry, paddings = self._known
        chunks = self._outbox.chunks("watch")
        tick = now - self._ticked >= TICK_MS
        if not chunks and not tick:
            return False
        dirty: set[tuple[str, int]] = set()
        touched: set[str] = set()
        oldest = now - self._reach()  # once: it looks at every device
        for chunk in chunks:
            for point in chunk.points:
                self._note(registry, paddings, point, now, oldest, dirty, touched)
        if tick:
            self._ticked = now
            self._memory.forget(oldest, registry)
        with self._state.transaction():
            live = self._state.live
            self._put_rooms(registry, registry.rooms if tick else touched, now)
            if now - self._devices_put >= DEVICE_EVERY_MS:
                self._put_devices(registry, now)
            if tick or touched:
                self._put_problems(registry, now)
            if tick:
                live.keep_only("room", registry.rooms, now)
                live.keep_only("device", registry.devices, now)
                self._mark_new_hours(registry, now)
            if chunks:
                live.mark_dirty(dirty, chunks[-1].id)
                live.set_cursor("watch", chunks[-1].id)
        if chunks:
            self._outbox.finished("watch", chunks[-1].id)
        return bool(chunks)

    def _reach(self) -> int:
        """How far back samples matter: the window and its padding, ms."""
        return WINDOW_MS + max((back for back, _ in self._known[1].values()), default=0)

    def _mark_new_hours(self, registry: Registry, now: int) -> None:
        """Each hour is computed at least once, so that silence is told and no gap is left."""
        live = self._state.live
        hour = now // HOUR_MS
        last = live.cursor("hour") or hour - 1
        if last < hour:
            new = range(max(last, hour - MOST_HOURS) + 1, hour + 1)
            hours = ((room, n * HOUR_MS) for room in registry.rooms for n in new)
            live.mark_dirty(hours, self._outbox.done("watch"))
            live.set_cursor("hour", hour)

    def _note(
        self,
        registry: Registry,
        paddings: dict[str, tuple[int, int]],
        point: Point,
        now: int,
        oldest: int,
        dirty: set[tuple[str, int]],
        touched: set[str],
    ) -> None:
        if point.measurement not in FIELDS:
            return  # a derived series on its way to the store
        device = point.tags["device"]
        self._memory.note(point, oldest)
        if device.startswith(SOURCE_TAG):
            return
        self._heard.add(device)
        room = registry.room_of(device, point.time)
        if room is None:
            return
        if point.time > now - WINDOW_MS:
            touched.add(room)
        # a window needs samples from ``back`` before it to ``forward`` after it, so a sample
        # matters to what lies from ``forward`` before it to ``back`` after it
        back, forward = paddings[device]
        first = (point.time - forward) // HOUR_MS
        last = min(point.time + back, now) // HOUR_MS
        dirty.update((room, hour * HOUR_MS) for hour in range(first, last + 1))

    # ---- what is written

    def _put_rooms(self, registry: Registry, rooms: Iterable[str], now: int) -> None:
        old = self._state.live.all("room")
        bodies = {}
        for room in rooms:
            before = old[room].body if room in old else None
            bodies[room] = self._room(registry, room, before, now)
        self._state.live.put("room", bodies, now)

    def _room(
        self, registry: Registry, room: str, before: dict[str, Any] | None, now: int
    ) -> dict[str, Any]:
        """The body that the API passes on (see ``storage/state/live``)."""
        site, _ = registry.rooms[room]
        here = [stay.device.device.id for stay in registry.devices_in(room, now, now + 1)]
        if registry.private(room, now):
            return {"site": site.id, "state": "private", **_NOBODY, **self._climate((), now)}
        body = {"site": site.id, **self._climate((registry.devices[id_] for id_ in here), now)}
        start = now - WINDOW_MS
        placed = registry.devices_in(room, start - self._reach(), now + HOUR_MS)
        samples = self._memory.of(stay.device.device.id for stay in placed)
        devices = histories(placed, samples, registry.zone(site.id))
        what = room_now(room_timeline(devices, start, now, now))
        since: int | None = what.since
        if what.since_open:
            since = before["since"] if before and before["state"] == what.state else None
        if since is None:
            whole = room_now(room_timeline(devices, now - LONG_MS, now, now))
            since = None if whole.since_open else whole.since
        calls = {e.device for e in what.evidence if e.evidence == "call"}
        able = any("call" in stay.device.evidence for stay in placed)
        return body | {
            "state": what.state,
            "since": since,
            "provisional": what.provisional,
            "people": what.people,
            "evidence": [{"device": e.device, "evidence": e.evidence} for e in what.evidence],
            "in_call": bool(calls) if able else None,
        }

    def _climate(self, devices: Iterable[SourceDevice], now: int) -> dict[str, Any]:
        """The newest value of each, as long as its device is known."""
        found: dict[str, tuple[int, float]] = {}
        for device in devices:
            latest = self._memory.latest.get(device.device.id)
            for name in ("co2_ppm", "temperature_c", "humidity_pct"):
                value = latest.fields.get(f"climate.{name}") if latest else None
                if value is None or now - value[0] > device.known_for_ms:
                    continue
                if name not in found or found[name][0] < value[0]:
                    found[name] = (value[0], float(value[1]))
        values: dict[str, Any] = dict.fromkeys(("co2_ppm", "temperature_c", "humidity_pct"))
        values |= {name: value for name, (_, value) in found.items()}
        values["climate_at"] = max((at for at, _ in found.values()), default=None)
        return values

    def _put_devices(self, registry: Registry, now: int) -> None:
        self._devices_put = now
        bodies = {}
        for device in self._heard & registry.devices.keys():
            latest = self._memory.latest[device]
            bodies[device] = {
                "site": registry.devices[device].site,
                "room": registry.room_of(device, now),
                "heard": latest.heard or None,
                "latest": latest.fields,
            }
        self._heard.clear()
        for device in registry.devices.keys() - self._state.live.ids("device") - bodies.keys():
            room = registry.room_of(device, now)
            site = registry.devices[device].site
            bodies[device] = {"site": site, "room": room, "heard": None, "latest": {}}
        self._state.live.put("device", bodies, now)

    def _put_problems(self, registry: Registry, now: int) -> None:
        open_codes: dict[str, set[str]] = {}
        for problem in self._state.live.problems():
            open_codes.setdefault(problem.subject, set()).add(problem.code)
        found = []
        for id_, device in registry.devices.items():
            latest = self._memory.latest.get(id_, _NEVER_HEARD)
            found += [
                OpenProblem(p.code, id_, p.detail, p.severity, p.since)
                for p in problems_now(
                    device,
                    latest.fields,
                    latest.heard or None,
                    now,
                    self._since,
                    open_codes.get(id_, ()),
                )
            ]
        self._state.live.set_problems(CODES, found, now)


_NEVER_HEARD: Final = Latest()
_NOBODY: Final[dict[str, Any]] = {
    "since": None,
    "provisional": False,
    "people": None,
    "evidence": [],
    "in_call": None,
}


def _paddings(registry: Registry) -> dict[str, tuple[int, int]]:
    """By device: how far before and after a window its samples matter, ms."""
    return {
        id_: padding(histories(registry.stays(id_), {}, registry.zone(entry.site)))
        for id_, entry in registry.devices.items()
    }
