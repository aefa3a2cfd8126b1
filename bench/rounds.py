"""The interleaved rounds: each subscriber in turn gets the same messages from the same broker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

import msgspec

from bench.broker import Broker
from bench.collector import Collector
from bench.publisher import Leg
from bench.subscribers import WARM, Subscriber


class Round(msgspec.Struct, frozen=True):
    subscriber: str
    rate: float  # messages/s, from the first packet published until the last message was taken
    stored_rate: float | None  # the same until the store has confirmed all
    cpu_us: float  # CPU time per message, until all work about them is done


class Row(msgspec.Struct, frozen=True):
    """One line of the result: medians over the rounds, in brackets the least and the most."""

    name: str
    rate: float
    lowest: float
    highest: float
    rate_ratio: float  # median over the rounds of the ratio to the baseline's same round
    cpu_us: float
    cpu_ratio: float


def run(
    broker: Broker,
    subscribers: Sequence[Subscriber],
    rounds: int,
    count: int,
    tell: Callable[[Round], None],
) -> list[Round]:
    results = []
    for number in range(rounds):
        for subscriber in subscribers:
            results.append(_round(broker, subscriber, number * (count + WARM), count))
            tell(results[-1])
    return results


def _round(broker: Broker, subscriber: Subscriber, start: int, count: int) -> Round:
    subscriber.start(broker, count)
    try:
        leg = Leg(broker.port, subscriber.base, start, WARM)
        leg.go()
        leg.times()
        subscriber.wait(WARM)
        if isinstance(subscriber, Collector):
            subscriber.wait_settled()
        leg = Leg(broker.port, subscriber.base, start + WARM, count)
        cpu = subscriber.cpu()
        leg.go()
        taken, stored = subscriber.wait(count), None
        if isinstance(subscriber, Collector):
            stored = subscriber.wait_stored()
            subscriber.wait_done()
        cpu = subscriber.cpu() - cpu
        began = leg.times().first
    finally:
        subscriber.stop()
    return Round(
        subscriber.name,
        count / (taken - began),
        count / (stored - began) if stored else None,
        cpu / count * 1e6,
    )


def rows(results: Sequence[Round], baseline: str) -> list[Row]:
    by_name: dict[str, list[Round]] = {}
    for result in results:
        by_name.setdefault(result.subscriber, []).append(result)
    base = by_name[baseline]
    out = []
    for name, own in by_name.items():
        out.append(_row(name, [r.rate for r in own], own, base))
        in_store = [r.stored_rate for r in own if r.stored_rate is not None]
        if in_store:
            out.append(_row(f"{name}, until in the store", in_store, own, base))
    return out


def _row(name: str, rates: list[float], own: list[Round], base: list[Round]) -> Row:
    return Row(
        name,
        median(rates),
        min(rates),
        max(rates),
        median(rate / b.rate for rate, b in zip(rates, base, strict=True)),
        median(r.cpu_us for r in own),
        median(r.cpu_us / b.cpu_us for r, b in zip(own, base, strict=True)),
    )
