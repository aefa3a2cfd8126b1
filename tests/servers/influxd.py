"""A real InfluxDB 1.6 (Debian's ``influxd``) of one's own: own port, own folder, own admin."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers.ports import free_port

ADMIN = ("admin", "admin-password")


class Influxd:
    """One server; what it keeps survives ``kill`` and ``start``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._rpc_port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within_s: float = 30) -> None:
        """Returns when the server answers."""
        self.folder.mkdir(exist_ok=True)
        program = shutil.which("influxd")
        assert program, "influxd is missing: apt install influxdb"
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program], env=os.environ | self._settings(), stdout=log, stderr=log
            )
        deadline = time.monotonic() + within_s
        while not self.answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, "influxd does not answer"
            time.sleep(0.05)

    def _settings(self) -> dict[str, str]:
        return {
            "INFLUXDB_HTTP_BIND_ADDRESS": f"127.0.0.1:{self.port}",
            "INFLUXDB_BIND_ADDRESS": f"127.0.0.1:{self._rpc_port}",
            "INFLUXDB_DATA_DIR": str(self.folder / "data"),
            "INFLUXDB_META_DIR": str(self.folder / "meta"),
            "INFLUXDB_DATA_WAL_DIR": str(self.folder / "wal"),
            "INFLUXDB_HTTP_AUTH_ENABLED": "true",
            "INFLUXDB_HTTP_LOG_ENABLED": "false",
            "INFLUXDB_REPORTING_DISABLED": "true",
            "INFLUXDB_MONITOR_STORE_ENABLED": "false",
        }

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/ping", timeout=1).status_code == 204
        except httpx.HTTPError:
            return False

    def create_admin(self) -> None:
        user, password = ADMIN
        self.ask(f"CREATE USER \"{user}\" WITH PASSWORD '{password}' WITH ALL PRIVILEGES")

    def ask(self, query: str, user: tuple[str, str] = ADMIN) -> httpx.Response:
        reply = httpx.post(f"{self.url}/query", data={"q": query}, auth=user, timeout=30)
        assert reply.status_code == 200, reply.text
        assert "error" not in reply.text, reply.text
        return reply

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """The server keeps its connections and answers nothing."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._running().send_signal(signal.SIGCONT)

    @property
    def pid(self) -> int:
        return self._running().pid

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "influxd is not running"
        return self._process

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.send_signal(signal.SIGCONT)  # a paused one would not hear the first
            self._process.wait(30)
            self._process = None


@pytest.fixture
def influxd(tmp_path: Path) -> Iterator[Influxd]:
    """Running, with the user ``ADMIN`` and no database."""
    server = Influxd(tmp_path / "influxd")
    server.start()
    try:
        server.create_admin()
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def shared_influxd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Influxd]:
    """One server for many tests, which use databases of their own and leave it running."""
    server = Influxd(tmp_path_factory.mktemp("influxd") / "influxd")
    server.start()
    try:
        server.create_admin()
        yield server
    finally:
        server.kill()
