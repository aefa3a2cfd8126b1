"""Publishing back, through a real broker: what stands there, retained, and what is cleared."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from collector.homeassistant import STATUS
from collector.link import Broker
from collector.publish import Publisher
from rooms.faults import Finding
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from storage.state import ServiceState
from tests.integration.sessions import site
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.waiting import until

pytestmark = pytest.mark.servers

ROOT = "rumskoll-state/arena"
GRANEN = f"{ROOT}/rooms/granen"
CONFIG = "homeassistant/device/rumskoll_arena_granen/config"


def now() -> int:
    return time.time_ns() // 1_000_000


def registry(rooms: str = "[{id: granen, name: Granen, capacity: 8}]") -> Registry:
    text = site(1).replace("[{id: granen, name: Granen, capacity: 8}]", rooms)
    return build_registry([parse_site(text, "rooms.yaml")])


class Screen:
    """What somebody sees who listens all the time: the last word on each topic."""

    def __init__(self, port: int, user: tuple[str, str] | None = None) -> None:
        self.seen: dict[str, bytes] = {}
        self.client = Client(CallbackAPIVersion.VERSION2)
        if user:
            self.client.username_pw_set(*user)
        self.client.on_connect = lambda client, *_: client.subscribe("#", 1)
        self.client.on_message = self._on_message
        self.client.reconnect_delay_set(1, 1)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        self.seen[message.topic] = bytes(message.payload)

    def put(self, topic: str, payload: bytes) -> None:
        """Leave something retained, as an earlier process would."""
        self.client.publish(topic, payload, qos=1, retain=True).wait_for_publish(10)

    def body(self, topic: str) -> dict[str, Any]:
        found = json.loads(self.seen.get(topic) or b"{}")
        assert isinstance(found, dict)
        return found

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


class House:
    def __init__(self, folder: Path) -> None:
        self.state = ServiceState(folder / "service.db")
        self.folder = folder
        self.registry = registry()
        self.watched = 0
        self.be("vacant")

    def be(self, state: str, room: str = "granen") -> None:
        body = {"state": state, "since": None, "people": None, "next_booking": None}
        self.state.live.put("room", {room: body}, now())

    def wrong(self, *findings: Finding) -> None:
        self.state.faults.settle(
            ("battery_low", "store_down"), findings, now(), lambda s: self.registry.place_of(s, 0)
        )

    def publisher(self, port: int, **more: Any) -> Publisher:
        given = {"home_assistant": True, "discovery_prefix": "homeassistant"} | more
        broker = Broker("127.0.0.1", port, "rumskoll-state", **given.pop("broker", {}))
        return Publisher(
            broker,
            ServiceState(self.folder / "service.db"),
            lambda: self.registry,
            clock=now,
            watched=lambda: self.watched,
            backoff=(0.05, 0.1),
            **given,
        )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.state.close()


@pytest.fixture
def screen(mosquitto: Mosquitto) -> Iterator[Screen]:
    made = Screen(mosquitto.port)
    yield made
    made.close()


@contextmanager
def running(publisher: Publisher) -> Iterator[Publisher]:
    thread = threading.Thread(target=publisher.run, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.stop()
        thread.join(10)
        assert not thread.is_alive()
        publisher.close()


def low(device: str = "d0") -> Finding:
    return Finding("battery_low", device, "", "warning", now() - 1000)


def test_rooms_and_faults_are_followed(mosquitto: Mosquitto, screen: Screen, house: House) -> None:
    with running(house.publisher(mosquitto.port)):
        until(lambda: screen.body(GRANEN).get("words") == "Ledigt")
        assert screen.seen[STATUS] == b"online"
        assert screen.body(CONFIG)["state_topic"] == GRANEN
        house.be("occupied")
        until(lambda: screen.body(GRANEN)["words"] == "Upptaget")
        house.wrong(low())
        (fault,) = house.state.faults.open()
        topic = f"{ROOT}/faults/{fault.id}"
        until(lambda: screen.body(topic).get("code") == "battery_low")
        until(lambda: screen.body(GRANEN)["problems"]["count"] == 1)
        late = Screen(mosquitto.port)  # who comes later sees it too: it is retained
        until(lambda: late.body(topic).get("code") == "battery_low")
        house.wrong()
        until(lambda: screen.seen[topic] == b"" == late.seen[topic])
        late.close()
    until(lambda: screen.seen[STATUS] == b"offline", "a wanted end is told as well")


def test_what_an_earlier_process_left_is_cleared(
    mosquitto: Mosquitto, screen: Screen, house: House
) -> None:
    stale = [
        f"{ROOT}/faults/0123456789ab",
        f"{ROOT}/rooms/gone",
        "homeassistant/device/rumskoll_arena_gone/config",
    ]
    others = [
        "rumskoll-state/elsewhere/rooms/granen",
        "homeassistant/device/rumskoll_elsewhere_granen/config",
        "homeassistant/device/lamp/config",
    ]
    for topic in stale + others:
        screen.put(topic, b'{"old": true}')
    with running(house.publisher(mosquitto.port)):
        until(lambda: all(screen.seen[topic] == b"" for topic in stale), lambda: screen.seen)
        until(lambda: screen.body(GRANEN))
        assert all(screen.seen[topic] for topic in others), "they are somebody else's"


def test_switched_off_home_assistant_forgets_us(
    mosquitto: Mosquitto, screen: Screen, house: House
) -> None:
    screen.put(CONFIG, b"{}")
    with running(house.publisher(mosquitto.port, home_assistant=False)):
        until(lambda: screen.seen[CONFIG] == b"")


def test_a_room_that_leaves_the_registry_is_cleared(
    mosquitto: Mosquitto, screen: Screen, house: House
) -> None:
    two = "[{id: granen, name: Granen, capacity: 8}, {id: tallen, name: Tallen, capacity: 4}]"
    house.registry = registry(two)
    gone = [f"{ROOT}/rooms/tallen", CONFIG.replace("granen", "tallen")]
    with running(house.publisher(mosquitto.port)):
        until(lambda: all(screen.seen.get(topic) for topic in gone))
        house.registry = registry()
        until(lambda: all(screen.seen[topic] == b"" for topic in gone))
        assert screen.seen[GRANEN]


def test_the_broker_forgets_and_comes_back(
    mosquitto: Mosquitto, screen: Screen, house: House
) -> None:
    """Without persistence nothing is retained there any more: all is published anew."""
    house.wrong(low())
    (fault,) = house.state.faults.open()
    with running(house.publisher(mosquitto.port)):
        until(lambda: screen.body(f"{ROOT}/faults/{fault.id}"))
        mosquitto.kill()
        house.be("occupied")
        house.wrong()
        mosquitto.start()
        late = Screen(mosquitto.port)
        until(lambda: late.body(GRANEN).get("words") == "Upptaget")
        assert f"{ROOT}/faults/{fault.id}" not in late.seen
        assert late.seen[STATUS] == b"online"
        late.close()


def test_rooms_are_unknown_while_the_watch_hangs(
    mosquitto: Mosquitto, screen: Screen, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.publish.WHOLE_MS", 0)
    publisher = house.publisher(mosquitto.port)
    with running(publisher):
        until(lambda: screen.body(GRANEN).get("state") == "vacant", "just started")
        publisher._started = 0
        until(lambda: screen.body(GRANEN)["state"] == "unknown")
        house.watched = now()
        until(lambda: screen.body(GRANEN)["state"] == "vacant")


def test_a_process_that_dies_is_offline_by_its_last_will(
    mosquitto: Mosquitto, screen: Screen, house: House
) -> None:
    publisher = house.publisher(mosquitto.port)

    def die(*_: Any) -> None:
        raise MemoryError

    publisher._step = die  # type: ignore[method-assign]
    with pytest.raises(MemoryError):  # its socket closes without a word
        publisher.run()
    publisher.close()
    until(lambda: screen.seen.get(STATUS) == b"offline")


@pytest.mark.parametrize("v5", [False, True])
def test_a_broker_that_forbids_it_is_told_of_once(
    make_mosquitto: MakeMosquitto, house: House, v5: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.publish.ECHO_S", 0.0)
    broker = make_mosquitto(user=("me", "pw"), rules="user me\ntopic read other/#\n")
    more = {"username": "me", "password": "pw", "v5": v5}
    with (
        structlog.testing.capture_logs() as logs,
        running(house.publisher(broker.port, broker=more)),
    ):
        until(lambda: [line for line in logs if line["log_level"] == "warning"])
        house.be("occupied")
        until(lambda: "granen" in str(house.state.live.all("room")))
    told = [line["reason"] for line in logs if line["log_level"] == "warning"]
    (line,) = told
    assert "the right to read and write rumskoll-state/#" in line
