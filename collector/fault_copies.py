"""Copies of faults for Grafana (design 5): a point for each transition, and each hour of those
that are open, so that a list of them need not look far back.

Written from a cursor of its own. What is written again after a kill is the same: a point's
time and fields follow from the transitions and the registry alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import structlog

from collector.naming import subject_name
from rooms.faults import SEVERITIES, Fault, Severity, Transition
from rooms.faults.cost import lost_ms
from rooms.intervals import Interval
from rooms.readings import Point
from rooms.registry import Registry
from rooms.texts.plain import storable
from rooms.units import HOUR_MS
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 20.0
CURSOR: Final = "fault_points"  # the last transition that was written
HOUR: Final = "fault_points_hour"  # the last hour (ms) at which the open ones were
NONE: Final = "-"  # a tag has to say something
_TOGETHER: Final = 500
_LONGEST: Final = 1000  # characters of what a device says


class _Standing(NamedTuple):
    """How a fault stood after a transition; times in ms."""

    severity: Severity
    since: int  # the onset of its last spell
    noticed: int  # when that one was noticed
    ended: int | None
    acknowledged: bool


class FaultCopies:
    """One thread runs ``run``, or somebody calls ``step``."""

    def __init__(
        self,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
    ) -> None:
        self._state = state
        self._store = store
        self._registry = registry
        self._clock = clock
        self._stop = threading.Event()

    def run(self) -> None:
        told = ""
        while not self._stop.wait(EVERY_S):
            try:
                while self.step() and not self._stop.is_set():
                    pass
                told = ""
            except StoreError as error:
                if str(error) != told:
                    log.warning("copies of faults wait for the store", reason=str(error))
                told = str(error)

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> int:
        """Copy what is next, and what is open at the full hour; return how many transitions.
        Raises ``StoreError``: then the same is next again."""
        next_ = self._state.faults.after(self._state.live.cursor(CURSOR), _TOGETHER)
        if next_:
            self._write(self._transitions(next_))
            self._state.live.set_cursor(CURSOR, next_[-1].seq)
        if len(next_) < _TOGETHER:
            self._each_hour()
        return len(next_)

    def _each_hour(self) -> None:
        """Only of this hour: those that were missed say nothing of what is open now."""
        now = self._clock()
        hour = now - now % HOUR_MS
        if self._state.live.cursor(HOUR) != hour:
            self._write(self._open(hour))
            self._state.live.set_cursor(HOUR, hour)

    def _write(self, points: Iterable[Point]) -> None:
        for point, reason in self._store.write([*points]):
            log.error("the store refuses a copy of a fault", time=point.time, reason=reason)

    # ---- points

    def _transitions(self, these: Iterable[Transition]) -> Iterator[Point]:
        wanted: dict[str, set[int]] = {}
        for one in these:
            wanted.setdefault(one.fault, set()).add(one.seq)
        for id_, numbers in wanted.items():
            fault = self._state.faults.get(id_)
            if fault is None:  # pruned
                continue
            for time, one, standing in self._story(fault):
                if one.seq in numbers:
                    yield self._point(fault, time, one.at, one.kind, standing)

    def _open(self, hour: int) -> Iterator[Point]:
        for fault in self._state.faults.open():
            story = [*self._story(fault)]
            before = [standing for _, one, standing in story if one.at < hour]
            taken = any(time == hour for time, *_ in story)  # and says the same
            if before and before[-1].ended is None and not taken:
                yield self._point(fault, hour, hour, "open", before[-1])

    def _story(self, fault: Fault) -> Iterator[tuple[int, Transition, _Standing]]:
        """All that happened to it, each at a ms of its own, and how it stood then."""
        faults, taken = self._state.faults, set[int]()
        onsets = iter([start for start, _ in faults.times(fault.id)])
        standing = _Standing(fault.severity, fault.since, fault.opened, None, acknowledged=False)
        for one in faults.transitions(fault.id):
            time = one.at
            while time in taken:
                time += 1
            taken.add(time)
            standing = standing._replace(severity=one.severity)
            if one.kind in ("opened", "reopened"):
                since = next(onsets, one.at)
                standing = _Standing(one.severity, since, one.at, None, acknowledged=False)
            elif one.kind == "resolved":
                standing = standing._replace(ended=one.at)
            elif one.kind == "acknowledged":
                standing = standing._replace(acknowledged=True)
            yield time, one, standing

    def _point(self, fault: Fault, time: int, at: int, kind: str, standing: _Standing) -> Point:
        registry = self._registry()
        site = registry.sites.get(fault.site) or next(iter(registry.sites.values()))
        until = at if standing.ended is None else standing.ended
        lost = lost_ms(
            registry, fault.code, standing.severity, fault.subject, self._there(fault, until)
        )
        tags = {"site": fault.site, "room": fault.room or "", "code": fault.code, "fault": fault.id}
        return Point(
            "fault",
            {name: value or NONE for name, value in tags.items()},
            time,
            {
                "open": float(standing.ended is None),
                "severity": float(SEVERITIES.index(standing.severity) + 1),
                "since": float(standing.since),
                "lasted_s": float(max(0, until - standing.noticed) // 1000),
                "lost_s": float(lost // 1000),
                "acknowledged": float(standing.acknowledged),
                "kind": kind,
                "subject": fault.subject,
                "name": subject_name(registry, fault.subject, site.language),
                "detail": "" if _private(registry, fault, at) else storable(fault.detail, _LONGEST),
            },
        )

    def _there(self, fault: Fault, until: int) -> list[Interval]:
        """When it was there, up to a time."""
        times = self._state.faults.times(fault.id)
        return [(a, until if b is None else min(b, until)) for a, b in times if a < until]


def _private(registry: Registry, fault: Fault, at: int) -> bool:
    """One person's own office, or a room of which nobody knows any more."""
    if fault.room is None:
        return False
    return fault.room not in registry.rooms or registry.private(fault.room, at)
