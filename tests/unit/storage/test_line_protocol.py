"""The writer of line protocol against hand-made lines and a reader of its own."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.readings import FIELDS, Point
from storage.line_protocol import line
from storage.schema import KEEPING, MEASUREMENTS, check_fields, check_tags
from tests.servers.line_parser import parse_line

TAGS = {"site": "lycksele", "device": "granen"}
T = 1_790_000_000_000


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (
            Point("climate", TAGS, T, {"temperature_c": 21.37, "co2_ppm": 612.0}),
            f"climate,device=granen,site=lycksele temperature_c=21.37,co2_ppm=612.0 {T}",
        ),
        (
            Point("presence", {"device": "Kök, 2 = A", "site": "å"}, -1, {"motion": 0.0}),
            r"presence,device=Kök\,\ 2\ \=\ A,site=å motion=0.0 -1",
        ),
        (
            Point("equipment", TAGS, T, {"power": r'på "nu" C:\x', "people": 1e22}),
            rf'equipment,device=granen,site=lycksele power="på \"nu\" C:\\x",people=1e+22 {T}',
        ),
        (
            Point("health", {"site": r"a\b", "device": '"'}, 0, {"firmware": ""}),
            r'health,device=",site=a\b firmware="" 0',
        ),
    ],
)
def test_lines_by_hand(point: Point, expected: str) -> None:
    assert line(point) == expected


_texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\\,= "åÅ'))
_points = st.builds(
    Point,
    st.just("health"),
    st.fixed_dictionaries({"site": _texts, "device": _texts}),
    st.integers(-(2**43), 2**43),
    st.dictionaries(st.sampled_from(["firmware"]), _texts)
    | st.dictionaries(st.sampled_from(["battery_pct", "uptime_s"]), st.floats()),
)


@given(_points)
def test_a_line_reads_back_as_the_point_or_is_refused(point: Point) -> None:
    try:
        text = line(point)
    except ValueError:
        assert not _sayable(point)
        return
    assert _sayable(point)
    assert "\n" not in text
    assert parse_line(text) == (point.measurement, point.tags, point.fields, point.time)


def _sayable(point: Point) -> bool:
    tags = all(
        v and len(v) <= 1024 and not v.endswith("\\") and not re.search(r"\\[\\,= ]", v)
        for v in point.tags.values()
    )
    values = point.fields.values()
    texts = not any(v.endswith("\\") for v in values if isinstance(v, str))
    return (
        tags
        and texts
        and bool(values)
        and all(math.isfinite(v) for v in values if isinstance(v, float))
    )


@pytest.mark.parametrize(
    "tags",
    [{}, {"site": "a"}, TAGS | {"room": "x"}, TAGS | {"site": 1}, TAGS | {"site": ["a"]},
     TAGS | {"site": "\ud800"}, TAGS | {"site": "a\x00"}, TAGS | {"site": "x" * 1025}],
)  # fmt: skip
def test_wrong_tags_are_told(tags: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="presence"):
        line(Point("presence", tags, T, {"motion": 1.0}))


@pytest.mark.parametrize("time", [2**53, -(2**53), 1.5, None, "1", True])
def test_wrong_times_are_told(time: object) -> None:
    with pytest.raises(ValueError, match=r"time = .*1677 to 2262"):
        line(Point("presence", TAGS, time, {"motion": 1.0}))  # type: ignore[arg-type]


def test_whole_numbers_must_be_floats_so_that_no_field_changes_type() -> None:
    with pytest.raises(ValueError, match=r"presence\.people = 3: expected a float"):
        line(Point("presence", TAGS, T, {"people": 3}))


def test_every_raw_field_is_declared_with_one_type() -> None:
    for kind, fields in FIELDS.items():
        declared = MEASUREMENTS[kind]
        assert (declared.database, declared.tags) == ("rooms", ("site", "device"))
        assert set(declared.fields) == set(fields)
    assert MEASUREMENTS["equipment"].fields["peripherals"] == "string"
    assert MEASUREMENTS["equipment"].fields["online"] == "float"
    assert MEASUREMENTS["room_slot"].tags == ("site", "room")
    assert MEASUREMENTS["account"].database == "rooms_history"


def test_names_need_no_escaping_and_columns_do_not_meet() -> None:
    for name, declared in MEASUREMENTS.items():
        for word in (name, *declared.tags, *declared.fields):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", word)
        assert not {*declared.tags, "time"} & set(declared.fields)


def test_databases_keep_as_the_design_says() -> None:
    assert KEEPING["rooms"].retention_s == 90 * 86_400
    assert KEEPING["rooms_history"] == (None, 52 * 7 * 86_400)


@given(_points)
def test_every_store_refuses_the_same(point: Point) -> None:
    def accepted(check: object) -> bool:
        try:
            check()  # type: ignore[operator]
        except ValueError:
            return False
        return True

    assert accepted(lambda: line(point)) == accepted(
        lambda: check_fields(point, check_tags(point.measurement, point.tags).fields)
    )
