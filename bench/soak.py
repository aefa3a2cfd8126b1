"""Resident memory of the collector while very many messages go through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench.broker import Broker
from bench.collector import Collector
from bench.publisher import Leg

EVERY: Final = 50_000  # messages between two looks


def soak(
    broker: Broker, collector: Collector, start: int, count: int
) -> Iterator[tuple[int, float]]:
    """(messages so far, MB resident), from before the first message on."""
    yield 0, collector.rss_mb()
    for done in range(0, count, EVERY):
        number = min(EVERY, count - done)
        leg = Leg(broker.port, collector.base, start + done, number)
        leg.go()
        collector.wait(number)
        leg.times()
        yield done + number, collector.rss_mb()
