"""What was issued must follow from its inputs for seven years: computed files never change.

Rewording a column, a new field or another order of rows makes every issued statement look
forged to ``rumskoll statement verify``. Whoever means to change one gives ``SCHEMA_VERSION`` a
new number, keeps the old writer for the old number, and only then writes new hashes here.
"""

from __future__ import annotations

import json
from pathlib import Path

from api.statements import files
from rooms.statement.compute import compute
from rooms.statement.inputs import SCHEMA_VERSION
from rooms.statement.seal import sha256
from tests.unit.statement.examples import inputs, seal_of

HASHES = Path(__file__).with_name("frozen_files.json")


def test_computed_files_stay_as_they_were() -> None:
    given = inputs()
    made = files.written(compute(given, seal_of(given)), computed_only=True)
    found = {path: sha256(content) for path, content in made}
    frozen = json.loads(HASHES.read_text("utf-8"))
    assert frozen["schema"] == SCHEMA_VERSION
    assert found == frozen["files"]
