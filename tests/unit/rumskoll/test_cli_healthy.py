"""``rumskoll healthy``: what containers ask."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from telling import refused, told

from rumskoll.commands.common import say
from storage.state import ServiceState
from tests.servers.ports import free_port

NOW = 1_795_000_000_000


def reported(at: int | None) -> None:
    Path("data").mkdir(exist_ok=True)
    state = ServiceState(Path("data/service.db"))
    if at is not None:
        state.live.put("role", {"collector": {"heartbeat": at}}, at)
    state.close()


@pytest.mark.parametrize(("age", "well"), [(0, True), (59_999, True), (60_000, False)])
def test_a_collector_that_reports(age: int, well: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumskoll.wiring.clock", lambda: NOW)
    reported(NOW - age)
    if well:
        assert told("healthy", "collector") == ""
    else:
        assert refused("healthy", "collector", code=1) == say("healthy.silent", seconds=60)


def test_a_collector_that_never_did() -> None:
    assert "service.db" in refused("healthy", "collector", code=1)
    reported(None)
    refused("healthy", "collector", code=1)


class _Answer(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


class _Ill(_Answer):
    status = 503


@pytest.mark.parametrize(("handler", "well"), [(_Answer, True), (_Ill, False)])
def test_an_api(handler: type[_Answer], well: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("RUMSKOLL_HOST", "0.0.0.0")
    monkeypatch.setenv("RUMSKOLL_PORT", str(server.server_port))
    try:
        if well:
            assert told("healthy", "api") == ""
        else:
            assert "503" in refused("healthy", "api", code=1)
    finally:
        server.shutdown()
        server.server_close()


def test_an_api_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_PORT", str(free_port()))
    assert "/healthz" in refused("healthy", "api", code=1)
