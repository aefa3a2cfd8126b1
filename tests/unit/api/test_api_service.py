"""Metrics, the API's own description, and serving on a real port."""

from __future__ import annotations

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.server import CannotListen, PortTaken, listen
from rooms.alerts.message import Alert, AlertState, Delivery
from storage.outbox import Account
from storage.state import StoredWindow
from tests.unit.api.house import MIN, NOW, House
from tests.unit.api.test_api_access import call


def test_metrics(house: House) -> None:
    house.accounts.update(
        {
            Account("2026-11-22", "av", "granen-pir", "stored"): 40,
            Account("2026-11-23", "av", "granen-vc", "stored"): 2,
            Account("2026-11-23", "av", "", "quarantined", "bad_json"): 3,
        }
    )
    headers = house.key()
    call(house, "GET", "/api/v1/rooms/granen", headers=headers)
    call(house, "GET", "/nowhere", headers=headers)
    text = call(house, "GET", "/metrics", headers=headers).text
    for line in (
        'rumskoll_rooms{state="occupied"} 2.0',
        'rumskoll_faults_open{code="device_silent",severity="warning"} 1.0',
        "rumskoll_collector_heartbeat_age_seconds 5.0",
        "rumskoll_collector_outbox_points 12.0",
        "rumskoll_collector_connected 1.0",
        'rumskoll_messages_today{outcome="stored",reason=""} 42.0',
        'rumskoll_messages_today{outcome="quarantined",reason="bad_json"} 3.0',
        'rumskoll_api_requests_total{method="GET",route="/api/v1/rooms/{room}",status="200"} 1.0',
        'rumskoll_api_requests_total{method="GET",route="none",status="404"} 1.0',
    ):
        assert line in text.splitlines()
    assert "# TYPE rumskoll_messages_today gauge" in text  # it goes back to 0 every midnight


def samples(house: House) -> dict[tuple[str, ...], float]:
    """By name and values of labels (by their names), as Prometheus itself would read them."""
    text = call(house, "GET", "/metrics", headers=house.key()).text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_follow_prometheus_conventions(house: House) -> None:
    text = call(house, "GET", "/metrics", headers=house.key()).text
    families = [*text_string_to_metric_families(text)]
    assert len({family.name for family in families}) == len(families) > 15
    for family in families:
        assert family.name.startswith("rumskoll_")
        assert family.documentation
        assert family.type in ("gauge", "counter")
        assert not re.search(r"_(ms|minutes|hours|mib)$", family.name), "base units"


def test_methods_that_callers_make_up_are_one_series(house: House) -> None:
    for method in ("BREW", "PROPFIND", "X" * 300):
        assert call(house, method, "/api/v1/faults").status_code == 405
    assert samples(house)["rumskoll_api_requests_total", "other", "/api/v1/faults", "405"] == 3


def test_metrics_of_the_collector(house: House) -> None:
    found = samples(house)
    prefix = "rumskoll_collector"
    assert found[f"{prefix}_lag_points", "store"] == 12
    assert found[f"{prefix}_lag_seconds", "store"] == 7.5
    assert found[f"{prefix}_lag_seconds", "watch"] == 0
    assert found[f"{prefix}_last_step_timestamp_seconds", "watch"] == NOW / 1000 - 8
    assert found[f"{prefix}_outbox_limit_bytes",] == 2**30
    assert found[f"{prefix}_disk_free_bytes",] == 50 * 2**30
    # the newest of all of a source's devices
    assert found["rumskoll_source_last_message_timestamp_seconds", "av"] == NOW / 1000 - 60


def test_metrics_of_alerts_and_windows(house: House) -> None:
    assert samples(house)["rumskoll_alert_oldest_undelivered_age_seconds",] == 0
    alerts = house.state.alerts

    def told(state: AlertState, minutes_ago: int) -> int:
        at = NOW - minutes_ago * MIN
        return alerts.put(Alert(0, "anna", "faults", "", at, at, state=state, settled=at))

    told("dropped", 90)
    first, second = told("sent", 60), told("sent", 20)
    alerts.put_deliveries(
        [
            Delivery(first, "email", "delivered"),
            Delivery(first, "url:0123abcd", "failed"),
            Delivery(second, "email"),
            Delivery(second, "url:0123abcd"),
            Delivery(second, "url:4567abcd"),
        ]
    )
    hold = '{"id": "w", "from": "2026-11-23 %s", "lasts": "2h", "reason": "Service"}'
    for id_, start in (("now", "09:00"), ("later", "10:30")):
        house.state.windows.put(StoredWindow(id_, "lycksele", hold % start, NOW, "test"))
    found = samples(house)
    assert found["rumskoll_alerts", "sent"] == 2
    assert found["rumskoll_alerts", "waiting"] == 0
    assert found["rumskoll_alert_deliveries", "email", "waiting"] == 1
    assert found["rumskoll_alert_deliveries", "url", "waiting"] == 2
    assert found["rumskoll_alert_deliveries", "url", "failed"] == 1
    assert found["rumskoll_alert_oldest_undelivered_age_seconds",] == 20 * 60
    assert found["rumskoll_maintenance_windows_active", "lycksele"] == 1


def test_before_the_collector_has_run(house: House) -> None:
    house.state.live.keep_only("role", (), NOW)
    names = {name for name, *_ in samples(house)}
    assert "rumskoll_faults_open" in names
    assert not [name for name in names if name.startswith("rumskoll_collector")]


def test_the_description_is_complete(house: House) -> None:
    described = call(house, "GET", "/api/v1/openapi.json", headers=house.key()).json()
    assert set(described["paths"]) == {
        "/api/v1/rooms",
        "/api/v1/rooms/{room}",
        "/api/v1/rooms/{room}/occupancy",
        "/api/v1/rooms/{room}/timeline",
        "/api/v1/rooms/{room}/checkin",
        "/api/v1/rooms/{room}/corrections",
        "/api/v1/rooms/{room}/corrections/{correction}",
        "/api/v1/disputes",
        "/api/v1/disputes/{dispute}/answer",
        "/api/v1/statements",
        "/api/v1/statements/{month}/draft",
        "/api/v1/statements/{month}/issue",
        "/api/v1/statements/{number}",
        "/api/v1/statements/verify",
        "/api/v1/statements/{number}/diff",
        "/api/v1/statements/{number}/files/{path}",
        "/api/v1/utilisation",
        "/api/v1/peaks",
        "/api/v1/devices",
        "/api/v1/devices/{device}",
        "/api/v1/devices/{device}/history",
        "/api/v1/faults",
        "/api/v1/faults/summary",
        "/api/v1/faults/{fault}",
        "/api/v1/faults/{fault}/acknowledge",
        "/api/v1/faults/{fault}/snooze",
        "/api/v1/faults/{fault}/comment",
        "/api/v1/faults/{fault}/resolve",
        "/api/v1/maintenance",
        "/api/v1/maintenance/{window}",
        "/api/v1/alerts",
        "/api/v1/accounts",
        "/api/v1/stream",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["tags"]
            opened = path in ("/healthz", "/readyz")
            assert operation["security"] == ([] if opened else [{"key": []}, {"session": []}])
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    assert list(response["content"]) == ["application/problem+json"], path
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_a_taken_port() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            listen("127.0.0.1", port)
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)  # not an address of this computer
