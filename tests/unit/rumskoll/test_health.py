"""What the service finds wrong with itself: signs in simulated time in, findings out."""

from __future__ import annotations

from typing import Any

import pytest

from rooms.faults import SERVICE, Fault
from rooms.faults.lifecycle import advance
from rooms.faults.words import problem_text
from rumskoll.health import CODES, ServiceRules, Signs

NOW = 1_795_424_400_000
S = 1000
GIB = 2**30
WELL = Signs(
    connected=True,
    store_down=False,
    filled=0.0,
    refusing=False,
    disk_free=50 * GIB,
    rooms_wrong=False,
    contacts_wrong=False,
)
Seen = list[tuple[int, str]]


def play(rules: ServiceRules, table: list[tuple[int, dict[str, Any]]], step: int = 5) -> Seen:
    """Signs change at the given seconds; what opens (+), worsens (!) and ends (-), and when."""
    known: dict[str, Fault] = {}
    out: Seen = []
    signs, last = WELL, table[-1][0]
    changes = dict(table)
    for second in range(0, last + 1, step):
        signs = signs._replace(**changes.get(second, {}))
        now = NOW + second * S
        for change in advance(known.values(), rules.findings(signs, now), now):
            known[change.fault.id] = change.fault
            if change.transition is not None:
                mark = {"resolved": "-", "escalated": "!"}.get(change.transition.kind, "+")
                out.append((second, f"{mark}{change.fault.code} {change.fault.detail}".strip()))
    return out


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([(0, {}), (600, {})], []),
        # a broker or a store that is away for less than half a minute
        ([(10, {"connected": False}), (35, {"connected": True}), (120, {})], []),
        ([(10, {"store_down": True}), (35, {"store_down": False}), (120, {})], []),
        # longer; and back for half a minute before it is over
        (
            [(10, {"connected": False}), (100, {"connected": True}), (200, {})],
            [(40, "+broker_down"), (130, "-broker_down")],
        ),
        (
            [(10, {"store_down": True}), (100, {"store_down": False}), (200, {})],
            [(40, "+store_down"), (130, "-store_down")],
        ),
        # it comes and goes: one fault
        (
            [
                (0, {"connected": False}),
                (40, {"connected": True}),
                (60, {"connected": False}),
                (90, {"connected": True}),
                (200, {}),
            ],
            [(30, "+broker_down"), (120, "-broker_down")],
        ),
        # half full, hovering, full, empty
        (
            [
                (0, {"filled": 0.50}),
                (10, {"filled": 0.51}),
                (20, {"filled": 0.45}),
                (30, {"filled": 1.0, "refusing": True}),
                (40, {"filled": 0.41, "refusing": False}),
                (50, {"filled": 0.40}),
                (60, {}),
            ],
            [(10, "+outbox_filling"), (30, "!outbox_filling"), (50, "-outbox_filling")],
        ),
        (
            [
                (0, {"disk_free": GIB}),
                (10, {"disk_free": GIB - 1}),
                (20, {"disk_free": GIB + GIB // 4 - 1}),
                (30, {"disk_free": 99 * 2**20}),
                (40, {"disk_free": GIB + GIB // 4}),
                (50, {}),
            ],
            [
                (10, "+outbox_filling disk"),
                (30, "!outbox_filling disk"),
                (40, "-outbox_filling disk"),
            ],
        ),
        (
            [
                (5, {"rooms_wrong": True}),
                (10, {"contacts_wrong": True}),
                (20, {"rooms_wrong": False}),
            ],
            [
                (5, "+registry_invalid"),
                (10, "+registry_invalid contacts"),
                (20, "-registry_invalid"),
            ],
        ),
        (
            [(5, {"backup_failed": True}), (1800, {"backup_failed": False})],
            [(5, "+backup_failed"), (1800, "-backup_failed")],
        ),
    ],
)
def test_what_opens_and_ends_when(table: list[tuple[int, dict[str, Any]]], expected: Seen) -> None:
    assert play(ServiceRules(), table) == expected


def test_the_onset_is_when_it_began_not_when_it_was_told() -> None:
    rules = ServiceRules()
    assert rules.findings(WELL._replace(connected=False), NOW) == []
    (finding,) = rules.findings(WELL._replace(connected=False), NOW + 30 * S)
    assert (finding.code, finding.subject, finding.since) == ("broker_down", SERVICE, NOW)


def test_what_is_open_survives_a_restart() -> None:
    """The broker is still away, and of the store nothing is known yet: neither is mended."""
    rules = ServiceRules()
    wrong = WELL._replace(connected=False, store_down=True)
    rules.findings(wrong, NOW)
    opened = [
        change.fault for change in advance((), rules.findings(wrong, NOW + 40 * S), NOW + 40 * S)
    ]
    assert {f.code for f in opened} == {"broker_down", "store_down"}
    again = ServiceRules(opened)
    unsure = WELL._replace(connected=False, store_down=None)
    for second in (60, 65, 600):
        now = NOW + second * S
        assert advance(opened, again.findings(unsure, now), now) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_has_words_of_its_own(language: Any) -> None:
    bad = WELL._replace(
        connected=False,
        store_down=True,
        filled=1.0,
        disk_free=0,
        rooms_wrong=True,
        contacts_wrong=True,
        backup_failed=True,
    )
    rules = ServiceRules()
    rules.findings(bad, NOW)
    found = rules.findings(bad, NOW + 60 * S)
    assert {f.code for f in found} == set(CODES)
    said = {problem_text(language, f.code, f.detail, "08.12") for f in found}
    assert len(said) == len(found) == 7
    assert all("08.12" in words and "_" not in words for words in said)
