"""Whose time it was and when most rooms were used, by hand-computed examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.utilisation import UNATTRIBUTED, HourUse, Quarter, Use
from tests.unit.api.house import HOUR, House
from tests.unit.api.usage_asked import FULL, get, partners, rows
from tests.unit.api.usage_house import (
    at,
    put,
    put_hour,
    usage_house,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    yield house
    house.close()


# ---- by partner


def test_by_partner(house: House) -> None:
    partners(house)
    body = get(house, "utilisation?by=partner")
    assert [(row["key"], row["label"], row["removed"]) for row in body["rows"]] == [
        ("vindel", "Vindel AB", False),
        ("norrsken", "Norrsken Digital", False),
        ("gone", "gone", True),
        (UNATTRIBUTED, "Unattributed", False),
    ]
    assert rows(body)["vindel"]["sums"] == {
        "used_s": 4000,
        "correction_s": 0,
        "checkin_s": 600,
        "booking_s": 3000,
        "host_s": 400,
        "unattributed_s": 0,
        "no_show_s": 90,
        "outside_s": 0,
    }
    assert body["total"]["used_s"] == 8000
    assert body["total"]["outside_s"] == 7
    assert body["attributed_time"] == {"numerator": 6000, "denominator": 8000, "value": 0.75}
    assert body["attributed_events"] == {"numerator": 2, "denominator": 3, "value": 2 / 3}
    assert body["source"] == ["site_partner_day"]
    tallen = get(house, "utilisation?by=partner&room=tallen")
    assert tallen["source"] == ["partner_day"]
    assert (tallen["total"]["used_s"], tallen["attributed_events"]["value"]) == (400, 1.0)


def test_a_partner_sees_its_own_row_and_the_total(house: House) -> None:
    partners(house)
    body = get(house, "utilisation?by=partner", "partner", partner="norrsken")
    assert list(rows(body)) == ["norrsken"]
    assert rows(body)["norrsken"]["sums"]["used_s"] == 1000
    assert body["total"]["used_s"] == 8000
    assert "vindel" not in str(body).lower()
    assert get(house, "utilisation?by=partner", "partner")["rows"] == []  # a key of nobody
    put(house, "use_month", "2026-11-01", FULL, room="granen")
    assert get(house, "utilisation", "partner")["total"]["sums"]["occupied_s"] == 18_000


# ---- peaks


def test_peaks(house: House) -> None:
    """Four rooms: 3600 room-seconds a quarter."""

    def quarter(occupied: int, known: int = 3600, bookable: int = 3600) -> Quarter:
        return Quarter(bookable, known, occupied)

    nine = at(house, "2026-11-20", 9)
    busy = (quarter(900), quarter(2700), quarter(1800), quarter(2700))
    put_hour(house, "2026-11-20", HourUse(nine, Use(14_400, 14_400, 8100), busy), 9)
    # too little known, though all that is known is occupied; then outside opening hours
    poor = (quarter(1800, 1800), quarter(0), Quarter(), Quarter())
    put_hour(house, "2026-11-20", HourUse(nine + HOUR, Use(7200, 5400, 1800), poor), 10)
    body = get(house, "peaks?start=2026-11-20&end=2026-11-21")
    assert body["highest"] == {
        "start": "2026-11-20T09:15:00+01:00",  # the first of equals
        "end": "2026-11-20T09:30:00+01:00",
        "share": {"numerator": 2700, "denominator": 3600, "value": 0.75},
    }
    assert (body["assessed"], body["insufficient"]) == (5, 1)
    assert body["percentile_95"]["share"]["value"] == 0.75  # the fifth of five
    assert body["coverage"] == {"numerator": 19_800, "denominator": 21_600, "value": 19.8 / 21.6}
    nothing = get(house, "peaks?start=2026-11-18&end=2026-11-19")
    assert (nothing["highest"], nothing["percentile_95"], nothing["assessed"]) == (None, None, 0)
