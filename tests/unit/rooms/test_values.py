"""One field's value, checked against the shared table."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.readings import FIELDS, DecodeError, Kind
from rooms.values import checked

WHOLE = "0 to 10000 in whole numbers"


@pytest.mark.parametrize(
    ("kind", "name", "value", "stored"),
    [
        ("presence", "occupied", True, 1.0),
        ("presence", "occupied", 0, 0.0),
        ("presence", "occupied", 1.0, 1.0),
        ("presence", "people", 3, 3.0),
        ("presence", "people", 3.0, 3.0),
        ("presence", "in_total", 2**53, float(2**53)),
        ("climate", "temperature_c", -60, -60.0),
        ("climate", "temperature_c", 21.5, 21.5),
        ("equipment", "error_fan", 2, 2.0),
        ("equipment", "firmware", " ce11\n\t9\\ ", "ce11  9"),
        ("equipment", "power", "å" * 300, "å" * 256),
        ("equipment", "firmware", "\\\\", ""),
        ("equipment", "peripherals", [{"b": 1, "a": "ö"}], '[{"a":"ö","b":1}]'),
        ("equipment", "diagnostics", [], "[]"),
    ],
)
def test_stored_as(kind: Kind, name: str, value: Any, stored: float | str) -> None:
    assert checked(kind, {name: value}) == {name: stored}


@pytest.mark.parametrize(
    ("kind", "name", "value", "reason", "detail"),
    [
        ("presence", "occupied", "on", "wrong_type", "presence.occupied = 'on', expected a bool"),
        ("presence", "occupied", 2, "wrong_type", "presence.occupied = 2, expected a bool"),
        ("presence", "people", True, "wrong_type", "presence.people = True, expected a count"),
        ("presence", "people", 2.5, "out_of_range", "presence.people = 2.5, expected " + WHOLE),
        ("presence", "people", -1, "out_of_range", "presence.people = -1, expected " + WHOLE),
        (
            "presence",
            "people",
            10**400,
            "out_of_range",
            "presence.people = a huge number, expected " + WHOLE,
        ),
        (
            "climate",
            "co2_ppm",
            math.nan,
            "out_of_range",
            "climate.co2_ppm = nan, expected 0 to 100000",
        ),
        (
            "climate",
            "co2_ppm",
            -math.inf,
            "out_of_range",
            "climate.co2_ppm = -inf, expected 0 to 100000",
        ),
        (
            "presence",
            "people",
            math.nan,
            "out_of_range",
            "presence.people = nan, expected " + WHOLE,
        ),
        ("climate", "co2_ppm", "9", "wrong_type", "climate.co2_ppm = '9', expected a number"),
        ("equipment", "firmware", 9, "wrong_type", "equipment.firmware = 9, expected a text"),
        (
            "equipment",
            "peripherals",
            {},
            "wrong_type",
            "equipment.peripherals = {}, expected a list",
        ),
        (
            "equipment",
            "peripherals",
            ["x" * 40_000],
            "out_of_range",
            "equipment.peripherals is a list of 40004 bytes",
        ),
    ],
)
def test_refused(kind: Kind, name: str, value: Any, reason: str, detail: str) -> None:
    with pytest.raises(DecodeError) as caught:
        checked(kind, {name: value}, "d1")
    assert (caught.value.reason, caught.value.detail) == (reason, detail)
    assert caught.value.address == "d1"


def test_unknown_and_untold_fields_are_left_out() -> None:
    assert checked("presence", {"colour": object(), "people": None}) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_any_value_is_stored_in_range_or_refused(kind: Kind, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FIELDS[kind])))
    field = FIELDS[kind][name]
    try:
        out = checked(kind, {name: data.draw(JSON)})
    except DecodeError:
        return
    for value in out.values():
        if field.type in ("text", "list"):
            assert isinstance(value, str)
            assert not value.endswith("\\")
            if field.type == "list":
                json.loads(value)
            else:
                assert value.isprintable()
        else:
            assert isinstance(value, float)
            assert field.low <= value <= field.high
