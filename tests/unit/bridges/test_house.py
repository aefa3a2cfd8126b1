"""The simulated house behind real sockets: what the simulation says is what bridges hear."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from watching import told

from devices.bridges import BRIDGES
from devices.bridges.roomos import session
from devices.simulator.av.certificate import own_certificate
from devices.simulator.av.house import CannotAnswer, Equipment
from devices.simulator.message import Message
from rooms.registry import Registry, Site
from tests.servers.ports import free_port

MODELS = {
    "roomos": "cisco-roomos",
    "poly": "poly-videoos",
    "collabos": "logitech-collabos",
    "pjlink": "pjlink-display",
}
CALL = {"online": True, "standby": False, "in_call": True, "muted": False}
CAMERA = {"id": "camera-1", "name": "Camera", "type": "camera", "connected": True}
TROUBLE = {"level": "Error", "type": "Fan", "description": "It stands still"}
PARTS = {"peripherals": [CAMERA], "diagnostics": []}
BROKEN = {"peripherals": [{**CAMERA, "connected": False}], "diagnostics": [TROUBLE]}


def site(ports: dict[str, int]) -> Registry:
    devices: list[dict[str, Any]] = [
        {
            "id": name,
            "source": "av",
            "address": name,
            "model": MODELS[name],
            "connect": {"host": "127.0.0.1", "port": port},
        }
        for name, port in ports.items()
    ]
    far = {"id": "far", "source": "av", "address": "far", "model": "cisco-roomos"}
    devices.append({**far, "connect": {"host": "10.0.0.5", "port": 443}})
    given = {
        "id": "hus",
        "name": "Huset",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": "av", "decoder": "native"}],
        "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
        "devices": devices,
    }
    return Registry([Site.model_validate(given)])


def equipment(device: str, **fields: Any) -> Message:
    topic = f"rumskoll/hus/granen/{device}/equipment"
    return Message(0, topic, json.dumps(fields).encode(), device)


@pytest.fixture
def ports() -> dict[str, int]:
    return {name: free_port() for name in MODELS}


@pytest.fixture
def house(ports: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Equipment]:
    monkeypatch.setattr(session, "_SETTLED_S", 0.05)
    with Equipment(site(ports)) as made:
        yield made


def heard(name: str, ports: dict[str, int]) -> dict[str, Any]:
    login: dict[str, str] = {"username": "rumskoll", "password": "secret"}
    if name == "pjlink":
        login = {}
    else:
        login["certificate"] = own_certificate()[1]
    (one,) = told(BRIDGES[name], ports[name], **login)
    return one["equipment"]


def test_a_roomos_in_a_call(house: Equipment, ports: dict[str, int]) -> None:
    assert house.takes(equipment("roomos", **CALL, **PARTS, people=3, room_in_use=True))
    said = heard("roomos", ports)
    assert (said["in_call"], said["standby"], said["muted"]) == (True, False, False)
    assert (said["people"], said["room_in_use"]) == (3, True)
    assert said["diagnostics"] == []


def test_what_breaks_and_is_mended(house: Equipment, ports: dict[str, int]) -> None:
    house.takes(equipment("roomos", **CALL, **BROKEN))
    said = heard("roomos", ports)
    cameras = [part for part in said["peripherals"] if part["type"] == "Camera"]
    assert [camera["connected"] for camera in cameras] == [False]
    assert [message["description"] for message in said["diagnostics"]] == ["It stands still"]
    house.takes(equipment("roomos", **CALL, **PARTS))
    said = heard("roomos", ports)
    assert [p["connected"] for p in said["peripherals"] if p["type"] == "Camera"] == [True]
    assert said["diagnostics"] == []


def test_a_sleeping_roomos_does_not_count(house: Equipment, ports: dict[str, int]) -> None:
    asleep = {**CALL, "in_call": False, "standby": True}
    house.takes(equipment("roomos", **asleep, room_in_use=False))
    said = heard("roomos", ports)
    assert said["standby"] is True
    assert "people" not in said


def test_poly(house: Equipment, ports: dict[str, int]) -> None:
    house.takes(equipment("poly", **CALL, **BROKEN))
    said = heard("poly", ports)
    assert (said["in_call"], said["standby"]) == (True, False)
    assert [message["type"] for message in said["diagnostics"]] == ["mr.camera"]


def test_collabos(house: Equipment, ports: dict[str, int]) -> None:
    house.takes(equipment("collabos", **CALL, **BROKEN, people=2))
    said = heard("collabos", ports)
    assert (said["in_call"], said["people"]) == (True, 2)
    cameras = [part for part in said["peripherals"] if part["type"] == "camera"]
    assert [camera["connected"] for camera in cameras] == [False]


def test_a_projector(house: Equipment, ports: dict[str, int]) -> None:
    flags = {f"error_{name}": 0 for name in ("fan", "lamp", "temperature", "cover", "filter")}
    house.takes(
        equipment("pjlink", power="on", lamp_h=1234, **flags | {"error_lamp": 2}, error_other=1)
    )
    said = heard("pjlink", ports)
    assert (said["power"], said["lamp_h"]) == ("on", 1234)
    assert {name: said[f"error_{name}"] for name in ("fan", "lamp", "other")} == {
        "fan": 0,
        "lamp": 2,
        "other": 1,
    }


def test_what_it_takes_is_not_published(house: Equipment) -> None:
    for name in MODELS:
        assert house.takes(Message(0, f"rumskoll/hus/granen/{name}/status", b"online", name))
    assert not house.takes(equipment("far", **CALL))
    assert not house.takes(Message(0, "zigbee2mqtt/bridge/state", b"{}"))


def test_the_past_does_not_name_parts_that_the_equipment_names_itself(house: Equipment) -> None:
    kept = house.before(equipment("poly", **CALL, **PARTS, firmware="simulated 1.0"))
    assert json.loads(kept.payload) == CALL
    for other in (equipment("far", **CALL, **PARTS), Message(0, "a/status", b"online", "poly")):
        assert house.before(other) == other


def test_garbled_is_no_change(house: Equipment, ports: dict[str, int]) -> None:
    house.takes(equipment("poly", **CALL))
    assert house.takes(equipment("poly")._replace(payload=b'{"in_call": fal'))
    assert heard("poly", ports)["in_call"] is True


def test_a_taken_port_is_told(ports: dict[str, int]) -> None:
    with socket.create_server(("127.0.0.1", ports["pjlink"])) as taken:
        with pytest.raises(CannotAnswer) as raised, Equipment(site(ports)):
            pass
        assert raised.value.args[:2] == ("pjlink", taken.getsockname()[1])
    with Equipment(site(ports)):  # those that were open before are closed again
        pass
