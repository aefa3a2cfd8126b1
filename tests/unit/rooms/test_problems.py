"""What is wrong right now: facts in, problems out."""

from __future__ import annotations

import json
import re

import pytest

from rooms.devicemodels import MODELS
from rooms.faults import Finding, problem_text
from rooms.faults.rules import CODES, problems_now
from rooms.readings import Value
from rooms.registry import Device, SourceDevice
from rooms.texts.problems import TEXTS

MIN = 60_000
NOW = 10_000 * MIN


def a(model: str = "generic-motion") -> SourceDevice:
    device = Device(id="d", source="s", address="x", model=model)
    return SourceDevice(
        "site", device, MODELS[model], MODELS[model].evidence, MODELS[model].expect_every
    )


def found(
    model: str = "generic-motion",
    *,
    heard: float | None = 0,
    watched: float = 5000,
    open_codes: tuple[str, ...] = (),
    at: float = 0,
    **latest: Value,
) -> list[Finding]:
    """Times in minutes ago; ``kind__field=value`` was told ``at`` minutes ago."""
    fields = {k.replace("__", "."): (NOW - round(at * MIN), v) for k, v in latest.items()}
    last = None if heard is None else NOW - round(heard * MIN)
    return problems_now(a(model), fields, last, NOW, NOW - round(watched * MIN), open_codes)


def brief(problems: list[Finding]) -> list[tuple[str, str, str]]:
    return [(p.code, p.severity, p.detail) for p in problems]


SILENT = [("device_silent", "warning", "")]


@pytest.mark.parametrize(
    ("model", "heard", "watched", "expected"),
    [
        ("generic-motion", 25, 5000, []),  # 2.5 x 10 min
        ("generic-motion", 25.1, 5000, SILENT),
        ("elsys-ers", 45, 5000, []),  # LoRaWAN: 4.5 x 10 min
        ("elsys-ers", 45.1, 5000, SILENT),
        ("cisco-roomos", 13, 5000, [("device_silent", "error", "")]),
        ("generic-motion", 300, 9.9, []),  # one interval of grace after a start
        ("generic-motion", 300, 10.1, SILENT),
        ("generic-motion", None, 25, []),
        ("generic-motion", None, 25.1, SILENT),
    ],
)
def test_silence(model: str, heard: float | None, watched: float, expected: list) -> None:
    problems = found(model, heard=heard, watched=watched)
    assert brief(problems) == expected
    for problem in problems:
        assert problem.since == NOW - round((watched if heard is None else heard) * MIN)


def test_offline_for_two_minutes() -> None:
    assert found(status__online=0.0, at=1.9) == []
    assert brief(found(status__online=0.0, at=2)) == SILENT
    assert found(status__online=1.0, at=5) == []


def test_a_message_after_the_last_will_is_a_sign_of_life() -> None:
    latest: dict[str, tuple[int, Value]] = {
        "status.online": (NOW - 5 * MIN, 0.0),
        "climate.co2_ppm": (NOW - 4 * MIN, 500.0),
    }
    assert problems_now(a(), latest, NOW - 4 * MIN, NOW, 0) == []


def test_a_bridge_that_cannot_reach_its_equipment() -> None:
    assert brief(found("pjlink-display", equipment__online=0.0)) == SILENT


def test_battery_clears_later_than_it_opens() -> None:
    low = [("battery_low", "warning", "")]
    assert brief(found(health__battery_pct=19.0)) == low
    assert found(health__battery_pct=20.0) == []
    assert brief(found(health__battery_pct=25.0, open_codes=("battery_low",))) == low
    assert found(health__battery_pct=25.1, open_codes=("battery_low",)) == []


def test_error_flags() -> None:
    flags = {
        "equipment__error_fan": 2.0,
        "equipment__error_lamp": 1.0,
        "equipment__error_cover": 0.0,
    }
    assert brief(found("pjlink-display", **flags)) == [
        ("equipment_error", "error", "fan"),
        ("equipment_warning", "warning", "lamp"),
    ]


def test_diagnostics() -> None:
    entries = [
        {"level": "Critical", "type": "T1", "description": "No network"},
        {"level": "Error", "type": "TouchPanelConnection"},
        {"level": "Warning", "type": "T3", "description": "Old firmware"},
        {"level": "OK", "type": "T4"},
        "nonsense",
        {"level": None},
    ]
    assert brief(found("cisco-roomos", equipment__diagnostics=json.dumps(entries))) == [
        ("equipment_error", "error", "No network"),
        ("equipment_error", "error", "TouchPanelConnection"),
        ("equipment_warning", "warning", "Old firmware"),
    ]


def test_missing_peripherals_are_told_apart() -> None:
    entries = [
        {"id": "1", "name": "Quad Camera", "type": "Camera", "connected": False},
        {"id": "2", "name": "Table Mic", "type": "Microphone", "connected": True},
        {"id": "3", "name": "Table Mic", "type": "Microphone", "connected": False},
        {"id": "4", "name": "", "type": "TouchPanel", "connected": False},
        {"id": "5", "name": "Clock", "type": "Other", "connected": False},
        {"id": "6", "name": "Unsaid", "type": "Camera"},
    ]
    problems = found("cisco-roomos", equipment__peripherals=json.dumps(entries), at=65)
    assert {(p.code, p.severity, p.since) for p in problems} == {
        ("peripheral_missing", "error", NOW - 65 * MIN)
    }
    assert [problem_text("sv", p.code, p.detail, "08.55") for p in problems] == [
        "Kameran (Quad Camera) saknas sedan 08.55",
        "Mikrofonen (Table Mic 3) saknas sedan 08.55",
        "Pekpanelen (4) saknas sedan 08.55",
        "Clock saknas sedan 08.55",
    ]


@pytest.mark.parametrize("told", ["", "[", "{}", "3", "null", '["x", 1, null]'])
def test_lists_of_any_shape(told: str) -> None:
    latest = {"equipment__peripherals": told, "equipment__diagnostics": told}
    assert found("cisco-roomos", **latest) == []


def test_words() -> None:
    assert (
        problem_text("sv", "peripheral_missing", "camera", "08.55") == "Kameran saknas sedan 08.55"
    )
    assert problem_text("en", "device_silent", "", "08:55") == "Not heard from since 08:55"
    assert problem_text("sv", "equipment_error", "other: a {b}", "08.55") == (
        "Fel sedan 08.55: other: a {b}"
    )
    assert problem_text("sv", "equipment_error", "fan", "08.55") == (
        "Fläkten är trasig (sedan 08.55)"
    )
    assert "new_code" in problem_text("en", "new_code", "", "08:55")


def test_every_code_has_words_that_tell_since_when() -> None:
    assert all(f"problem.{code}" in TEXTS for code in CODES)
    for swedish, english in TEXTS.values():
        assert set(re.findall(r"{\w+}", swedish)) == set(re.findall(r"{\w+}", english))
        assert "sedan {since}" in swedish
        assert "since {since}" in english
