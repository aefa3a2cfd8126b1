"""The measurement of the dashboards' queries runs from end to end, and what it asks is there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench.dashboards_fill import NOW, live_points
from bench.report_site import registry_of
from storage.line_protocol import line
from storage.schema import MEASUREMENTS
from tests.grafana.committed import DASHBOARDS, dashboard_queries


@pytest.mark.servers
def test_a_quick_run() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.dashboards", "--rooms", "2", "--days", "2", "--json"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    asked = [query for name in DASHBOARDS for query in dashboard_queries("en", name)]
    assert len(report["timed"]) == len(asked)
    empty = [one for one in report["timed"] if not one["rows"]]
    assert len(empty) < len(asked) / 4, empty  # a small house has few faults
    assert report["points"] > 2 * 2 * 288 * 2


def test_what_is_made_up_keeps_to_the_schema() -> None:
    points = [*live_points(30, 1)]
    assert all(line(point) for point in points)
    for name in ("room_slot", "room_state", "device_state", "fault", "account", "service"):
        own = [point for point in points if point.measurement == name]
        told = {field for point in own for field in point.fields}
        missing = MEASUREMENTS[name].fields.keys() - told - {"linkquality", "canary"}
        assert own
        assert not missing, f"{name}: {missing}"
    devices = {p.tags["device"] for p in points if p.measurement == "device_state"}
    assert devices == registry_of(30).devices.keys()
    assert max(point.time for point in points) <= NOW
