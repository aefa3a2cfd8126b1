"""The measurement of reports and roll-up runs from end to end, and what it measures is right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from bench.report_build import build
from bench.report_site import ZONE, Place
from bench.report_year import room_points, site_points
from rooms.readings import Point
from rooms.utilisation import QUARTER_NAMES


def quick(*more: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "bench.report", "--quick", *more],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def cells(text: str, first: str) -> dict[str, list[str]]:
    """The table whose head begins so: by the first cell of a row, the others."""
    table = text[text.index(f"| {first} ") :].split("\n\n", maxsplit=1)[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.timeout(200)
@pytest.mark.parametrize("store", ["sqlite", pytest.param("influx", marks=pytest.mark.servers)])
def test_a_quick_run_gives_the_tables(store: str, tmp_path: Path) -> None:
    text = quick("--store", store, "--rooms", "1", "--reuse", str(tmp_path))
    answers = cells(text, "ms (of which CPU)")
    assert len(answers) == 12
    assert answers.keys() >= {"month, rooms", "year, peaks", "year, partners"}
    for row in answers.values():
        assert len(row) == 2  # cold and warm
        assert all(re.fullmatch(r"[\d,]+ \([\d,]+\)", cell) for cell in row)
    assert len(cells(text, "times as long")) == 6
    (rolled,) = cells(text, "roll-up of a day").values()
    readings, *_, changed, peak = rolled
    assert int(readings) > 400
    assert changed == "0"
    assert int(peak) > 0
    assert "Built: 1 rooms with 12 months of hours in " in text


def test_what_is_built_is_used_again(tmp_path: Path) -> None:
    told: list[int] = []
    place = Place(1, f"sqlite:{tmp_path / 'store.db'}", str(tmp_path))
    build(place, lambda done, total: told.append(done))
    once = list(told)
    assert once
    build(place, lambda done, total: told.append(done))
    assert told == once
    with pytest.raises(SystemExit, match="another version"):
        build(Place(2, place.store, place.folder), lambda done, total: None)


def test_the_made_up_year_adds_up() -> None:
    rooms = 12  # more than there are kinds
    own = [point for n in range(rooms) for point in room_points(n, 12)]
    assert _summed(own, "use_hour") == _summed(own, "use_day") == _summed(own, "use_month")
    site = list(site_points(rooms))
    for grain in ("hour", "day", "month"):
        assert _summed(site, f"site_{grain}") == _summed(own, f"use_{grain}")
    assert _summed(site, "site_partner_day") == _summed(own, "partner_day")
    assert sum(1 for p in own if p.measurement == "use_hour") == rooms * 8760


def test_hours_of_fewer_months_are_the_last_ones() -> None:
    hours = [p for p in room_points(0, 3) if p.measurement == "use_hour"]
    assert len(hours) == 92 * 24 + 1  # October has an hour more
    assert datetime.fromtimestamp(hours[0].time / 1000, ZONE).isoformat()[:10] == "2026-10-01"


def _summed(points: list[Point], measurement: str) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for point in points:
        if point.measurement == measurement:
            for name, value in point.fields.items():
                if name != "people_max" and name not in QUARTER_NAMES:
                    assert isinstance(value, float)
                    sums[name] += value
    return dict(sums)
