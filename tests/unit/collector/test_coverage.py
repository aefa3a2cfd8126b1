"""Rooms of which too little is known in the running month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from watched import house_registry

from collector.coverage import Coverage
from rooms.readings import Point
from rooms.registry.registry import midnight
from storage.sqlite import SqliteStore
from storage.state import ServiceState

ZONE = ZoneInfo("Europe/Stockholm")
HOURS = 9 * 3600.0


class Covered:
    def __init__(self, folder: Path) -> None:
        self.now = 0
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: self.now)
        self.registry = house_registry()
        self.coverage = Coverage(
            self.state, self.store, lambda: self.registry, clock=lambda: self.now
        )

    def day(self, room: str, day: int, known: float, month: int = 11) -> None:
        """A weekday, and how much of it is known."""
        at = midnight(date(2026, month, day), ZONE)
        fields: dict[str, Any] = {"bookable_s": HOURS, "known_s": known * HOURS}
        self.store.write([Point("use_day", {"site": "s", "room": room}, at, fields)])

    def low(self, local: str) -> list[tuple[str, str | None, str]]:
        self.now = int(datetime.fromisoformat(local).replace(tzinfo=ZONE).timestamp() * 1000)
        self.coverage.step()
        return [
            (f.subject, f.room, datetime.fromtimestamp(f.since / 1000, ZONE).date().isoformat())
            for f in self.state.faults.open()
        ]


@pytest.fixture
def covered(tmp_path: Path) -> Iterator[Covered]:
    covered = Covered(tmp_path)
    covered.day("granen", 1, 1, month=10)  # it has been watched for long
    yield covered
    covered.store.close()
    covered.state.close()


GRANEN = ("granen", "granen", "2026-11-01")


def test_after_the_first_whole_day_of_the_month(covered: Covered) -> None:
    covered.day("granen", 2, 0.5)
    assert covered.low("2026-11-02 23:59") == []
    assert covered.low("2026-11-03 00:00") == [GRANEN]


def test_ninety_percent_is_enough(covered: Covered) -> None:
    covered.day("granen", 2, 0.8)
    covered.day("granen", 3, 0.99)
    assert covered.low("2026-11-04 09:00") == [GRANEN]  # 89.5 % of both
    covered.day("granen", 4, 0.91)
    assert covered.low("2026-11-05 09:00") == []  # 90 % of all three


def test_a_new_month_begins_anew(covered: Covered) -> None:
    covered.day("granen", 30, 0.1)
    assert covered.low("2026-12-01 00:00") == []
    covered.day("granen", 1, 0.1, month=12)
    assert covered.low("2026-12-02 09:00") == [("granen", "granen", "2026-12-01")]


def test_the_day_on_which_it_began_does_not_count(covered: Covered) -> None:
    covered.day("tallen", 2, 0.2)
    assert covered.low("2026-11-03 09:00") == []
    covered.day("tallen", 3, 0.2)
    assert [room for room, _, _ in covered.low("2026-11-04 09:00")] == ["tallen"]


def test_without_a_sensor_nothing_is_expected(covered: Covered) -> None:
    covered.registry = house_registry(placements=[{"device": "luft", "room": "granen"}])
    covered.day("granen", 2, 0)
    assert covered.low("2026-11-03 09:00") == []


def test_the_site_says_how_much(covered: Covered) -> None:
    covered.day("granen", 2, 0.5)
    for limit, rooms in [({"below": 50}, []), ({"below": 51}, [GRANEN]), (False, [])]:
        covered.registry = house_registry(faults={"site": {"coverage_low": limit}})
        assert covered.low("2026-11-03 09:00") == rooms


def test_a_room_that_is_gone_has_no_fault(covered: Covered) -> None:
    covered.day("granen", 2, 0.5)
    assert covered.low("2026-11-03 09:00") == [GRANEN]
    covered.registry = house_registry(devices=[], placements=[])
    assert covered.low("2026-11-03 10:00") == []
