"""CSV as a Swedish Excel opens it: read back as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.csv import csv_response, excel_cell
from rooms.utilisation import Use
from tests.unit.api.house import House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import put, usage_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    use = Use(bookable_s=7200, known_s=7200, occupied_s=1800)
    put(house, "use_month", "2026-11-01", use, room="bjorken")
    yield house
    house.close()


def test_for_excel(house: House) -> None:
    headers = house.key() | {"Accept-Language": "sv"}
    path = "/api/v1/utilisation?start=2026-11-01&format=excel"
    answer = call(house, "GET", path, headers=headers)
    assert answer.content.startswith(b"\xef\xbb\xbfkey;label;start;")  # else å, ä, ö are spoiled
    names, *rows = (line.split(";") for line in answer.text.lstrip("\ufeff").splitlines())
    row = next(dict(zip(names, row, strict=True)) for row in rows if row[0] == "bjorken")
    assert row["label"] == "Björken"
    assert row["start"] == "2026-11-01 00:00:00"
    assert (row["occupied_s"], row["frequency"]) == ("1800", "0,25")


def test_excel_for_peaks_and_timeline(house: House) -> None:
    for path in ("peaks?", "rooms/bjorken/timeline?start=2026-11-01T00:00:00Z&"):
        answer = call(house, "GET", f"/api/v1/{path}format=excel", headers=house.key())
        assert answer.content.startswith(b"\xef\xbb\xbf")


def test_cells_for_excel() -> None:
    noon = datetime(2026, 7, 1, 12, 0, 7, 5000, tzinfo=ZoneInfo("Europe/Stockholm"))
    cells = [noon, date(2026, 7, 1), 0.5, -2.0, 7, True, None, "=1+1", "a;b"]
    assert [excel_cell(cell) for cell in cells] == [
        "2026-07-01 12:00:07", "2026-07-01", "0,5", "-2,0", "7", "true", "", "'=1+1", "a;b",
    ]  # fmt: skip
    body = bytes(csv_response("excel", [{"a": "a;b"}], ["a"], "x").body).decode()
    assert body == '\ufeffa\r\n"a;b"\r\n'
