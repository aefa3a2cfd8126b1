"""A real Mosquitto of one's own: own configuration, own port, own folder."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.servers.certificates import self_signed
from tests.servers.ports import free_port
from tests.servers.waiting import until

_SBIN = "/usr/sbin"  # where Debian puts it, which is not on everybody's PATH


class Mosquitto:
    """One broker; with ``persistence`` what it holds survives ``stop`` and ``start``."""

    def __init__(
        self,
        folder: Path,
        *,
        user: tuple[str, str] | None = None,
        rules: str = "",
        tls: bool = False,
        inflight: int = 100,
        persistence: bool = False,
    ) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = free_port()
        self.user = user
        self.certificate = self_signed(folder) if tls else None
        lines = [
            f"user {getpass.getuser()}",
            f"listener {self.port} 127.0.0.1",
            f"max_inflight_messages {inflight}",
            "max_queued_messages 1000000",
            "max_queued_bytes 536870912",
        ]
        if self.certificate:
            lines += [f"certfile {self.certificate}", f"keyfile {self.certificate}"]
        if persistence:
            lines += ["persistence true", f"persistence_location {folder}/"]
        if user:
            self._command("mosquitto_passwd", "-b", "-c", str(folder / "users"), *user)
            lines += [f"password_file {folder / 'users'}"]
        if rules:
            (folder / "rules").write_text(rules)
            lines += [f"acl_file {folder / 'rules'}"]
        lines += [f"allow_anonymous {'false' if user else 'true'}"]
        (folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when somebody may connect."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("mosquitto"), "-c", self.folder / "mosquitto.conf"],
                stdout=log,
                stderr=log,
            )
        until(self._listens, lambda: self.log)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self) -> None:
        """Orderly: what it is to keep, it writes down."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as probe:
                if self.certificate:
                    context = ssl.create_default_context(cafile=self.certificate)
                    context.wrap_socket(probe, server_hostname="127.0.0.1").close()
        except OSError:
            return False
        return True

    @staticmethod
    def _command(name: str, *arguments: str) -> None:
        subprocess.run([_program(name), *arguments], check=True, capture_output=True)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}{_SBIN}")
    assert found, f"{name} is missing: apt install mosquitto"
    return found


class MakeMosquitto(Protocol):
    def __call__(
        self,
        *,
        user: tuple[str, str] | None = None,
        rules: str = "",
        tls: bool = False,
        inflight: int = 100,
        persistence: bool = False,
    ) -> Mosquitto: ...


@pytest.fixture
def make_mosquitto(tmp_path: Path) -> Iterator[MakeMosquitto]:
    """Makes running brokers, which end with the test."""
    made: list[Mosquitto] = []

    def make(**options: object) -> Mosquitto:
        broker = Mosquitto(tmp_path / f"mosquitto{len(made)}", **options)  # type: ignore[arg-type]
        made.append(broker)
        broker.start()
        return broker

    try:
        yield make
    finally:
        for broker in made:
            broker.kill()


@pytest.fixture
def mosquitto(make_mosquitto: MakeMosquitto) -> Mosquitto:
    return make_mosquitto()
