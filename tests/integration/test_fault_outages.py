"""A broker that is restarted is no fault of the devices: real Mosquitto, real last wills."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.servers.collector import Collector
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]

DEVICES = [f"d{n}" for n in range(4)]
# silent after 2.5 s, or when it has been said to be offline for a second
ROOMS = "\n".join(
    [
        "id: arena",
        "name: Arenan",
        'opening_hours: {mon-fri: "08:00-17:00"}',
        "sources: [{id: egna, decoder: native}]",
        "rooms: [{id: granen, name: Granen, capacity: 8}]",
        "faults: {site: {device_silent: {offline: 1 s},",
        "                source_silent: {least: 1 s, offline: 1 s}}}",
        "devices:",
        *(f"  - {{id: {d}, source: egna, address: {d}, expect_every: 1 s}}" for d in DEVICES),
        "placements:",
        *(f"  - {{device: {d}, room: granen}}" for d in DEVICES),
    ]
)


class Device:
    """Speaks five times a second, comes back when the broker does, and leaves a last will."""

    def __init__(self, name: str, port: int) -> None:
        self._topic = f"rumskoll/arena/granen/{name}"
        self._client = paho.Client(CallbackAPIVersion.VERSION2, f"device-{name}")
        self._client.will_set(f"{self._topic}/status", "offline", 1, retain=True)
        self._client.on_connect = lambda client, *_: client.publish(
            f"{self._topic}/status", "online", 1, retain=True
        )
        self._client.reconnect_delay_set(1, 1)
        self._client.connect_async("127.0.0.1", port, keepalive=5)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._client.loop_start()
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.wait(0.2):  # how often it speaks
            with suppress(ValueError):
                if self._client.is_connected():
                    self._client.publish(f"{self._topic}/presence", '{"motion": false}', 1)

    def fall_silent(self) -> None:
        """The connection stays."""
        self._stopped.set()
        self._thread.join(10)

    def stop(self) -> None:
        self.fall_silent()
        self._client.loop_stop()
        self._client.disconnect()


@pytest.fixture
def broker(make_mosquitto: MakeMosquitto) -> Mosquitto:
    return make_mosquitto(persistence=True)


@pytest.fixture
def devices(broker: Mosquitto) -> Iterator[list[Device]]:
    devices = [Device(name, broker.port) for name in DEVICES]
    yield devices
    for device in devices:
        device.stop()


@pytest.fixture
def collector(broker: Mosquitto, devices: list[Device], tmp_path: Path) -> Iterator[Collector]:
    collector = Collector(tmp_path / "collector", ROOMS, mqtt_url=f"mqtt://127.0.0.1:{broker.port}")
    yield collector
    collector.kill()


def asked(collector: Collector, query: str) -> list[tuple[str, ...]]:
    path = collector.data / "service.db"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()
    except sqlite3.OperationalError:  # not yet there
        return []


def faults(collector: Collector) -> list[tuple[str, ...]]:
    """Of devices and sources, past ones too."""
    return asked(collector, "SELECT code, subject FROM fault WHERE subject != 'service'")


def heard(collector: Collector) -> list[int]:
    """When each device was heard last."""
    rows = asked(collector, "SELECT json_extract(body, '$.heard') FROM state WHERE kind = 'device'")
    return [int(at or 0) for (at,) in rows]


def heard_again(collector: Collector) -> Callable[[], bool]:
    """Has every device spoken since this was asked for the first time?"""
    newest = max(heard(collector), default=0)
    return lambda: len(heard(collector)) == len(DEVICES) and min(heard(collector)) > newest


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_broker_is_restarted(
    broker: Mosquitto, devices: list[Device], collector: Collector, how: str
) -> None:
    collector.start()
    until(heard_again(collector), collector.tail)
    again = heard_again(collector)
    getattr(broker, how)()
    until(lambda: not collector.state["connected"], collector.tail)
    later = collector.state["heartbeat"] + 7_000  # longer than any silence would be borne
    until(lambda: collector.state["heartbeat"] > later, collector.tail)
    broker.start()
    until(again, collector.tail, patience=60)
    assert faults(collector) == []
    # and if one does fall silent, it is told
    devices[0].fall_silent()
    until(lambda: faults(collector) == [("device_silent", "d0")], collector.tail)
    assert "Traceback" not in collector.log
