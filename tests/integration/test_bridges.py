"""Bridges as processes between simulated equipment and the delivered Mosquitto, with its rights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.decoders import build_decoders
from devices.simulator.av.collabos import CollabOs
from devices.simulator.av.https import HttpsDevice
from devices.simulator.av.pjlink import PjLink
from devices.simulator.av.poly import Poly
from devices.simulator.av.roomos import RoomOs
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from tests.servers.secured import ALL, Person, Secured, secured
from tests.servers.waiting import until
from tests.unit.rumskoll.test_bridging import SITE

pytestmark = pytest.mark.servers

VC = "rumskoll/hus/granen/granen-vc"


def rooms(model: str, port: int, certificate: str | None) -> str:
    connect = {"host": "127.0.0.1", "port": port, "certificate": certificate}
    if certificate is None:
        del connect["certificate"]
    device = {**SITE["devices"][0], "model": model, "connect": connect}
    return yaml.safe_dump({**SITE, "devices": [device]}, sort_keys=False)


@contextmanager
def bridge(folder: Path, name: str, broker: Secured, text: str) -> Iterator[subprocess.Popen[str]]:
    """``rumskoll bridge NAME`` with the user that `mqtt-users` made for it."""
    (folder / "rooms.yaml").write_text(text, "utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith("RUMSKOLL_")} | {
        "RUMSKOLL_MQTT_URL": f"mqtt://127.0.0.1:{broker.port}",
        "RUMSKOLL_MQTT_USERNAME": f"bridge.{name}",
        "RUMSKOLL_MQTT_PASSWORD": broker.passwords[f"bridge.{name}"],
        "RUMSKOLL_BRIDGE_LOGINS": f"{name}: {{username: rumskoll, password: secret}}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "rumskoll", "bridge", name],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def house(tmp_path: Path, text: str) -> Iterator[tuple[Registry, Secured, Person]]:
    registry = build_registry([parse_site(text, "rooms.yaml")])
    with (
        secured(tmp_path / "mosquitto", registry) as broker,
        broker.client(ALL, topics=["rumskoll/#"]) as listener,
    ):
        yield registry, broker, listener


def last(listener: Person, topic: str) -> bytes | None:
    return next((payload for t, payload in reversed(listener.messages) if t == topic), None)


def equipment(listener: Person) -> dict[str, Any]:
    said = last(listener, f"{VC}/equipment")
    return json.loads(said) if said else {}


def test_a_call_reaches_the_collector_and_a_killed_bridge_is_missed(tmp_path: Path) -> None:
    with RoomOs() as device:
        text = rooms("cisco-roomos", device.port, device.certificate)
        with (
            house(tmp_path, text) as (registry, broker, listener),
            bridge(tmp_path, "roomos", broker, text) as process,
        ):
            until(lambda: equipment(listener).get("in_call") is False)
            until(lambda: last(listener, f"{VC}/status") == b"online")
            device.change({"SystemUnit": {"State": {"NumberOfActiveCalls": 1}}})
            until(lambda: equipment(listener).get("in_call") is True)
            said = last(listener, f"{VC}/equipment")
            assert said is not None
            decoded = build_decoders(registry)["av"].decode(f"{VC}/equipment", said)
            (partial,) = decoded.partials
            assert partial.fields["in_call"] == 1.0
            assert json.loads(str(partial.fields["peripherals"]))[0]["type"] == "TouchPanel"
            process.kill()
            until(lambda: last(listener, f"{VC}/status") == b"offline")


OTHERS: list[tuple[str, str, Callable[[], Any]]] = [
    ("poly", "poly-videoos", lambda: HttpsDevice(Poly(in_call=True).reply)),
    ("collabos", "logitech-collabos", lambda: HttpsDevice(CollabOs(state="IN_USE").reply)),
    ("pjlink", "pjlink-display", lambda: PjLink(password="secret", errors="010000")),
]


@pytest.mark.parametrize(("name", "model", "made"), OTHERS, ids=[name for name, _, _ in OTHERS])
def test_the_others_speak_too_and_say_goodbye(
    tmp_path: Path, name: str, model: str, made: Callable[[], Any]
) -> None:
    with made() as device:
        text = rooms(model, device.port, getattr(device, "certificate", None))
        with (
            house(tmp_path, text) as (_, broker, listener),
            bridge(tmp_path, name, broker, text) as process,
        ):
            until(lambda: last(listener, f"{VC}/status") == b"online")
            said = equipment(listener)
            assert said["online"] is True
            assert said.get("in_call", said.get("error_lamp")) in (True, 1)
            process.terminate()
            until(lambda: last(listener, f"{VC}/status") == b"offline")
            assert process.wait(20) == 0


def test_one_question_for_whoever_installs_it(tmp_path: Path) -> None:
    with RoomOs() as device:
        (tmp_path / "rooms.yaml").write_text(
            rooms("cisco-roomos", device.port, device.certificate), "utf-8"
        )
        env = {k: v for k, v in os.environ.items() if not k.startswith("RUMSKOLL_")}
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        command = [sys.executable, "-m", "rumskoll", "bridge", "roomos", "--try", "vc"]
        results = [
            subprocess.run(
                command,
                cwd=tmp_path,
                env=env | {"RUMSKOLL_BRIDGE_LOGINS": f"vc: {{username: rumskoll, password: {p}}}"},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            for p in ("secret", "wrong")
        ]
    good, bad = results
    assert json.loads(good.stdout)["equipment"]["standby"] is False
    assert (bad.returncode, "vc" in bad.stderr) == (1, True)
    assert "Traceback" not in bad.stderr
