"""What the roll-up asks of the store: no more than it must, and nothing that matters less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.readings import Point
from tests.unit.collector.rolled import DAY, HOUR, RolledHouse, at

MONDAY = at("2026-11-09 00:00")  # 23:00 UTC on Sunday


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RolledHouse]:
    house = RolledHouse(tmp_path, MONDAY + DAY)
    yield house
    house.close()


@pytest.mark.parametrize(
    ("time", "weekday", "hour"),
    [
        (MONDAY, "7", "11"),  # 12 hours behind UTC it was still Sunday
        (MONDAY + 23 * HOUR, "2", "12"),  # 14 hours ahead it was Tuesday
        (MONDAY + 12 * HOUR, "1", "11"),  # UTC
    ],
)
def test_hours_of_any_zone_are_taken_back(
    house: RolledHouse, time: int, weekday: str, hour: str
) -> None:
    tags = {"site": "s", "room": "granen", "weekday": weekday, "hour": hour}
    house.store.write([Point("use_hour", tags, time, {"occupied_s": 60.0})])
    house.roll(MONDAY, MONDAY + DAY)
    assert house.fields("use_hour", time, **tags) == {}


@pytest.mark.parametrize("rows", [1, 16, 10_000])
def test_a_sites_hours_are_whole_however_many_are_asked_for_at_once(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr("collector.rollup_series._ROWS", rows)
    house.hear("radar", MONDAY - DAY, MONDAY + DAY, [(MONDAY + HOUR, MONDAY + 23 * HOUR)])
    house.hear("raknare", MONDAY - DAY, MONDAY + DAY, [(MONDAY + 8 * HOUR, MONDAY + 9 * HOUR)])
    house.roll(MONDAY, MONDAY + DAY)
    hours = house.points("site_hour", weekday="1")
    assert len(hours) == 24
    # open from 08:00 to 17:00: both rooms for an hour, then one; used from 01:00 to 23:00
    assert [p.fields["occupied_s"] for p in hours][7:18] == [0.0, 7200.0, *[3600.0] * 8, 0.0]
    assert sum(p.fields["outside_s"] for p in hours) == (7 + 6) * 3600.0
