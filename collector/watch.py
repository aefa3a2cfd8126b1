"""Keeps the live state: consumes committed readings by cursor (design 4, 7).

Cursor, states, rule states, transitions of faults, alerts queued and dirty hours commit
together in ``service.db``, so a kill at any point leaves them in step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from collector.bodies import LONG_MS, booked, device_body, room_body
from collector.doubts import Doubts
from collector.faultwatch import After, FaultWatch, nothing
from collector.memory import WINDOW_MS, Memory, Reacted
from collector.news import News, Paddings
from rooms.attribution import LOOKBACK, CheckIn
from rooms.fold import Latest
from rooms.occupancy import padding
from rooms.reactions import Reaction
from rooms.readings import FIELDS
from rooms.registry import Registry
from rooms.units import HOUR_MS
from storage.histories import histories, read_samples
from storage.outbox import Chunk, Outbox
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

TICK_MS: Final = 5_000  # silence sends no message: look again this often
DEVICE_EVERY_MS: Final = 10_000  # how often the stream is told of devices
ASK_EVERY_MS: Final = 60_000  # a store that did not answer
PAUSE_S: Final = 0.2  # readings are taken in together this often
LOADED: Final = 20  # devices at a time
JUMP_MS: Final = 60_000  # between two steps: the computer slept, or its clock was set
MOST_HOURS: Final = 92 * 24  # that an absence leaves to be computed: older ones are frozen


class Watch:
    """One thread runs ``run``; ``use`` and ``grace`` may come from another.

    ``listening`` tells whether devices can be heard now; ``after`` is called on each tick, in
    the transaction.
    """

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        registry: Registry,
        *,
        clock: Callable[[], int],
        listening: Callable[[], bool] = lambda: True,
        after: After = nothing,
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self.use(registry)
        self._clock = clock
        self._memory = Memory()
        self._doubts = Doubts(state)
        self._faults = FaultWatch(state, registry, now=clock(), after=after)
        self._in_step = False  # with what was committed, as far as the rules remember
        self._listening = listening
        self._grace = True  # what was silent may have had no way to speak
        self.last_step = 0  # when it was last through with all that it does
        self._devices_told = 0
        self._untold: set[str] = set()  # devices that changed since the stream was told
        self._complete = False  # the store's readings of the last hours have been taken in
        self._asked = 0
        self._stop = threading.Event()

    # ---- life

    def load(self) -> None:
        """Take up where an earlier process left off."""
        now = self._clock()
        for id_, row in self._state.live.all("device").items():
            fields = {name: (at, value) for name, (at, value) in row.body["latest"].items()}
            self._memory.latest[id_] = Latest(fields, row.body["heard"] or 0)
            if told := row.body.get("reacted"):
                what = [Reaction(*one) for one in told["what"]]
                self._memory.reacted[id_] = Reacted(told["at"], what)
        cursor = self._state.live.cursor("watch")
        self._outbox.resume("watch", cursor)
        if self._outbox.done("watch") < cursor:  # another outbox: its chunks count from 1
            self._state.dirty.restart_chunks()
        # taken in by an earlier process, not yet in the store
        after = self._outbox.done("store")
        while after < self._outbox.done("watch") and (chunks := self._outbox.after(after)):
            for point in (point for chunk in chunks for point in chunk.points):
                if point.measurement in FIELDS:
                    self._memory.note(point, now - self._reach())
            after = chunks[-1].id
        self._complete_from_store(now)  # after the outbox: what has left it by now is there

    def _complete_from_store(self, now: int) -> None:
        """Readings from before this process; asked for until the store answers."""
        self._asked = now
        devices, oldest = [*self._known[0].devices], now - self._reach()
        try:
            for i in range(0, len(devices), LOADED):  # all readings at once may be very many
                some = devices[i : i + LOADED]
                self._memory.load(read_samples(self._store, some, oldest, now + 1))
            self._complete = True
        except StoreError as error:
            log.warning("live state lacks its history for now", reason=str(error))

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
        self._renew = True  # placements or privacy may have changed
        self._ticked = 0  # all rooms anew at the next step

    def grace(self) -> None:
        """A connection came back: what was silent may have had no way to speak."""
        self._grace = True

    @property
    def last_told(self) -> int:
        """When alerts were queued last, ms."""
        return self._faults.told

    # ---- one step

    def step(self) -> bool:
        """Take in what has been committed; False when there was nothing new."""
        now = self._clock()
        registry, paddings = self._known
        newest = self._outbox.newest
        chunks = self._outbox.chunks("watch")
        tick = abs(now - self._ticked) >= TICK_MS
        if not chunks and not tick:
            return False
        if not self._in_step:
            chunks = self._take_up(now)
        self._in_step = False  # until all is committed
        self._look_after_grace(registry, now)
        news = News(registry, paddings, now)
        oldest = now - self._reach()  # once: it looks at every device
        for point in (point for chunk in chunks for point in chunk.points):
            self._faults.note(point, now)
            if point.measurement in FIELDS:  # else a derived series on its way to the store
                self._memory.note(point, oldest)
                news.note(point)
        if tick:
            self._ticked = now
            if not self._complete and now - self._asked >= ASK_EVERY_MS:
                self._complete_from_store(now)
            self._memory.forget(oldest, registry)
        with self._state.transaction():
            if not chunks or chunks[-1].id >= newest:  # else more has come than was taken
                self._faults.step(now, tick=tick)
            else:
                self._faults.keep()
            self._write(registry, paddings, news, now, tick=tick)
            if chunks:
                self._state.dirty.mark(news.dirty, chunks[-1].id)
                self._state.live.set_cursor("watch", chunks[-1].id)
            if tick:
                self._faults.tell(now)
        if chunks:
            self._outbox.finished("watch", chunks[-1].id)
        self._in_step, self.last_step = True, now
        return bool(chunks)

    def _take_up(self, now: int) -> list[Chunk]:
        """At the start, and after a step that failed: the rules as they were committed, and
        what has come since."""
        self._outbox.resume("watch", self._state.live.cursor("watch"))
        self._faults.load(now)
        return self._outbox.chunks("watch")

    def _look_after_grace(self, registry: Registry, now: int) -> None:
        jumped = abs(now - self.last_step) > JUMP_MS
        self._faults.use(registry, now)
        if self._grace or jumped or not self._listening():
            self._grace = False
            self._faults.grace(now)

    def _write(
        self,
        registry: Registry,
        paddings: Paddings,
        news: News,
        now: int,
        *,
        tick: bool,
    ) -> None:
        live = self._state.live
        if tick:
            self._doubts.look(registry, paddings, now)
        self._put_rooms(registry, registry.rooms if tick else news.touched, now)
        self._put_devices(registry, news.heard, now, tick=tick)
        self._put_checkins(news.checkins, now)
        if tick:
            live.keep_only("room", registry.rooms, now)
            live.keep_only("device", registry.devices, now)
            self._mark_new_hours(registry, now)

    def _reach(self) -> int:
        """How far back samples matter: the window and its padding, ms."""
        return WINDOW_MS + max((back for back, _ in self._known[1].values()), default=0)

    def _mark_new_hours(self, registry: Registry, now: int) -> None:
        """Each hour is computed at least once, so that silence is told and no gap is left."""
        live = self._state.live
        hour = now // HOUR_MS
        last = live.cursor("hour") or hour - 1
        if last != hour:  # later, where a clock that ran ahead has been set right
            new = range(max(last, hour - MOST_HOURS) + 1, hour + 1)
            hours = ((room, n * HOUR_MS) for room in registry.rooms for n in new)
            self._state.dirty.mark(hours, self._outbox.done("watch"))
            live.set_cursor("hour", hour)

    # ---- what is written

    def _put_rooms(self, registry: Registry, rooms: Iterable[str], now: int) -> None:
        old = self._state.live.all("room")
        distrusted = self._doubts.at(now)
        bookings = self._state.claims.to_come(now, now + LONG_MS)
        bodies = {}
        for room in rooms:
            before = old[room].body if room in old else None
            body = room_body(registry, self._memory, room, before, distrusted, now)
            own = () if registry.private(room, now) else bookings.get(room, ())
            bodies[room] = body | booked(own, now)
        self._state.live.put("room", bodies, now)

    def _put_devices(self, registry: Registry, heard: set[str], now: int, *, tick: bool) -> None:
        """The rows go with the cursor, or a kill would lose the newest; the stream is told
        of them now and then, but at once of those that noticed somebody (the walk test)."""
        ids = heard & registry.devices.keys()
        if tick:
            there = set() if self._renew else self._state.live.ids("device")
            ids |= registry.devices.keys() - there
            self._renew = False
        bodies = {id_: device_body(registry, self._memory, id_, now) for id_ in ids}
        self._untold.update(self._state.live.put("device", bodies, now, tell=False))
        urgent = self._untold & self._memory.just_reacted()
        if self._untold and now - self._devices_told >= DEVICE_EVERY_MS:
            urgent, self._devices_told = self._untold, now
        if urgent:
            self._state.live.tell("device", sorted(urgent), now)
            self._untold = self._untold - urgent

    def _put_checkins(self, checkins: Iterable[tuple[str, CheckIn]], now: int) -> None:
        for room, checkin in checkins:
            self._state.claims.check_in(room, checkin, "panel", now)
            start = checkin.time
            until = max(start, min(start + LOOKBACK, now))  # as long as it may last
            self._state.dirty.mark_time(room, [(start, until + 1)])


def _paddings(registry: Registry) -> dict[str, tuple[int, int]]:
    """By device: how far before and after a window its samples matter, ms."""
    return {
        id_: padding(histories(registry.stays(id_), {}, registry.zone(entry.site)))
        for id_, entry in registry.devices.items()
    }
