"""Copies of faults for Grafana: the series ``fault``, a point for each transition (design 5).

Written from a cursor of its own. What is written again after a kill is the same: a point's
time and fields follow from the transitions alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from rooms.faults import SEVERITIES, Fault, Transition
from rooms.faults.cost import lost_ms
from rooms.readings import Point, Value
from rooms.registry import Registry
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 20.0
CURSOR: Final = "fault_copies"  # the last transition that was written; also its row of ``state``
NONE: Final = "-"  # a tag has to say something
_TOGETHER: Final = 500
_LONGEST: Final = 1000  # characters of what a device says
_CLOSE_MS: Final = 60_000  # times are kept apart from those of so long before
_TURNS: Final = ("opened", "reopened", "resolved")


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
        """Copy what is next; return how many transitions. Raises ``StoreError``: then the same
        is next again."""
        live, now = self._state.live, self._clock()
        next_ = self._state.faults.after(live.cursor(CURSOR), _TOGETHER)
        if not next_:
            return 0
        row = live.get(CURSOR, "")
        taken: dict[str, int] = dict(row.body) if row else {}
        points = [point for one in next_ for point in self._points(one, taken)]
        for point, reason in self._store.write(points):
            log.error("the store refuses a copy of a fault", time=point.time, reason=reason)
        recent = max(one.at for one in next_) - _CLOSE_MS
        with self._state.transaction():
            close = {series: at for series, at in taken.items() if at >= recent}
            live.put(CURSOR, {"": close}, now, tell=False)
            live.set_cursor(CURSOR, next_[-1].seq)
        return len(next_)

    def _points(self, one: Transition, taken: dict[str, int]) -> Iterable[Point]:
        fault = self._state.faults.get(one.fault)
        if fault is None:  # pruned
            return
        tags = {"site": fault.site or NONE, "room": fault.room or NONE, "code": fault.code}
        series = " ".join(tags.values())
        last = taken.get(series)
        if last is None or not last - _CLOSE_MS < one.at <= last:
            last = one.at - 1
        taken[series] = last + 1
        yield Point("fault", tags, last + 1, self._fields(fault, one))

    def _fields(self, fault: Fault, one: Transition) -> dict[str, Value]:
        registry, faults = self._registry(), self._state.faults
        before = [one]  # what flaps has very many of them
        if one.kind not in _TURNS:
            before = [t for t in faults.transitions(fault.id) if t.seq < one.seq]
            before = [t for t in before if t.kind in _TURNS]
        fields: dict[str, Value] = {
            "open": float(bool(before) and before[-1].kind != "resolved"),
            "severity": float(SEVERITIES.index(one.severity) + 1),
            "kind": one.kind,
            "subject": fault.subject,
            "detail": "" if _private(registry, fault, one.at) else _line(fault.detail),
            "id": fault.id,
        }
        if one.kind == "resolved":
            times = [(a, b) for a, b in faults.times(fault.id) if b is not None and b <= one.at]
            lost = lost_ms(registry, fault.code, fault.severity, fault.subject, times)
            fields["lost_s"] = float(lost // 1000)
        return fields


def _private(registry: Registry, fault: Fault, at: int) -> bool:
    """One person's own office, or a room of which nobody knows any more."""
    if fault.room is None:
        return False
    return fault.room not in registry.rooms or registry.private(fault.room, at)


def _line(words: str) -> str:
    """What devices say, as stores take it: one line that does not end in a backslash."""
    line = "".join(c if c.isprintable() else " " for c in words)
    return line[:_LONGEST].rstrip("\\ ")
