"""What ``/metrics`` tells of faults, of alerts on their way and of maintenance windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric

from api.parts import Parts
from api.snapshot import Snapshot
from rooms.faults.windows import active, windows_of


def fault_metrics(now: Snapshot) -> Iterator[Metric]:
    family = GaugeMetricFamily("rumskoll_faults_open", "Open faults", labels=["code", "severity"])
    counts = Counter((fault.code, fault.severity) for fault in now.problems)
    for (code, severity), count in sorted(counts.items()):
        family.add_metric([code, severity], count)
    yield family


def alert_metrics(parts: Parts, now: int) -> Iterator[Metric]:
    """Gauges: what was settled long ago is forgotten."""
    totals = parts.state.alerts.totals()
    alerts = GaugeMetricFamily("rumskoll_alerts", "Alerts that are kept", labels=["state"])
    for state in ("waiting", "sent", "dropped"):
        alerts.add_metric([state], totals.alerts.get(state, 0))
    yield alerts
    deliveries = GaugeMetricFamily(
        "rumskoll_alert_deliveries",
        "Deliveries of alerts that are kept, by kind of channel",
        labels=["state", "channel"],
    )
    for (state, channel), count in sorted(totals.deliveries.items()):
        deliveries.add_metric([state, channel], count)
    yield deliveries
    waited = 0 if totals.oldest is None else max(0, now - totals.oldest) / 1000
    yield GaugeMetricFamily(
        "rumskoll_alert_oldest_undelivered_age_seconds",
        "How long the oldest alert that is not delivered has been on its way; 0: there is none",
        value=waited,
    )


def window_metrics(parts: Parts, now: Snapshot) -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "rumskoll_maintenance_windows_active",
        "Maintenance windows that hold alerts back now",
        labels=["site"],
    )
    made = [(window.site, window.body) for window in parts.state.windows.all()]
    open_now = Counter(
        site
        for site, window in windows_of(now.registry, made)
        if active(window, now.now, now.registry.zone(site))
    )
    for site in now.registry.sites:
        family.add_metric([site], open_now[site])
    yield family
