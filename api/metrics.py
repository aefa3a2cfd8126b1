"""``/metrics`` for Prometheus: the service about itself, read when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client import Counter as PromCounter
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest

from api.collector_metrics import collector_metrics, source_metrics
from api.fault_metrics import alert_metrics, fault_metrics, window_metrics
from api.parts import Parts
from api.snapshot import snapshot
from api.views import room_view

STATES: Final = ("occupied", "vacant", "unknown", "private")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """A registry of its own: nothing global, several apps can live in one process."""

    def __init__(self, parts: Parts) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Live(parts))
        self._requests = PromCounter(
            "rumskoll_api_requests",
            "Requests answered by the API",
            ("method", "route", "status"),
            registry=self._registry,
        )

    def count(self, method: str, route: str, status: int) -> None:
        """A caller may make up methods, and every one would be a series that never ends."""
        told = method if method in _METHODS else "other"
        self._requests.labels(told, route, str(status)).inc()

    def text(self) -> bytes:
        return generate_latest(self._registry)


class _Live:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def describe(self) -> list[Metric]:
        return []  # reads the state when asked, not when registered

    def collect(self) -> Iterator[Metric]:
        now = snapshot(self._parts)
        states = Counter(room_view(now, room, "en").state for room in now.registry.rooms)
        rooms = GaugeMetricFamily("rumskoll_rooms", "Rooms by state", labels=["state"])
        for state in STATES:
            rooms.add_metric([state], states[state])
        yield rooms
        yield from fault_metrics(now)
        yield from alert_metrics(self._parts, now.now)
        yield from window_metrics(self._parts, now)
        yield from source_metrics(now)
        yield from collector_metrics(now)
        if self._parts.accounts is not None:
            yield self._messages()

    def _messages(self) -> Metric:
        """The account is kept per day and device; here by what became of the messages.

        A gauge: it starts anew at midnight, and a replay takes messages out of quarantine.
        """
        family = GaugeMetricFamily(
            "rumskoll_messages_today",
            "Messages since local midnight by what became of them; starts anew every day",
            labels=["outcome", "reason"],
        )
        assert self._parts.accounts is not None
        totals: Counter[tuple[str, str]] = Counter()
        for account, count in self._parts.accounts().items():
            totals[account.outcome, account.reason] += count
        for (outcome, reason), count in sorted(totals.items()):
            family.add_metric([outcome, reason], count)
        return family
