"""From publish to visible in the store, seen from outside by a reader of its own.

The marker's readings carry the time at which they were sent; every reading that a
query finds for the first time has become visible since the query before.
"""

from __future__ import annotations

import time
from typing import Final

import msgspec

from bench.publisher import MARKED, Leg
from bench.site import MARKER
from rumskoll.wiring import clock
from storage.store import Store

RATE: Final = 1000  # messages/s
EVERY_S: Final = 0.005
LONGEST_S: Final = 60.0  # beyond the time that publishing takes


class Latency(msgspec.Struct, frozen=True):
    """Milliseconds; ``step`` is the longest pause between two looks."""

    readings: int
    p50: int
    p99: int
    longest: int
    step: int


def measure(leg: Leg, store: Store, count: int) -> Latency:
    """Publish the paced ``leg`` of ``count`` messages and watch the store."""
    looked = start = clock()
    delays: list[int] = []
    step, expected = 0, -(-count // MARKED)
    leg.go()
    deadline = time.monotonic() + LONGEST_S + count / RATE
    while len(delays) < expected and time.monotonic() < deadline:
        time.sleep(EVERY_S)
        found = list(store.read("climate", {"device": [MARKER]}, start, clock() + 1))
        now = clock()
        step, looked = max(step, now - looked), now
        delays += [now - point.time for point in found]
        start = found[-1].time + 1 if found else start
    leg.times()
    if len(delays) < expected:
        raise SystemExit(f"{expected - len(delays)} of {expected} markers never became visible")
    delays.sort()
    return Latency(len(delays), _rank(delays, 50), _rank(delays, 99), delays[-1], step)


def _rank(ordered: list[int], percent: int) -> int:
    """The nearest-rank percentile."""
    return ordered[-(-len(ordered) * percent // 100) - 1]
