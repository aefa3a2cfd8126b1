"""Both languages of a text are filled with the same values."""

from __future__ import annotations

from string import Formatter

import pytest

from rooms.texts import doctor, errors


@pytest.mark.parametrize("key", [*errors.TEXTS, *doctor.TEXTS])
def test_the_same_values_in_both_languages(key: str) -> None:
    swedish, english = (errors.TEXTS | doctor.TEXTS)[key]
    fields = [{name for _, name, _, _ in Formatter().parse(t) if name} for t in (swedish, english)]
    assert fields[0] == fields[1]
