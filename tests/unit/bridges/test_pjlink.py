"""PJLink over a real socket: states, passwords, and answers that go wrong."""

from __future__ import annotations

from typing import Any

import pytest
from watching import told

from devices.bridges import pjlink
from devices.bridges.base import BadAnswer, Lost, Refused
from devices.bridges.pjlink import BRIDGE
from devices.simulator.av.faults import Fault
from devices.simulator.av.pjlink import PjLink

NO_ERRORS = {f"error_{flag}": 0 for flag in ("fan", "lamp", "temperature", "cover", "filter")}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pjlink, "ANSWER_WITHIN_S", 0.3)


def equipment(projector: PjLink, **target: Any) -> dict[str, Any]:
    with projector:
        (one,) = told(BRIDGE, projector.port, **target)
    return one["equipment"]


def test_a_projector_that_is_on() -> None:
    projector = PjLink(lamps=((1000, True), (50, False)), muted=True, errors="010020")
    assert equipment(projector) == {
        "online": True,
        "power": "on",
        "input": "Digital 1",
        "lamp_h": 1000,
        "muted": True,
        "error_fan": 0,
        "error_lamp": 1,
        "error_temperature": 0,
        "error_cover": 0,
        "error_filter": 2,
        "error_other": 0,
    }


def test_class_2_names_its_terminals_and_its_software() -> None:
    got = equipment(PjLink(class_=2, input="32"))
    assert (got["input"], got["firmware"]) == ("HDMI 2", "2.11")


@pytest.mark.parametrize("power", ["standby", "cooling", "warming"])
def test_states_that_are_no_faults(power: str) -> None:
    got = equipment(PjLink(power=power))
    assert got == {"online": True, "power": power, "lamp_h": 1200, "error_other": 0, **NO_ERRORS}


def test_a_display_without_lamps() -> None:
    assert "lamp_h" not in equipment(PjLink(lamps=()))


def test_the_right_password() -> None:
    assert equipment(PjLink(password="JBMIAProjectorLink"), password="JBMIAProjectorLink")["online"]


def test_the_digest_of_the_specification() -> None:
    """Its example: random number 498e4a67 and password JBMIAProjectorLink."""
    with PjLink(password="JBMIAProjectorLink") as projector:
        talk = pjlink._Conversation(pjlink.Target("d", "127.0.0.1", projector.port))
        with pytest.raises(Refused, match="wants a password"), talk:
            pass
    target = pjlink.Target("d", "127.0.0.1", projector.port, password="JBMIAProjectorLink")
    with projector, pjlink._Conversation(target) as talk:
        assert talk._digest == "5d8409bc1c3fa39749434aa3a5c38682"


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password(password: str) -> None:
    with PjLink(password="right") as projector, pytest.raises(Refused):
        told(BRIDGE, projector.port, password=password)


@pytest.mark.parametrize("fault", ["drop", "half", "slow", "garbage"])
def test_answers_that_go_wrong(fault: Fault) -> None:
    with PjLink(fault=fault) as projector, pytest.raises(Lost):
        told(BRIDGE, projector.port)


def test_nobody_there() -> None:
    with PjLink() as projector:
        port = projector.port
    with pytest.raises(Lost):
        told(BRIDGE, port)


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ("%1POWR=3\r", {"power": "warming"}),
        ("%1powr=0\r", {"power": "standby"}),
        ("%1INPT=5B\r\n", {"input": "Network B"}),
        ("%1AVMT=11\r", {"muted": False}),
        ("%1LAMP=7 0 900 1\r", {"lamp_h": 900}),
        ("%1POWR=1\r%1INPT=21\r", {"power": "on", "input": "Video 1"}),
        ("%1POWR=ERR3\r", {}),
        ("%1ERST=ERR4\r", {"error_other": 2}),
        ("%2FILT=4711\r", {}),
        ("%1NAME=Kök & bar\r", {}),
        ("PJLINK ERRA\r", {}),
    ],
)
def test_reading(answer: str, fields: dict[str, Any]) -> None:
    assert BRIDGE.read(answer.encode(), "") == {"equipment": {"online": True, **fields}}


@pytest.mark.parametrize(
    "answer",
    ["", "\r", "hello", "%1POWR=9", "%1INPT=7", "%1ERST=00000", "%1LAMP=a 1", "%1POWR", "%"],
)
def test_what_makes_no_sense(answer: str) -> None:
    with pytest.raises(BadAnswer):
        BRIDGE.read(answer.encode(), "")
