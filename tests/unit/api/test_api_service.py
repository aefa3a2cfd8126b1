"""Metrics, the API's own description, and serving on a real port."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from api.server import CannotListen, PortTaken, listen
from storage.outbox import Account
from tests.browser.served import free_port, served
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
                if status != "200":
                    assert list(response["content"]) == ["application/problem+json"], path
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_the_api_keeps_to_its_description(house: House) -> None:
    """Requests made up from the description: no 500, and only what it promises."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.app, headers=house.key())
    headers = house.key("maintainer")
    promised = [
        checks.not_a_server_error,
        checks.CHECKS.get_one("status_code_conformance"),
        checks.CHECKS.get_one("content_type_conformance"),
        checks.CHECKS.get_one("response_schema_conformance"),
    ]
    tried = 0
    for result in schema.exclude(path="/api/v1/stream").get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def conforms(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers, checks=promised)

        conforms()
        tried += 1
    assert tried == 9


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo house on a free port, in a process of its own."""
    port = free_port()
    with served(tmp_path, port) as process:
        yield process, f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_though_a_stream_is_open(
    serving: tuple[subprocess.Popen[str], str], sign: signal.Signals
) -> None:
    process, url = serving
    with httpx.stream("GET", f"{url}/api/v1/stream?after=0") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "server" not in answer.headers
        lines = answer.iter_lines()
        assert next(lines) == "retry: 3000"
        assert any(line == "event: room" for line in lines)
        os.kill(process.pid, sign)
        assert process.wait(timeout=20) == 0
    assert process.stdout is not None
    assert process.stdout.read() == ""  # no traceback, no noise


def test_a_taken_port() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            listen("127.0.0.1", port)
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)  # not an address of this computer
