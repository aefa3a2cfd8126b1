"""Utilisation and peaks from stored sums, by hand-computed examples."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rooms.attribution import Booking
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.utilisation import UNATTRIBUTED, HourUse, PartnerUse, Quarter, Use
from tests.unit.api.house import HOUR, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import (
    WHOLE,
    at,
    put,
    put_hour,
    put_partner,
    put_partners,
    usage_house,
)

DAY = Use(bookable_s=32_400, known_s=30_000, occupied_s=6_000, people_max=3)
# 9 h bookable, 8 h 20 min known, 5 h occupied
FULL = Use(
    bookable_s=32_400,
    known_s=30_000,
    occupied_s=18_000,
    outside_s=600,
    person_s=36_000,
    counted_s=12_000,
    seat_s=96_000,
    people_max=7,
    booked_s=16_200,
    walkin_s=3_000,
    bookings=5,
    assessable=4,
    no_shows=1,
    lost_s=60,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    yield house
    house.close()


def get(house: House, path: str, role: str = "viewer", **more: Any) -> Any:
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    answer = call(house, "GET", f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def errors(house: House, path: str, status: int = 422) -> dict[str, str]:
    headers = house.key() | {"Accept-Language": "en"}
    answer = call(house, "GET", f"/api/v1/{path}", headers=headers)
    assert answer.status_code == status, answer.text
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def rows(body: Any) -> dict[str, Any]:
    return {row["key"]: row for row in body["rows"]}


def value(row: Any, name: str) -> Any:
    return row["figures"][name]["value"]


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


# ---- by partner


def partners(house: House) -> None:
    put_partner(house, "2026-11-02", "granen", "vindel", PartnerUse(booking_s=3000, checkin_s=600))
    put_partner(house, "2026-11-03", "tallen", "vindel", PartnerUse(host_s=400, no_show_s=90))
    put_partner(house, "2026-11-03", "granen", "norrsken", PartnerUse(correction_s=1000))
    put_partner(house, "2026-11-03", "granen", "gone", PartnerUse(booking_s=1000, outside_s=7))
    put_partner(house, "2026-11-03", "granen", UNATTRIBUTED, PartnerUse(unattributed_s=2000))
    put_partner(house, "2026-10-31", "granen", "vindel", PartnerUse(booking_s=9999))
    put_partners(house)
    nine = at(house, "2026-11-02", 9)
    events = [
        Booking("a", nine, nine + HOUR, "vindel"),
        Booking("b", nine + HOUR, nine + 2 * HOUR, None),
        Booking("c", nine - 48 * HOUR, nine - 47 * HOUR, "vindel"),  # in October
    ]
    house.state.claims.put_bookings("granen", events, nine - 72 * HOUR, nine + 4 * HOUR, NOW)
    tallen = [Booking("d", nine, nine + HOUR, "norrsken")]
    house.state.claims.put_bookings("tallen", tallen, nine, nine + HOUR, NOW)


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
