"""Poly VideoOS and Logitech CollabOS over real TLS sockets: states, log-ins, what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from watching import told

from devices.bridges import BRIDGES, https
from devices.bridges.base import Bridge, Lost, Refused, Target, Told
from devices.simulator.av.collabos import CollabOs
from devices.simulator.av.faults import Fault
from devices.simulator.av.https import HttpsDevice
from devices.simulator.av.poly import Poly

KINDS: list[tuple[Bridge, Callable[[], Poly | CollabOs]]] = [
    (BRIDGES["poly"], Poly),
    (BRIDGES["collabos"], CollabOs),
]
each = pytest.mark.parametrize(("bridge", "made"), KINDS, ids=["poly", "collabos"])


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "ANSWER_WITHIN_S", 0.5)


def seen(bridge: Bridge, device: Poly | CollabOs, password: str = "secret") -> Told:
    with HttpsDevice(device.reply) as server:
        (one,) = told(
            bridge,
            server.port,
            username="admin",
            password=password,
            certificate=server.certificate,
        )
    return one


def test_a_poly_in_a_call() -> None:
    device = Poly(in_call=True, muted=True, sharing=True, down=("mr.camera", "sipserver"))
    assert seen(BRIDGES["poly"], device) == {
        "equipment": {
            "online": True,
            "standby": False,
            "firmware": "4.1.0",
            "in_call": True,
            "muted": True,
            "sharing": True,
            "peripherals": [
                {
                    "id": "microphone-0",
                    "name": "Table microphone",
                    "type": "microphone",
                    "connected": True,
                }
            ],
            "diagnostics": [
                {"level": "Error", "type": "mr.camera", "description": "down"},
                {"level": "Warning", "type": "sipserver", "description": "down"},
            ],
        },
        "health": {"uptime_s": 4711.5},
    }


def test_a_poly_asleep_says_that_nothing_is_wrong() -> None:
    got = seen(BRIDGES["poly"], Poly(asleep=True))["equipment"]
    assert (got["standby"], got["in_call"], got["sharing"]) == (True, False, False)
    assert got["diagnostics"] == []


def test_a_rally_bar_in_a_call() -> None:
    device = CollabOs(state="IN_USE", muted=True, people=4, camera=False)
    got = seen(BRIDGES["collabos"], device)
    assert got["climate"] == {"co2_ppm": 640, "temperature_c": 21.5, "humidity_pct": 33}
    parts = {part["id"]: part["connected"] for part in got["equipment"].pop("peripherals")}
    assert parts == {
        "camera-1": False,
        "microphone-1": True,
        "display-1": True,
        "microphone-33": True,
    }
    assert got["equipment"] == {
        "online": True,
        "firmware": "1.15.200",
        "in_call": True,
        "muted": True,
        "people": 4,
    }


def test_an_older_rally_bar_does_not_count() -> None:
    got = seen(BRIDGES["collabos"], CollabOs())
    assert "people" not in got["equipment"]
    assert got["equipment"]["in_call"] is False


@each
def test_a_wrong_password(bridge: Bridge, made: Callable[[], Any]) -> None:
    with pytest.raises(Refused, match="password is wrong"):
        seen(bridge, made(), "wrong")


@each
@pytest.mark.parametrize("fault", ["drop", "half", "slow"])
def test_answers_that_go_wrong(bridge: Bridge, made: Callable[[], Any], fault: Fault) -> None:
    with HttpsDevice(made().reply, fault=fault) as server, pytest.raises(Lost):
        told(bridge, server.port, password="secret", certificate=server.certificate)


@each
def test_what_is_something_else(bridge: Bridge, made: Callable[[], Any]) -> None:
    with HttpsDevice(made().reply, fault="garbage") as server, pytest.raises(Refused):
        told(bridge, server.port, password="secret", certificate=server.certificate)


@each
@pytest.mark.parametrize("certificate", [None, ":".join(["ab"] * 32)])
def test_no_password_for_another_certificate(
    bridge: Bridge, made: Callable[[], Any], certificate: str | None
) -> None:
    device = made()
    with HttpsDevice(device.reply) as server, pytest.raises(Refused, match="certificate"):
        told(bridge, server.port, password="secret", certificate=certificate)
    assert device.log_ins == 0


@each
def test_it_logs_in_again_when_the_session_is_over(
    bridge: Bridge, made: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    device = made()
    stop, heard = Event(), list[Told]()

    def tell(what: Told) -> None:
        heard.append(what)
        if len(heard) == 2:
            stop.set()
        device.log_out() if isinstance(device, Poly) else device.expire()
        device.muted = True

    monkeypatch.setattr(f"devices.bridges.{bridge.name}._EVERY_S", 0.0)
    with HttpsDevice(device.reply) as server:
        target = Target("vc", "127.0.0.1", server.port, server.certificate, "admin", "secret")
        bridge.watch(target, tell, stop)
    assert device.log_ins == 2
    assert [one["equipment"]["muted"] for one in heard] == [False, True]
