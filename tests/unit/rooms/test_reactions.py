"""That a device noticed somebody: what counts as a reaction, and what is only state."""

from __future__ import annotations

import pytest

from rooms.reactions import Reaction, notices, reactions, said
from rooms.readings import Value

Fields = dict[str, Value]


@pytest.mark.parametrize(
    ("before", "kind", "fields", "expected"),
    [
        ({}, "presence", {"motion": 1.0}, [("motion", 1)]),
        ({"presence.motion": 1.0}, "presence", {"motion": 1.0}, [("motion", 1)]),
        ({}, "presence", {"motion": 0.0}, []),
        ({}, "presence", {"motion_count": 3.0}, [("motion", 3)]),
        ({}, "presence", {"motion_count": 0.0}, []),
        ({}, "presence", {"occupied": 1.0}, [("presence", 1)]),
        ({"presence.occupied": 0.0}, "presence", {"occupied": 1.0}, [("presence", 1)]),
        ({"presence.occupied": 1.0}, "presence", {"occupied": 1.0}, []),
        ({"presence.occupied": 1.0}, "presence", {"occupied": 0.0}, []),
        ({}, "presence", {"people": 0.0}, []),
        ({}, "presence", {"people": 2.0}, [("people", 2)]),
        ({"presence.people": 2.0}, "presence", {"people": 2.0}, []),
        ({"presence.people": 2.0}, "presence", {"people": 0.0}, [("people", 0)]),
        ({}, "presence", {"in_total": 7.0}, []),
        (
            {"presence.in_total": 7.0, "presence.out_total": 4.0},
            "presence",
            {"in_total": 9.0, "out_total": 5.0},
            [("in", 2), ("out", 1)],
        ),
        ({"presence.in_total": 65_535.0}, "presence", {"in_total": 2.0}, []),
        ({}, "equipment", {"room_in_use": 1.0, "power": "on"}, [("presence", 1)]),
        ({"equipment.in_call": 0.0}, "equipment", {"in_call": 1.0}, [("call", 1)]),
        ({"equipment.in_call": 1.0}, "equipment", {"in_call": 1.0}, []),
        ({}, "climate", {"co2_ppm": 900.0}, []),
        ({}, "status", {"online": 1.0}, []),
    ],
)
def test_reactions(
    before: Fields, kind: str, fields: Fields, expected: list[tuple[str, int]]
) -> None:
    assert [tuple(one) for one in reactions(before.get, kind, fields)] == expected


def test_who_can_notice_somebody() -> None:
    assert notices(["motion"])
    assert notices(["call", "presence"])
    assert not notices(["call"])
    assert not notices([])


@pytest.mark.parametrize(
    ("reaction", "swedish", "english"),
    [
        (Reaction("motion"), "rörelse", "motion"),
        (Reaction("motion", 3), "rörelse, 3 gånger", "motion, 3 times"),
        (Reaction("people", 1), "1 person", "1 person"),
        (Reaction("people", 0), "0 personer", "0 people"),
        (Reaction("in", 2), "2 in", "2 in"),
        (Reaction("out"), "1 ut", "1 out"),
        (Reaction("call"), "samtal", "call"),
    ],
)
def test_words(reaction: Reaction, swedish: str, english: str) -> None:
    assert said("sv", reaction) == swedish
    assert said("en", reaction) == english


def test_what_a_pir_calls_presence_is_movement() -> None:
    assert said("sv", Reaction("presence")) == "närvaro"
    assert said("sv", Reaction("presence"), pir=True) == "rörelse"
