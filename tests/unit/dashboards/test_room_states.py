"""A room's state by arithmetic, for want of a ``CASE`` in InfluxQL."""

from __future__ import annotations

import math
import re
from statistics import mean

import pytest

from dashboards.meanings import CODES, room_states
from dashboards.states import _IS, OF_SLOTS
from dashboards.words import say_in
from rooms.texts import text
from rooms.texts.fault_pages import TEXTS

VACANT, OCCUPIED, UNKNOWN, PRIVATE = range(4)


def worked_out(expression: str, **fields: float) -> float:
    """The expression as InfluxQL does it: ``round`` takes halves up, ``/`` gives fractions."""
    python = re.sub(r'"(\w+)"', r"\1", expression)
    names = {
        "ceil": math.ceil,
        "floor": math.floor,
        "round": lambda number: math.floor(number + 0.5),
        "mean": mean,
    }
    return float(eval(python, {"__builtins__": {}}, names | fields))


@pytest.mark.parametrize(
    ("occupied_s", "known_s", "state"),
    [
        ([0], [300], VACANT),
        ([0], [150], VACANT),  # half of it is known
        ([0], [149], UNKNOWN),
        ([0], [0], UNKNOWN),
        ([1], [300], OCCUPIED),
        ([300], [300], OCCUPIED),
        ([20], [20], OCCUPIED),  # what is known of it says occupied
        # several slots in a step
        ([0, 0, 0, 40], [300, 300, 300, 300], OCCUPIED),
        ([0, 0, 0, 0], [300, 0, 0, 0], UNKNOWN),
        ([0, 0, 0, 0], [300, 300, 0, 0], VACANT),
    ],
)
def test_what_slots_say(occupied_s: list[int], known_s: list[int], state: int) -> None:
    assert worked_out(OF_SLOTS, occupied_s=occupied_s, known_s=known_s) == state


@pytest.mark.parametrize("state", [VACANT, OCCUPIED, UNKNOWN, PRIVATE])
def test_a_room_is_counted_where_it_belongs_and_nowhere_else(state: int) -> None:
    counted = {
        kind: worked_out(_IS[kind], state=state) for kind in ("vacant", "occupied", "unknown")
    }
    wanted = {"vacant": VACANT, "occupied": OCCUPIED, "unknown": UNKNOWN}
    assert counted == {kind: float(state == its) for kind, its in wanted.items()}


@pytest.mark.parametrize(("severity", "faulty"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_a_note_is_no_fault(severity: int, faulty: int) -> None:
    assert worked_out(_IS["faulty"], severity=severity) == faulty


def test_states_and_faults_are_called_what_the_board_calls_them() -> None:
    for language in ("sv", "en"):
        states = room_states(say_in(language))
        for number, name in enumerate(("vacant", "occupied", "unknown", "private")):
            assert states[str(number)][0] == text(language, f"state.{name}")
    prefix = "faults.code."
    board = {key.removeprefix(prefix): words for key, words in TEXTS.items() if prefix in key}
    assert board == CODES
