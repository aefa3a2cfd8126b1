"""What was issued must follow from its inputs for seven years: computed files never change.

Rewording a column, a new field or another order of rows makes every issued statement look
forged to ``rumskoll statement verify``. Whoever means to change one gives ``SCHEMA_VERSION`` a
new number, keeps the old writer for the old number, and only then writes new hashes here.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec.structs import replace

from api.statements import files
from rooms.statement.compute import compute
from rooms.statement.difference import before_of
from rooms.statement.inputs import SCHEMA_VERSION, Booked, Carry, Inputs
from rooms.statement.seal import Seal, sha256
from tests.unit.statement.examples import COSTS, inputs, seal_of

HASHES = Path(__file__).with_name("frozen_files.json")


def hashes(given: Inputs, seal: Seal) -> dict[str, str]:
    made = files.written(compute(given, seal), computed_only=True)
    return {path: sha256(content) for path, content in made}


def later() -> Inputs:
    """The rent became dearer, and September left something."""
    first = compute(inputs(), seal_of(inputs()))
    left = (Booked("alfa", "rum", 1234), Booked("beta", "rum", -1234))
    return inputs(
        costs=(replace(COSTS[0], amount=4_250_000), *COSTS[1:]),
        carries=(Carry("2026-09", 7, left),),
        before=before_of(first),
        reason="Hyran rättad",
    )


def test_computed_files_stay_as_they_were() -> None:
    frozen = json.loads(HASHES.read_text("utf-8"))
    assert frozen["schema"] == SCHEMA_VERSION
    assert hashes(inputs(), seal_of(inputs())) == frozen["files"]


def test_so_do_those_of_a_later_version() -> None:
    frozen = json.loads(HASHES.read_text("utf-8"))
    given = later()
    assert hashes(given, seal_of(given, 2, 2, "a1" * 32)) == frozen["later"]
