"""Times of the wall clock and numbers, as other systems write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.readings import FIELDS
from rumskoll.importing.cells import Clock, Numbers, Refusal, value_of
from rumskoll.importing.map import ImportMap
from tests.unit.importing.imported import MIN, STOCKHOLM, at

NOW = at("2026-11-25 12:00")
NINE = at("2026-11-23 09:00")


def map_with(**time: Any) -> ImportMap:
    fields = [{"column": "x", "field": "presence.people"}]
    return ImportMap.model_validate(
        {"time": {"columns": ["t"], **time}, "device": "d", "fields": fields}
    )


def read(cell: str, format_: str = "iso") -> int:
    return Clock(STOCKHOLM).read(map_with(format=format_), cell, NOW)


@pytest.mark.parametrize(
    ("cell", "format_"),
    [
        ("2026-11-23 09:00", "iso"),
        ("2026-11-23T09:00:00", "iso"),
        ("2026/11/23 09:00:00", "iso"),
        ("2026-11-23T08:00:00Z", "iso"),
        ("2026-11-23 10:00:00+02:00", "iso"),
        ("1795420800", "epoch"),
        ("1795420800000", "epoch"),
        ("1795420800,0", "epoch"),
        ("23/11/2026 09:00:00", "%d/%m/%Y %H:%M:%S"),
        ("23.11.26 09.00", "%d.%m.%y %H.%M"),
        ("11/23/2026 9:00 AM", "%m/%d/%Y %I:%M %p"),
    ],
)
def test_forms_of_one_time(cell: str, format_: str) -> None:
    assert read(cell, format_) == NINE


@pytest.mark.parametrize(
    ("cell", "format_", "reason"),
    [
        ("", "iso", "time"),
        ("yesterday", "iso", "time"),
        ("2026-11-23", "iso", "time"),
        ("2026-13-23 09:00", "iso", "time"),
        ("nan", "epoch", "time"),
        ("1e400", "epoch", "time"),
        ("23-11-2026 09:00", "%d/%m/%Y %H:%M", "time"),
        ("1999-12-31 23:00", "iso", "too_early"),
        ("0", "epoch", "too_early"),
        ("2026-11-25 12:06", "iso", "future"),
        ("2026-11-20 09:00\0", "iso", "time"),
        ("2026-03-29 02:30", "iso", "no_such_time"),  # clocks go from 2 to 3
    ],
)
def test_what_is_no_time(cell: str, format_: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(cell, format_)
    assert refused.value.reason == reason


def test_the_hour_that_comes_twice_follows_the_order_of_rows() -> None:
    first = at("2026-10-25 01:50")
    walls = ["01:50", "02:10", "02:50", "02:10", "02:50", "03:10"]
    expected = [first + n * MIN for n in (0, 20, 60, 80, 120, 140)]
    for cells, times in ((walls, expected), (walls[::-1], expected[::-1])):
        clock = Clock(STOCKHOLM)
        given_map = map_with()
        assert [clock.read(given_map, f"2026-10-25 {w}", NOW) for w in cells] == times
        assert clock.repeated == 4


@given(
    start=st.integers(0, 100),
    steps=st.lists(st.integers(1, 55), min_size=4, max_size=30),
    backward=st.booleans(),
)
def test_local_times_come_back_as_they_were(start: int, steps: list[int], backward: bool) -> None:
    """Over the night in which clocks go back, whatever the steps under an hour."""
    times = [at("2026-10-24 22:00") + start * MIN]
    for step in [*steps, *[55] * 8]:  # to well after the change
        times.append(times[-1] + step * MIN)
    if backward:
        times.reverse()
    clock, given_map = Clock(STOCKHOLM), map_with()
    walls = [datetime.fromtimestamp(t / 1000, STOCKHOLM).replace(tzinfo=None) for t in times]
    assert [clock.read(given_map, str(wall), NOW) for wall in walls] == times


def test_utc_and_local_agree_all_year() -> None:
    clock, given_map = Clock(STOCKHOLM), map_with()
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment < datetime(2026, 11, 20, tzinfo=UTC):
        wall = moment.astimezone(STOCKHOLM).replace(tzinfo=None)
        assert clock.read(given_map, str(wall), NOW) == int(moment.timestamp()) * 1000
        moment += timedelta(minutes=30)


@pytest.mark.parametrize(
    ("kind", "name", "cell", "value"),
    [
        ("presence", "people", "4", 4),
        ("climate", "temperature_c", "21,5", 21.5),
        ("climate", "temperature_c", "-3", -3),
        ("climate", "co2_ppm", "1e3", 1000.0),
        ("presence", "occupied", "TRUE", True),
        ("presence", "occupied", "0", 0),
        ("equipment", "power", "on", "on"),
    ],
)
def test_cells(kind: Any, name: str, cell: str, value: object) -> None:
    assert value_of(FIELDS[kind][name], cell, Numbers(","), 2, "x") == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("4.5", "decimal"), ("1 234", "number"), ("1.234,5", "number"), ("ja", "number")],
)
def test_what_is_no_number(cell: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        value_of(FIELDS["climate"]["co2_ppm"], cell, Numbers(","), 7, "x")
    assert (refused.value.reason, refused.value.column, refused.value.value) == (reason, "x", cell)
