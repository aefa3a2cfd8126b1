"""Faults found by the watch: the engine's, what flaps, and what is gone (design 7).

All that it writes goes into the watch's transaction: rule states, transitions and the alerts
that they queue commit together with the cursor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from rooms.faults import SERVICE, SOURCE, Fault
from rooms.faults.engine import CODES, Engine
from rooms.faults.flapping import FLAPPING, flapping
from rooms.readings import Point, Value
from rooms.registry import Registry
from rooms.registry.fault_limits import Flapping
from rooms.units import DAY_MS
from storage.state import ServiceState

log = structlog.get_logger()

After = Callable[[Registry, int], None]
_LOOK_BACK: Final = DAY_MS  # as far as flapping is looked for, at most


def nothing(_: Registry, __: int) -> None:
    pass


class FaultWatch:
    """Part of the watch, in its thread. ``after`` is told of each tick: the alert queue."""

    def __init__(
        self, state: ServiceState, registry: Registry, *, now: int, after: After = nothing
    ) -> None:
        self._state = state
        self._registry = registry
        self._after = after
        self._engine = Engine(registry, now)
        self._reloaded = True  # what is gone has to be looked for
        self._failed = ""  # why alerts could not be queued, as it was logged
        self.told = 0  # when alerts were queued last

    def load(self, now: int) -> None:
        """Take up from what is stored: at the start, and after a step that was not committed."""
        faults = self._state.faults
        states = faults.rule_states()
        self._engine = Engine(self._registry, now, states, faults.open())
        self._reloaded = True
        for point in self._remembered(states):
            self._engine.note(point, now)

    def use(self, registry: Registry, now: int) -> None:
        if registry is not self._registry:
            self._registry = registry
            self._engine.use(registry, now)
            self._reloaded = True

    def grace(self, now: int) -> None:
        self._engine.grace(now)

    def note(self, point: Point, now: int) -> None:
        self._engine.note(point, now)

    def step(self, now: int, *, tick: bool) -> None:
        """Find and settle; only when all that has been received is noted."""
        faults, registry = self._state.faults, self._registry
        looked = self._engine.look(now)
        faults.settle(
            CODES,
            looked.findings,
            now,
            lambda subject: registry.place_of(subject, now),
            looked.subjects,
        )
        if tick:
            self._look_for_flapping(now)
            if self._reloaded:
                self._end_of_what_is_gone(now)
                self._reloaded = False
        self.keep()

    def keep(self) -> None:
        """Write down what the rules remember of all that was noted; whether or not it is all
        that has been received, the cursor goes on."""
        changed = self._engine.changed_states()
        self._state.faults.put_rule_states((name, body) for name, body in changed if body)
        self._state.faults.drop_rule_states(name for name, body in changed if not body)

    def tell(self, now: int) -> None:
        """Let alerts be queued. What goes wrong there undoes nothing of the watch, and is tried
        again at the next tick."""
        try:
            with self._state.part():
                self._after(self._registry, now)
        except sqlite3.OperationalError:  # the disk's trouble is everybody's
            raise
        except Exception as error:
            if repr(error) != self._failed:
                log.exception("alerts cannot be queued; trying again")
            self._failed = repr(error)
        else:
            self._failed, self.told = "", now

    # ---- what is not one device's

    def _look_for_flapping(self, now: int) -> None:
        faults, registry = self._state.faults, self._registry
        limits = {id_: site.faults.of().flapping for id_, site in registry.sites.items()}
        back = max((own.within for own in limits.values() if own), default=0) * 1000
        happened = faults.happened(now - min(back, _LOOK_BACK), now + 1)
        open_ = {fault.key for fault in faults.open() if fault.code == FLAPPING}
        if not happened and not open_:
            return
        first = next(iter(registry.sites))

        def limits_of(fault: Fault) -> Flapping | None:
            return limits.get(fault.site or first)

        found = flapping(happened, limits_of, open_, now)
        faults.settle((FLAPPING,), found, now, lambda subject: registry.place_of(subject, now))

    def _end_of_what_is_gone(self, now: int) -> None:
        """Devices, rooms and sources that are no longer in the registry have no faults."""
        registry = self._registry
        known = {*registry.devices, *registry.rooms, SERVICE}
        known.update(SOURCE + id_ for id_ in registry.sources)
        gone = [fault for fault in self._state.faults.open() if fault.subject not in known]
        self._state.faults.settle(
            {fault.code for fault in gone}, (), now, subjects={fault.subject for fault in gone}
        )

    def _remembered(self, known: Iterable[str]) -> list[Point]:
        """The last words of devices of which the rules remember nothing, as after an update."""
        points = []
        for id_, row in self._state.live.all("device").items():
            if id_ in known or id_ not in self._registry.devices:
                continue
            said: dict[tuple[int, str], dict[str, Value]] = {}
            for name, (at, value) in row.body["latest"].items():
                kind, _, field = name.partition(".")
                said.setdefault((at, kind), {})[field] = value
            tags = {"site": row.body["site"], "device": id_}
            points += [Point(kind, tags, at, fields) for (at, kind), fields in said.items()]
        return sorted(points, key=lambda point: point.time)
