"""What ``/metrics`` tells of the collector: as it last reported, and when sources spoke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import GaugeMetricFamily, Metric

from api.snapshot import Snapshot
from api.words import last_heard

_PREFIX: Final = "rumskoll_collector"
_GAUGES: Final = {  # name in the report -> name and help here
    "connected": ("connected", "1 when the collector is connected to the broker"),
    "outbox_points": ("outbox_points", "Points that wait in the outbox"),
    "outbox_bytes": ("outbox_bytes", "Bytes that wait in the outbox"),
    "outbox_limit": ("outbox_limit_bytes", "Bytes at which the collector stops acknowledging"),
    "disk_free": ("disk_free_bytes", "Free bytes on the disk of the data folder"),
}


def collector_metrics(now: Snapshot) -> Iterator[Metric]:
    """Nothing before the collector has reported for the first time."""
    body = now.collector
    if body is None or now.heartbeat is None:
        return
    age = (now.now - now.heartbeat) / 1000
    yield GaugeMetricFamily(
        f"{_PREFIX}_heartbeat_age_seconds", "Since the collector's last report", value=age
    )
    for name, (told, help_) in _GAUGES.items():
        yield GaugeMetricFamily(f"{_PREFIX}_{told}", help_, value=float(body.get(name) or 0))
    points = GaugeMetricFamily(
        f"{_PREFIX}_lag_points", "Committed points that a stage has still to take", labels=["stage"]
    )
    seconds = GaugeMetricFamily(
        f"{_PREFIX}_lag_seconds", "Age of the readings that a stage takes next", labels=["stage"]
    )
    for stage, lag in sorted(body.get("behind", {}).items()):
        points.add_metric([stage], lag["points"])
        seconds.add_metric([stage], lag["seconds"])
    yield from (points, seconds)
    steps = GaugeMetricFamily(
        f"{_PREFIX}_last_step_timestamp_seconds",
        "When a part of the collector was last at work",
        labels=["part"],
    )
    for part, at in sorted(body.get("steps", {}).items()):
        steps.add_metric([part], at / 1000)
    yield steps


def source_metrics(now: Snapshot) -> Iterator[Metric]:
    """Of sources that were never heard there is nothing to tell."""
    newest: dict[str, int] = {}
    for id_, entry in now.registry.devices.items():
        at = last_heard(now, id_)
        if at is not None:
            source = entry.device.source
            newest[source] = max(at, newest.get(source, at))
    family = GaugeMetricFamily(
        "rumskoll_source_last_message_timestamp_seconds",
        "When a source's devices were last heard",
        labels=["source"],
    )
    for source, at in sorted(newest.items()):
        family.add_metric([source], at / 1000)
    yield family
