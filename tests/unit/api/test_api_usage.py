"""Utilisation from stored sums, by hand-computed examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.registry import Registry, Site
from rooms.utilisation import Use
from tests.unit.api.house import HOUR, NOW, House
from tests.unit.api.usage_asked import DAY, FULL, errors, get, rows, value
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


# ---- by room


def test_a_month_by_room(house: House) -> None:
    put(house, "use_month", "2026-11-01", FULL, room="granen")
    put(house, "use_month", "2026-11-01", DAY, room="old-room")  # no longer in rooms.yaml
    put(house, "use_month", "2026-10-01", FULL, room="granen")  # another month
    put(house, "use_day", "2026-11-02", FULL, room="granen")  # in the month already
    body = get(house, "utilisation")
    assert [row["key"] for row in body["rows"]] == [
        "granen",
        "tallen",
        "bjorken",
        "renen",  # kontoret is private
        "old-room",
    ]
    granen = rows(body)["granen"]
    assert granen["label"] == "The Spruce"
    assert granen["sums"] == {**FULL.stored()}
    assert granen["figures"] == {
        "coverage": {"numerator": 30_000, "denominator": 32_400, "value": 30 / 32.4},
        "frequency": {"numerator": 18_000, "denominator": 30_000, "value": 0.6},
        "lowest": {"numerator": 18_000, "denominator": 32_400, "value": 18 / 32.4},
        "highest": {"numerator": 20_400, "denominator": 32_400, "value": 20.4 / 32.4},
        "seat_fill": {"numerator": 36_000, "denominator": 96_000, "value": 0.375},
        "utilisation": {
            "numerator": 18_000 * 36_000,
            "denominator": 30_000 * 96_000,
            "value": pytest.approx(0.6 * 0.375),
        },
        "booking_rate": {"numerator": 16_200, "denominator": 32_400, "value": 0.5},
        "no_show": {"numerator": 1, "denominator": 4, "value": 0.25},
    }
    assert granen["sufficient"] is True
    tallen = rows(body)["tallen"]
    assert set(tallen["sums"].values()) == {0}
    assert value(tallen, "frequency") is None
    assert tallen["sufficient"] is False
    assert (rows(body)["old-room"]["removed"], tallen["removed"]) == (True, False)
    total = body["total"]
    assert total["sums"]["occupied_s"] == 24_000
    assert total["sums"]["people_max"] == 7  # a maximum, not a sum
    assert value(total, "frequency") == pytest.approx(24 / 60)
    assert body["source"] == ["use_month"]
    assert body["definition_version"] == "1"
    assert (body["start"], body["end"]) == (
        "2026-11-01T00:00:00+01:00",
        "2026-11-23T10:00:00+01:00",
    )


def test_each_formula_is_that_of_its_figure(house: House) -> None:
    """What the body says of its figures is how they are made."""
    put(house, "use_month", "2026-11-01", FULL, room="granen")
    body = get(house, "utilisation")
    for row in (rows(body)["granen"], body["total"]):
        for name, formula in body["formulas"].items():
            figure = row["figures"][name]
            assert eval(formula, {}, row["sums"]) == pytest.approx(figure["value"])


def test_edges_come_from_finer_series(house: House) -> None:
    put(house, "use_hour", "2026-10-30", Use(occupied_s=1), hour=22, room="granen")
    put(house, "use_hour", "2026-10-30", Use(occupied_s=2), hour=23, room="granen")
    put(house, "use_day", "2026-10-30", Use(occupied_s=1000), room="granen")  # not whole
    put(house, "use_day", "2026-10-31", Use(occupied_s=40, people_max=6), room="granen")
    put(house, "use_month", "2026-11-01", Use(occupied_s=500, people_max=4), room="granen")
    body = get(house, "utilisation?start=2026-10-30T23:00:00%2B01:00")
    assert rows(body)["granen"]["sums"]["occupied_s"] == 542
    assert rows(body)["granen"]["sums"]["people_max"] == 6
    assert body["source"] == ["use_hour", "use_day", "use_month"]


def test_some_rooms(house: House) -> None:
    for room, use in (("granen", FULL), ("tallen", DAY), ("renen", DAY), ("old-room", DAY)):
        put(house, "use_month", "2026-11-01", use, room=room)
    body = get(house, "utilisation?room=tallen&room=granen&room=tallen")
    assert list(rows(body)) == ["granen", "tallen"]
    assert body["rooms"] == ["tallen", "granen"]
    assert body["total"]["sums"]["occupied_s"] == 24_000
    assert list(rows(get(house, "utilisation?room=old-room"))) == ["old-room"]
    assert "no room “x”" in errors(house, "utilisation?room=x")["query.room"]
    assert "is private" in errors(house, "utilisation?room=kontoret")["query.room"]
    many = "&".join(f"start=2025-12-01&room={room}" for room in ["granen"])
    assert get(house, f"utilisation?by=hour-of-week&{many}")["source"] == ["use_hour"]


def test_several_sites(house: House) -> None:
    other = WHOLE | {
        "id": "storuman",
        "rooms": [{"id": "aspen", "name": "Aspen", "capacity": 4}],
        "devices": [],
        "placements": [],
        "sources": [{"id": "av2", "decoder": "native"}],
    }
    house.registry = Registry([house.site, Site.model_validate(other)])
    put(house, "use_month", "2026-11-01", FULL, room="granen")
    message = errors(house, "utilisation")["query.site"]
    assert "lycksele, storuman" in message
    assert "no site “x”" in errors(house, "utilisation?site=x")["query.site"]
    assert get(house, "utilisation?site=storuman")["total"]["sums"]["occupied_s"] == 0
    assert get(house, "utilisation?room=granen")["site"] == "lycksele"
    assert (
        "at the site lycksele" in errors(house, "utilisation?room=granen&room=aspen")["query.room"]
    )
    assert "query.site" in errors(house, "peaks")


# ---- by time


def test_by_day_week_and_month(house: House) -> None:
    put(house, "site_day", "2026-10-31", Use(occupied_s=1), hour=None)
    put(house, "site_day", "2026-11-01", Use(occupied_s=2))  # a Sunday: week 44
    put(house, "site_day", "2026-11-02", Use(occupied_s=4))
    days = get(house, "utilisation?by=day&start=2026-10-31&end=2026-11-04")
    occupied = {key: row["sums"]["occupied_s"] for key, row in rows(days).items()}
    assert occupied == {"2026-10-31": 1, "2026-11-01": 2, "2026-11-02": 4, "2026-11-03": 0}
    assert days["rows"][0]["label"] == "Sat 31 Oct 2026"
    assert days["rows"][0]["end"] == "2026-11-01T00:00:00+01:00"
    assert days["source"] == ["site_day"]
    weeks = get(house, "utilisation?by=week&start=2026-10-31&end=2026-11-04")
    assert {key: row["sums"]["occupied_s"] for key, row in rows(weeks).items()} == {
        "2026-W44": 3,
        "2026-W45": 4,
    }
    assert weeks["rows"][1]["label"] == "Week 45, 2026"
    assert weeks["rows"][0]["start"] == "2026-10-31T00:00:00+01:00"  # the period's part of it
    put(house, "site_month", "2026-11-01", Use(occupied_s=8))
    months = get(house, "utilisation?by=month&start=2026-10-31")
    assert {key: row["sums"]["occupied_s"] for key, row in rows(months).items()} == {
        "2026-10": 1,
        "2026-11": 8,
    }
    assert months["source"] == ["site_day", "site_month"]
    assert months["rows"][1]["label"] == "November 2026"
    assert months["rows"][1]["end"] == "2026-11-23T10:00:00+01:00"  # now


def test_weeks_over_new_year(house: House) -> None:
    house.now = at(house, "2027-01-10")
    put(house, "site_day", "2027-01-03", Use(occupied_s=5))  # a Sunday: week 53 of 2026
    weeks = get(house, "utilisation?by=week&start=2026-12-31&end=2027-01-05")
    assert {key: row["sums"]["occupied_s"] for key, row in rows(weeks).items()} == {
        "2026-W53": 5,
        "2027-W01": 0,
    }
    assert weeks["rows"][0]["end"] == "2027-01-04T00:00:00+01:00"


def test_by_hour_of_the_week(house: House) -> None:
    put(house, "site_hour", "2026-11-09", Use(known_s=3600, occupied_s=900), hour=8)  # Monday
    put(house, "site_hour", "2026-11-16", Use(known_s=1800, occupied_s=900), hour=8)
    put(house, "site_hour", "2026-11-22", Use(occupied_s=7), hour=23)  # Sunday
    body = get(house, "utilisation?by=hour-of-week")
    assert len(body["rows"]) == 168
    row = rows(body)["1-08"]
    assert row["sums"]["occupied_s"] == 1800
    assert value(row, "frequency") == pytest.approx(1800 / 5400)  # sums first, then the share
    assert (row["label"], row["start"], row["end"]) == ("Mon 08–09", None, None)
    assert rows(body)["7-23"]["sums"]["occupied_s"] == 7


def test_too_much_at_once(house: House) -> None:
    house.site = Site.model_validate(
        WHOLE
        | {"rooms": [{"id": f"r{n}", "name": f"R{n}", "capacity": 1} for n in range(40)]}
        | {"devices": [], "placements": []}
    )
    house.registry = Registry([house.site])
    asked = "&".join(f"room=r{n}" for n in range(40))
    path = f"utilisation?start=2025-12-01&{asked}&by="
    assert "40 rooms over" in errors(house, f"{path}hour-of-week")["query.room"]
    assert len(get(house, f"{path}room")["rows"]) == 40


# ---- how sure


def test_nothing_was_ever_computed(house: House) -> None:
    body = get(house, "utilisation?start=2026-11-20&end=2026-11-21")
    assert (body["as_of"], body["provisional"]) == (None, True)
    assert body["provisional_from"] == "2026-11-20T00:00:00+01:00"


def test_the_running_hour_is_provisional(house: House) -> None:
    house.now = NOW + HOUR // 2  # 10:30
    house.state.live.set_cursor("rollup_at", house.now - 60_000)
    body = get(house, "utilisation?start=2026-11-20")
    assert body["as_of"] == "2026-11-23T10:29:00+01:00"
    assert body["provisional_from"] == "2026-11-23T10:00:00+01:00"
    assert body["pending_hours"] == 0
    past = get(house, "utilisation?start=2026-11-20&end=2026-11-23T10:00:00%2B01:00")
    assert (past["provisional"], past["provisional_from"]) == (False, None)


def test_hours_that_wait_are_provisional(house: House) -> None:
    house.state.live.set_cursor("rollup_at", NOW)
    friday = at(house, "2026-11-20", 9)
    house.state.dirty.mark([("granen", friday), ("granen", friday + HOUR), ("tallen", friday)])
    body = get(house, "utilisation")
    assert body["pending_hours"] == 3
    assert body["provisional_from"] == "2026-11-20T09:00:00+01:00"
    assert get(house, "utilisation?room=tallen")["pending_hours"] == 1
    assert get(house, "utilisation?start=2026-11-18&end=2026-11-20")["provisional"] is False
