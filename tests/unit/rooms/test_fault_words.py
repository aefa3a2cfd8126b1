"""A fault in plain words."""

from __future__ import annotations

import re

from rooms.faults import problem_text
from rooms.faults.engine import CODES
from rooms.texts.problems import TEXTS


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
        assert "{since}" in swedish
