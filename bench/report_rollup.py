"""The roll-up of one day of all rooms, twice, in a process of its own.

As a process (``python -m bench.report_rollup``) it takes a ``Place`` on stdin.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from contextlib import closing
from typing import Final

import msgspec
import psutil

from bench.report_site import DAY, SITE, ZONE, Place, registry_of
from collector.rollup import Rollup
from rooms.calendar import day_bounds
from rooms.readings import Point
from storage.state import ServiceState
from storage.store import Store

# use_hour is looked at in its sum, site_hour
_SERIES: Final = ("use_day", "partner_day", "site_hour", "site_partner_day", "site_day")


class Run(msgspec.Struct, frozen=True):
    wall_s: float
    cpu_s: float  # of the process that rolls up
    server_s: float  # of the store's, if that is another


class Rolled(msgspec.Struct, frozen=True):
    first: Run
    again: Run
    readings: int
    changed: int  # points that the second run left otherwise than the first
    peak_mb: float


def rolled(place: Place) -> Rolled:
    run = subprocess.run(
        [sys.executable, "-m", "bench.report_rollup"],
        input=msgspec.json.encode(place),
        stdout=subprocess.PIPE,
        check=False,
    )
    if run.returncode:
        raise SystemExit("the roll-up failed")
    return msgspec.json.decode(run.stdout, type=Rolled)


def _measure(place: Place) -> Rolled:
    registry = registry_of(place.rooms)
    with (
        closing(place.open()) as store,
        closing(place.state()) as state,
        place.rollup(registry, state, store) as rollup,
    ):
        rollup.step()  # what a running collector did long ago: nothing is dirty
        first = _run(place, state, rollup)
        was = _stored(store)
        again = _run(place, state, rollup)
        now = _stored(store)
        changed = sum(a != b for a, b in zip(was, now, strict=True))
        readings = sum(
            1 for kind in ("presence", "climate", "equipment") for _ in _day(store, kind)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return Rolled(first, again, readings, changed, peak)


def _run(place: Place, state: ServiceState, rollup: Rollup) -> Run:
    for room in registry_of(place.rooms).rooms:
        state.dirty.mark_time(room, [day_bounds(DAY, ZONE)])
    began, own, server = time.perf_counter(), time.process_time(), _server_s(place)
    done = rollup.step()
    run = Run(time.perf_counter() - began, time.process_time() - own, _server_s(place) - server)
    if done != place.rooms:
        raise SystemExit(f"{done} room-days were rolled up, not {place.rooms}")
    return run


def _server_s(place: Place) -> float:
    if place.server is None:
        return 0.0
    times = psutil.Process(place.server).cpu_times()
    return float(times.user + times.system)


def _day(store: Store, measurement: str) -> list[Point]:
    return list(store.read(measurement, {"site": [SITE]}, *day_bounds(DAY, ZONE)))


def _stored(store: Store) -> list[Point]:
    found = [point for name in _SERIES for point in _day(store, name)]
    return sorted(found, key=lambda p: (p.measurement, p.time, sorted(p.tags.items())))


def main() -> None:
    place = msgspec.json.decode(sys.stdin.buffer.read(), type=Place)
    print(msgspec.json.encode(_measure(place)).decode())


if __name__ == "__main__":
    main()
