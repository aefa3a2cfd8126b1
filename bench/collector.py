"""The collector as the real process, with the store that was asked for."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from bench.broker import Broker
from bench.site import rooms_yaml
from bench.subscribers import cpu_of
from bench.waiting import until

_ALL: Final = "SELECT sum(messages) FROM account WHERE outcome NOT IN ('missing', 'refused')"
_OPEN: Final = """
    SELECT count(*) FROM chunk WHERE id > coalesce(
        (SELECT chunk FROM progress WHERE consumer = 'store'), 0)
"""


class Collector:
    """A ``Subscriber``. Files in ``folder`` outlive its restarts, as in service."""

    name = "collector"
    base = "rumskoll"

    def __init__(self, folder: Path, store: str, login: tuple[str, str]) -> None:
        folder.mkdir()
        (folder / "rooms.yaml").write_text(rooms_yaml(self.base))
        self._folder = folder
        self.store = store
        self.login = login  # at InfluxDB
        self._outbox: sqlite3.Connection | None = None

    def start(self, broker: Broker, count: int) -> None:
        del count
        before = broker.subscriptions(self.base)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rumskoll", "role", "collector"],
                env=self._env(broker.port),
                cwd=self._folder,
                stderr=log,
            )
        broker.wait_for_subscription(self.base, before + 1)
        file = self._folder / "data" / "outbox.db"
        self._outbox = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
        self._taken = self._count(_ALL)

    def _env(self, port: int) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if "RUMSKOLL_" not in name}
        env |= {
            "RUMSKOLL_DEMO": "true",
            "RUMSKOLL_ROOMS": "rooms.yaml",
            "RUMSKOLL_DATA": "data",
            "RUMSKOLL_MQTT_URL": f"mqtt://127.0.0.1:{port}",
            "RUMSKOLL_MQTT_CLIENT_ID": self.base,
            "RUMSKOLL_LOG_LEVEL": "warning",
            "RUMSKOLL_STORE": self.store,
            "RUMSKOLL_INFLUX_USER": self.login[0],
            "RUMSKOLL_INFLUX_TOKEN": self.login[1],
        }
        return env

    def wait(self, count: int) -> float:
        """Until the outbox has committed so many more: they are safe, and acknowledged."""
        self._taken += count
        at = until(lambda: self._count(_ALL) >= self._taken, "messages are missing")
        if self._count(f"{_ALL} AND outcome = 'stored'") != self._taken:
            raise SystemExit("the collector counts more messages than were published")
        return at

    def wait_stored(self) -> float:
        """Until the store has confirmed all of them."""
        return until(lambda: not self._count(_OPEN), "the store lacks readings")

    def wait_done(self) -> float:
        """Until the live state has taken them in too."""
        return until(lambda: not self._count("SELECT count(*) FROM chunk"), "the outbox stays full")

    def wait_settled(self) -> None:
        """Until its start is over: its CPU time stands nearly still."""
        used = [-1.0]

        def calm() -> bool:
            used.append(self.cpu())
            return used[-1] - used[-2] <= 0.02

        until(calm, "the collector does not come to rest", every_s=0.25)

    def _count(self, query: str) -> int:
        assert self._outbox is not None
        return self._outbox.execute(query).fetchone()[0] or 0

    def cpu(self) -> float:
        return cpu_of(self._process)

    def rss_mb(self) -> float:
        return float(psutil.Process(self._process.pid).memory_info().rss / 1e6)

    def peak_mb(self) -> float:
        """The kernel's high-water mark of ``rss_mb``."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6

    @contextmanager
    def running(self, broker: Broker) -> Iterator[None]:
        """Started and at rest."""
        self.start(broker, 0)
        try:
            self.wait_settled()
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        if self._outbox is not None:
            self._outbox.close()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)
        said = (self._folder / "log").read_text()
        if said:
            print(said, file=sys.stderr)
            (self._folder / "log").write_text("")
