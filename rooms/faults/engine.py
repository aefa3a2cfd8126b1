"""Finds faults: told of readings and of the time, it asks the rules when there is reason to.

A pure state machine. A subject is looked at when something was heard of it, and when a rule said
that something would come true then: silence sends no message, and nobody goes through all devices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import Final, NamedTuple

from rooms.faults.asking import ask_device, ask_room, ask_source
from rooms.faults.case import NEVER
from rooms.faults.fault import Fault
from rooms.faults.finding import Finding
from rooms.faults.history import set_back
from rooms.faults.rules import CODES
from rooms.faults.taking_in import Taking
from rooms.faults.watched import (
    ROOM,
    Remembered,
    Watched,
    WatchedDevice,
    WatchedRoom,
    findings,
    state_text,
    subject_of,
)
from rooms.faults.whole import Whole
from rooms.readings import Point
from rooms.registry import Registry

__all__ = ["CODES", "Engine", "Looked"]

SET_BACK_MS: Final = 60_000  # less is soon over


class Looked(NamedTuple):
    """All ``findings`` of these ``subjects``, of ``CODES``."""

    subjects: frozenset[str]
    findings: list[Finding]


class Engine:
    """One for all sites. ``states`` and ``open_faults`` are what an earlier one left; what it
    had not heard since counts from ``now``, as after ``grace``."""

    def __init__(
        self,
        registry: Registry,
        now: int,
        states: Mapping[str, str] = {},
        open_faults: Iterable[Fault] = (),
    ) -> None:
        remembered = Remembered(states, [f for f in open_faults if f.code in CODES], now)
        self._whole = Whole(remembered)
        self._grace = self._looked = now
        self._due: list[tuple[int, str]] = []
        self._touched: set[str] = set()
        self._changed: set[str] = set()
        self._forgotten: set[str] = set()
        self._gone: set[str] = set()  # subjects that are not in the registry any more
        self.use(registry, now)
        self._gone |= remembered.subjects() - self._subjects()
        self._forgotten |= remembered.names()
        remembered.clear()  # what comes into the registry later begins anew

    def use(self, registry: Registry, now: int) -> None:
        """A reloaded registry. What is gone from it has no faults."""
        before = self._subjects()
        names = set(self._whole.all)
        self._whole.use(registry, now)
        self._gone |= before - self._subjects()
        self._forgotten |= names - self._whole.all.keys()
        self._due.clear()  # all are looked at
        self._taking = Taking(self._whole, self._touched, self._changed)
        self._touched.update(self._whole.all)
        self._changed |= self._whole.all.keys() - names

    def grace(self, now: int) -> None:
        """A start, a reconnect or an outage: silence counts from here. So does all else where
        the clock was set back meanwhile."""
        self._grace = now
        if self._looked - now > SET_BACK_MS:
            for watched in self._whole.all.values():
                for what in (watched.history, *(watched.standing or {}).values()):
                    set_back(what, now)
            self.use(self._whole.registry, now)
            self._changed |= self._whole.all.keys()
            self._looked = now

    def note(self, point: Point, now: int) -> None:
        """A committed raw reading, or that a message could not be used."""
        self._taking.note(point, now)

    def look(self, now: int) -> Looked:
        """Look at what was touched or has come due since the last look."""
        self._touched.update(self._whole.move(now))
        while self._due and self._due[0][0] <= now:
            at, name = heappop(self._due)
            watched = self._whole.all.get(name)
            if watched is not None and watched.due == at:
                watched.due = None
                self._touched.add(name)
        self._looked = now
        touched, subjects = self._with_namesakes(), set(self._gone)
        found: list[Finding] = []
        for name in touched:
            watched = self._whole.all[name]
            self._look_at(name, watched, now)
            subjects.add(subject_of(watched))
            found += findings(watched)
        self._touched.clear()
        self._gone.clear()
        return Looked(frozenset(subjects), found)

    def next_due(self) -> int | None:
        """When to look again at the latest, if nothing is heard before."""
        return min((heap[0][0] for heap in (self._due, self._whole.moves) if heap), default=None)

    def changed_states(self) -> list[tuple[str, str]]:
        """(name, text) of what has changed since the last call; "": forget it."""
        texts = [
            (name, state_text(self._whole.all[name]))
            for name in sorted(self._changed & self._whole.all.keys())
        ]
        texts += [(name, "") for name in sorted(self._forgotten - self._whole.all.keys())]
        self._changed.clear()
        self._forgotten = set()
        return texts

    def _look_at(self, name: str, watched: Watched, now: int) -> None:
        if isinstance(watched, WatchedDevice):
            again, changed = ask_device(self._whole, watched, now, self._grace)
        elif isinstance(watched, WatchedRoom):
            again, changed = ask_room(self._whole, watched, now)
        else:
            again, changed = ask_source(watched, now, self._grace)
        if changed:
            self._changed.add(name)
        if again < NEVER and (watched.due is None or again < watched.due):
            watched.due = again
            heappush(self._due, (again, name))

    def _with_namesakes(self) -> list[str]:
        """A room and a device may have one id; then they are one subject to whoever asks."""
        more = {ROOM + name for name in self._touched if ROOM + name in self._whole.all}
        more |= {
            name.removeprefix(ROOM)
            for name in self._touched
            if name.startswith(ROOM) and name.removeprefix(ROOM) in self._whole.all
        }
        return sorted((self._touched | more) & self._whole.all.keys())

    def _subjects(self) -> set[str]:
        return {subject_of(watched) for watched in self._whole.all.values()}
