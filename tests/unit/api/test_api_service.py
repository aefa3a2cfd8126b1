"""Metrics, the API's own description, and serving on a real port."""

from __future__ import annotations

import pytest

from api.server import CannotListen, PortTaken, listen
from storage.outbox import Account
from tests.unit.api.house import House
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
        'rumskoll_problems{code="device_silent",severity="warning"} 1.0',
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
        "/api/v1/utilisation",
        "/api/v1/peaks",
        "/api/v1/devices",
        "/api/v1/devices/{device}",
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
