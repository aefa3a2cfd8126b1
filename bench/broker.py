"""A Mosquitto of one's own, set as docs/broker.md says, that tells who has subscribed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.waiting import until
from tests.servers.ports import free_port

_SETTINGS: Final = """\
listener {port} 127.0.0.1
allow_anonymous true
max_inflight_messages 1000
max_queued_messages 1000000
max_queued_bytes 1073741824
log_dest stderr
log_type error
log_type subscribe
"""


class Broker:
    """Running from construction to ``stop``."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        folder.mkdir()
        settings = folder / "mosquitto.conf"
        settings.write_text(_SETTINGS.format(port=self.port))
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [program("mosquitto"), "-c", str(settings)], stdout=log, stderr=log
            )

    def subscriptions(self, client: str) -> int:
        """How many times this client has subscribed so far."""
        return self._log.read_text().count(f" {client} 1 ")

    def wait_for_subscription(self, client: str, number: int) -> None:
        until(lambda: self.subscriptions(client) >= number, f"{client} does not subscribe")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def program(name: str) -> str:
    """Where a program is; Debian keeps servers in ``sbin``. Raises ``SystemExit``."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise SystemExit(
            f"{name} is not installed (Debian: apt install mosquitto mosquitto-clients, influxdb)"
        )
    return found
