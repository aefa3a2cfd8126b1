"""Utilisation as CSV, what no one can ask, and points of an older version."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rooms.readings import Point
from rooms.registry import Registry, Site
from tests.unit.api.house import House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_asked import FULL, errors, get, partners, rows
from tests.unit.api.usage_house import (
    WHOLE,
    at,
    put,
    usage_house,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    yield house
    house.close()


# ---- CSV


def table(house: House, path: str, **headers: str) -> tuple[list[dict[str, str]], Any]:
    answer = call(house, "GET", f"/api/v1/{path}", headers=house.key() | headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["vary"] == "Accept"
    return list(csv.DictReader(io.StringIO(answer.text))), answer.headers


def test_as_csv(house: House) -> None:
    put(house, "use_month", "2026-11-01", FULL, room="granen")
    found, headers = table(house, "utilisation?start=2026-11-01&format=csv")
    assert headers["content-disposition"] == (
        'attachment; filename="utilisation-lycksele-by-room-2026-11-01-to-2026-11-23.csv"'
    )
    granen, tallen = found[:2]
    assert granen["occupied_s"] == "18000"
    assert granen["frequency"] == "0.6"
    assert granen["label"] == "Granen"
    assert granen["definition_version"] == "1"
    assert granen["sufficient"] == "true"
    assert (tallen["frequency"], tallen["occupied_s"]) == ("", "0")
    assert table(house, "utilisation", Accept="text/csv")[0] == found
    partners(house)
    (vindel, *_), _ = table(house, "utilisation?by=partner&format=csv")
    assert (vindel["key"], vindel["used_s"]) == ("vindel", "4000")
    assert table(house, "peaks?format=csv")[0] == []


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.9, application/json;q=0.5", "text/csv"),
        ("text/csv, application/json", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/csv;q=x", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_what_is_preferred(house: House, accept: str, kind: str) -> None:
    answer = call(house, "GET", "/api/v1/peaks", headers=house.key() | {"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["vary"] == "Accept"
    both = call(
        house, "GET", "/api/v1/peaks?format=json", headers=house.key() | {"Accept": "text/csv"}
    )
    assert both.headers["content-type"] == "application/json"


def test_a_spreadsheet_is_given_no_formulas(house: House) -> None:
    site = WHOLE | {"rooms": [{"id": "granen", "name": '=cmd|"/c calc"!A1', "capacity": 8}]}
    house.registry = Registry([Site.model_validate(site | {"devices": [], "placements": []})])
    found, _ = table(house, "utilisation?format=csv")
    assert found[0]["label"] == '\'=cmd|"/c calc"!A1'


def test_what_no_one_can_ask(house: House) -> None:
    message = errors(house, "utilisation?by=floor")["query.by"]
    assert "'room', 'partner', 'day', 'week', 'month', 'hour-of-week'" in message
    assert "query.format" in errors(house, "peaks?format=xml")
    assert "query.start" in errors(house, "peaks?start=2026-11-23&end=2026-11-22")
    assert "query.start" in errors(house, "peaks?start=1000-01-01&end=2026-11-22")


def test_points_of_an_older_version_count_as_zero(house: House) -> None:
    tags = {"site": "lycksele", "room": "granen"}
    month = Point("use_month", tags, at(house, "2026-11-01"), {"occupied_s": 5.0})
    house.store.points.append(month)
    assert rows(get(house, "utilisation"))["granen"]["sums"]["occupied_s"] == 5
