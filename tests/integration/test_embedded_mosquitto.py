"""A Mosquitto that is started for a trial keeps what it holds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from rumskoll import embedded_broker
from tests.servers.ports import free_port
from tests.servers.waiting import until


@pytest.mark.servers
def test_mosquitto_can_keep_what_it_holds(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "broker"
    process = subprocess.Popen(embedded_broker.command("mosquitto", port, folder))
    try:
        until(lambda: process.poll() is not None or embedded_broker.listens(port))
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(10)
    assert (folder / "mosquitto.db").exists()
