"""Which people a fault reaches, by which routes, and how."""

from __future__ import annotations

from typing import Any

import pytest

from rooms.alerts.message import Recipient
from rooms.alerts.routes import listeners, next_escalation, reached
from rooms.faults import Fault, Severity
from rooms.registry import Registry, Site

NOW = 1_795_424_400_000
PEOPLE = [
    Recipient(id_, id_, "sv", "a@b.se", (), id_ != "carin") for id_ in ("anna", "bo", "carin")
]


def registry(*routes: dict[str, Any]) -> Registry:
    site = {
        "id": "s",
        "name": "S",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": "av", "decoder": "native"}],
        "rooms": [
            {"id": "granen", "name": "Granen", "capacity": 8},
            {"id": "tallen", "name": "Tallen", "capacity": 4},
        ],
        "devices": [
            {"id": "vc", "source": "av", "address": "vc", "model": "cisco-roomos"},
            {"id": "pir", "source": "av", "address": "pir", "model": "generic-motion"},
        ],
        "placements": [{"device": "vc", "room": "granen"}, {"device": "pir", "room": "tallen"}],
        "alerts": {"routes": list(routes)},
    }
    return Registry([Site.model_validate(site)])


def fault(
    code: str = "peripheral_missing",
    subject: str = "vc",
    severity: Severity = "error",
    **more: Any,
) -> Fault:
    return Fault("f", code, subject, "", severity, NOW, "s", **more)


VC = fault(room="granen")
SOURCE = fault("source_silent", "source:av", members=("vc", "pir"))


@pytest.mark.parametrize(
    ("route", "one", "matches"),
    [
        ({}, VC, True),
        ({"rooms": ["granen"]}, VC, True),
        ({"rooms": ["tallen"]}, VC, False),
        ({"kinds": ["vc", "panel"]}, VC, True),
        ({"kinds": ["sensor"]}, VC, False),
        ({"codes": ["peripheral_missing"]}, VC, True),
        ({"codes": ["device_silent"]}, VC, False),
        ({"severity": ["error"]}, VC, True),
        ({"severity": ["info", "warning"]}, VC, False),
        ({"rooms": ["granen"], "codes": ["device_silent"]}, VC, False),  # all that is given
        ({"rooms": ["tallen"]}, SOURCE, True),  # of one of its devices
        ({"kinds": ["vc"]}, SOURCE, True),
        ({"kinds": ["display"]}, SOURCE, False),
        ({"kinds": ["vc"]}, fault("reported", "granen", room="granen"), False),  # no device
        ({"rooms": ["granen"]}, fault("store_down", "service"), False),
        ({}, fault("store_down", "service"), True),
        ({"kinds": ["vc"]}, fault(subject="gone"), False),
    ],
)
def test_what_matches(route: dict[str, Any], one: Fault, matches: bool) -> None:
    found = listeners(one, registry({"id": "a", "to": ["anna"], **route}), PEOPLE, NOW)
    assert [*found] == (["anna"] if matches else [])


@pytest.mark.parametrize(
    ("given", "code", "severity", "how"),
    [
        (None, "device_silent", "error", "now"),
        (None, "device_silent", "warning", "digest"),
        (None, "air_quality", "info", None),
        (None, "reported", "warning", "now"),
        ("digest", "device_silent", "error", "digest"),
        ("now", "air_quality", "info", "now"),
        ("never", "device_silent", "error", None),
    ],
)
def test_how(given: str | None, code: str, severity: Severity, how: str | None) -> None:
    known = registry({"id": "a", "send": given})
    found = listeners(fault(code, severity=severity), known, PEOPLE, NOW)
    assert [*found] == ([] if how is None else ["anna", "bo"])  # all maintainers
    assert {bool(one.routes) for one in found.values()} <= {how == "now"}


def test_who() -> None:
    assert reached(None, PEOPLE) == ["anna", "bo"]
    assert reached(["carin", "dan", "carin"], PEOPLE) == ["carin"]
    assert reached(["dan"], PEOPLE) == ["anna", "bo"]
    assert reached(["anna"], []) == []


def test_the_shortest_reminder_holds() -> None:
    known = registry(
        {"id": "a", "to": ["bo"], "remind": "2h"},
        {"id": "b", "to": ["bo", "anna"], "remind": None},
        {"id": "c", "to": ["bo"], "remind": "1h", "send": "digest"},
    )
    found = listeners(VC, known, PEOPLE, NOW)
    assert {id_: one.remind for id_, one in found.items()} == {"bo": 7200, "anna": None}


def test_escalation_step_by_step() -> None:
    known = registry(
        {"id": "slow", "to": ["anna"], "escalate": {"after": "4h", "to": ["carin", "bo"]}},
        {"id": "never", "send": "never", "escalate": {"after": "1h", "to": ["carin"]}},
        {"id": "quick", "to": ["anna"], "escalate": {"after": "2h", "to": ["bo"]}},
    )
    steps = [next_escalation(VC._replace(level=n), known, NOW) for n in range(3)]
    assert [step and step.id for step in steps] == ["quick", "slow", None]
    told = [listeners(VC._replace(level=n), known, PEOPLE, NOW) for n in range(3)]
    assert [{id_: one.escalated for id_, one in found.items()} for found in told] == [
        {"anna": False},
        {"anna": False, "bo": True},
        {"anna": False, "bo": True, "carin": True},
    ]
