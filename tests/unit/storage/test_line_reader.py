"""What the line protocol writes is read back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.readings import Point
from storage.line_protocol import line
from storage.line_reader import read_line

_printable = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\") | st.just("\\"),
    min_size=1,
    max_size=20,
)
_numbers = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "point",
    [
        Point("presence", {"site": "a", "device": "b"}, 0, {"occupied": 1.0}),
        Point("presence", {"site": "a b,c=d", "device": "å"}, -5, {"people": 1e-7, "motion": -0.0}),
        Point(
            "equipment",
            {"site": "a", "device": "b"},
            9,
            {"power": 'on "x" \\ y,z=1 2', "lamp_h": 3e22},
        ),
        Point("equipment", {"site": "a", "device": "b"}, 9, {"peripherals": '[{"id": "\u2028"}]'}),
    ],
)
def test_examples(point: Point) -> None:
    assert read_line(line(point)) == point


@settings(max_examples=200, deadline=None)
@given(_printable, _printable, st.integers(-(2**43), 2**43), _numbers, _printable)
def test_whatever_is_written(site: str, device: str, time: int, number: float, said: str) -> None:
    tags = {"device": device, "site": site}  # in the order in which they are written
    point = Point("equipment", tags, time, {"lamp_h": number, "power": said, "input": said})
    try:
        text = line(point)
    except ValueError:
        return  # what cannot be said exactly is refused there
    assert read_line(text) == point
    assert repr(read_line(text)) == repr(point)  # -0.0 too


@pytest.mark.parametrize(
    "text",
    [
        "",
        "presence",
        "presence occupied=1.0",
        "presence,site=a occupied=1.0 1 2",
        "presence,site occupied=1.0 1",
        "presence,site=a occupied= 1",
        'equipment,site=a power="on 1',
        "Presence,site=a occupied=1.0 1",
        "presence,site=a occupied=1.0,occupied 1",
        "presence,site=a occupied=1.0 1\n",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_line(text)
