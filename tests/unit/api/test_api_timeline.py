"""A room's period with its evidence and claims, by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rooms.attribution import Booking, CheckIn
from rooms.faults import Finding
from rooms.readings import Point
from rooms.registry import Registry, Site
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import WHOLE, at, usage_house

TODAY = "rooms/renen/timeline?start=2026-11-23T08:00:00%2B01:00"
DAY = 24 * HOUR


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A counter in Renen, every 10 min until now: nobody, but 3 people from 08:20 to 09:00 and
    2 from 09:20 to 09:40. Norrsken has booked 08:30 to 09:00, somebody 09:20 to 09:30."""
    house = usage_house(tmp_path)
    tags = {"site": "lycksele", "device": "renen-antal"}
    for minute in range(-6 * 60, 121, 10):
        people = 3.0 if 20 <= minute < 60 else 2.0 if 80 <= minute < 100 else 0.0
        eight = NOW - 2 * HOUR
        house.store.points.append(Point("presence", tags, eight + minute * MIN, {"people": people}))
    eight = NOW - 2 * HOUR
    bookings = [
        Booking("a", eight + 30 * MIN, eight + HOUR, "norrsken"),
        Booking("b", eight + 80 * MIN, eight + 90 * MIN, None),
    ]
    house.state.claims.put_bookings("renen", bookings, eight, NOW, NOW)
    yield house
    house.close()


def get(house: House, path: str, role: str = "viewer", **more: Any) -> Any:
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    answer = call(house, "GET", f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def times(items: Any, *names: str) -> list[tuple[Any, ...]]:
    return [(i["start"][11:16], i["end"][11:16], *(i[name] for name in names)) for i in items]


def test_whose_time_it_was(house: House) -> None:
    body = get(house, TODAY)
    assert times(body["intervals"], "state") == [
        ("08:00", "08:20", "vacant"),
        ("08:20", "09:00", "occupied"),
        ("09:00", "09:20", "vacant"),
        ("09:20", "09:40", "occupied"),
        ("09:40", "10:00", "vacant"),
    ]
    # ten minutes before the booking count to it; the other organiser is no partner
    assert times(body["shares"], "partner", "by") == [
        ("08:20", "09:00", "norrsken", "booking"),
        ("09:20", "09:40", None, "unattributed"),
    ]
    assert times(body["bookings"], "partner") == [
        ("08:30", "09:00", "norrsken"),
        ("09:20", "09:30", None),
    ]
    assert times(body["evidence"], "device", "evidence")[0] == (
        "08:20",
        "09:00",
        "renen-antal",
        "count",
    )
    assert body["totals"]["occupied_s"] == 3600
    assert body["readings_from"] == "2026-08-25T11:00:00+02:00"  # 90 days back, in summer
    assert "id" not in str(body["bookings"])


def test_bookings_that_clash_are_told(house: House) -> None:
    """The later one has what the earlier one leaves."""
    eight = NOW - 2 * HOUR
    both = [
        Booking("a", eight + 30 * MIN, eight + 50 * MIN, "norrsken"),
        Booking("b", eight + 40 * MIN, eight + HOUR, "vindel"),
    ]
    house.state.claims.put_bookings("renen", both, eight, NOW, eight)
    body = get(house, TODAY)
    assert times(body["bookings"], "partner", "conflict") == [
        ("08:30", "08:50", "norrsken", False),
        ("08:40", "09:00", "vindel", True),
    ]
    assert ("08:50", "09:00", "vindel") in times(body["shares"], "partner")


def test_checkins_and_corrections_hold_before_bookings(house: House) -> None:
    claims, nine = house.state.claims, NOW - HOUR
    claims.check_in("renen", CheckIn(nine + 30 * MIN, "vindel"), "api", NOW)
    claims.correct("renen", nine - 40 * MIN, nine - 20 * MIN, None, "was cleaned", "x", NOW)
    assert times(get(house, TODAY)["shares"], "partner", "by") == [
        ("08:20", "08:40", None, "correction"),
        ("08:40", "09:00", "norrsken", "booking"),
        ("09:20", "09:30", None, "unattributed"),
        ("09:30", "09:40", "vindel", "checkin"),
    ]


def test_a_window_tells_the_same_as_a_wider_one(house: House) -> None:
    wide = get(house, TODAY)
    narrow = get(house, f"{TODAY.replace('08:00', '08:40')}&end=2026-11-23T09:25:00%2B01:00")
    assert times(narrow["shares"], "partner", "by") == [
        ("08:40", "09:00", "norrsken", "booking"),
        ("09:20", "09:25", None, "unattributed"),
    ]
    assert times(narrow["intervals"], "state") == [
        ("08:40", "09:00", "occupied"),
        ("09:00", "09:20", "vacant"),
        ("09:20", "09:25", "occupied"),
    ]
    assert times(narrow["bookable"]) == [("08:40", "09:25")]
    assert narrow["end"] == "2026-11-23T09:25:00+01:00"
    assert narrow["totals"]["occupied_s"] == 25 * 60
    assert narrow["bookings"] == wide["bookings"]


def test_it_agrees_with_occupancy(house: House) -> None:
    for more in ("", "&end=2026-11-23T09:25:00%2B01:00"):
        mine = get(house, TODAY + more)
        theirs = get(house, TODAY.replace("timeline", "occupancy") + more)
        assert {name: mine[name] for name in theirs} == theirs


def test_bookable_cleaned_and_closed(house: House) -> None:
    house.now = at(house, "2026-11-24")
    path = "rooms/renen/timeline?start=2026-11-{}T00:00:00%2B01:00&end=2026-11-{}T00:00:00%2B01:00"
    monday = get(house, path.format(23, 24))
    assert times(monday["bookable"]) == [("08:00", "16:00"), ("16:30", "17:00")]
    assert times(monday["cleaning"]) == [("16:00", "16:30")]
    assert monday["closed"] == []
    thursday = get(house, path.format(19, 20))
    assert thursday["bookable"] == []
    assert thursday["closed"] == [{"day": "2026-11-19", "reason": "Stocktaking"}]


def test_a_device_that_is_not_trusted(house: House) -> None:
    stuck = Finding("sensor_stuck", "renen-antal", "", "warning", NOW - 50 * MIN)
    house.state.faults.settle({"sensor_stuck"}, [stuck], NOW)
    body = get(house, TODAY)
    assert times(body["distrusted"], "device", "code") == [
        ("09:10", "10:00", "renen-antal", "sensor_stuck")
    ]
    assert "09:10" in body["distrusted"][0]["text"]
    assert times(body["intervals"], "state")[-1] == ("09:10", "10:00", "unknown")
    # live and history agree on what is not trusted
    occupancy = get(house, TODAY.replace("timeline", "occupancy"))
    assert occupancy["intervals"] == body["intervals"]
    assert get(house, TODAY, "partner", partner="vindel")["distrusted"][0]["device"] is None


def test_a_device_is_distrusted_where_it_stood(house: House) -> None:
    """Moved to Renen this morning, stuck since yesterday: yesterday it stood in Granen."""
    moved = [
        {"device": "renen-antal", "room": "granen", "until": "2026-11-23"},
        {"device": "renen-antal", "room": "renen", "from": "2026-11-23"},
    ]
    house.registry = Registry([Site.model_validate(WHOLE | {"placements": moved})])
    stuck = Finding("sensor_stuck", "renen-antal", "", "warning", NOW - DAY)
    low = Finding("battery_low", "renen-antal", "", "warning", NOW - DAY)
    house.state.faults.settle({"sensor_stuck", "battery_low"}, [stuck, low], NOW)
    path = "rooms/renen/timeline?start=2026-11-22T12:00:00%2B01:00"
    assert times(get(house, path)["distrusted"], "code") == [("00:00", "10:00", "sensor_stuck")]
    granen = get(house, path.replace("renen", "granen"))
    assert times(granen["distrusted"], "code") == [("12:00", "00:00", "sensor_stuck")]


def test_a_partner_is_told_of_no_other_partner(house: House) -> None:
    theirs = get(house, TODAY, "partner", partner="vindel")
    assert "norrsken" not in str(theirs)
    assert "renen-antal" not in str(theirs)
    assert times(theirs["shares"], "partner", "by")[0] == ("08:20", "09:00", None, "booking")
    mine = get(house, TODAY, "partner", partner="norrsken")
    assert times(mine["shares"], "partner", "by")[0] == ("08:20", "09:00", "norrsken", "booking")
    assert [b["partner"] for b in mine["bookings"]] == ["norrsken", None]


def test_a_private_room_tells_nothing(house: House) -> None:
    house.state.claims.check_in("kontoret", CheckIn(NOW - HOUR, "vindel"), "api", NOW)
    body = get(house, TODAY.replace("renen", "kontoret"))
    assert body["private"] is True
    lists = ("intervals", "shares", "bookings", "distrusted", "bookable", "cleaning", "closed")
    assert [body[name] for name in lists] == [[]] * len(lists)


def test_private_days_tell_nothing(house: House) -> None:
    """Renen is one person's own office from today on."""
    private = {"private": [{"value": False}, {"from": "2026-11-23", "value": True}]}
    rooms = [room | private if room["id"] == "renen" else room for room in WHOLE["rooms"]]
    house.registry = Registry([Site.model_validate(WHOLE | {"rooms": rooms})])
    nine = at(house, "2026-11-22", 9)
    yesterday = Booking("c", nine, nine + HOUR, "vindel")
    house.state.claims.put_bookings("renen", [yesterday], nine, nine + HOUR, NOW)
    body = get(house, "rooms/renen/timeline?start=2026-11-22T00:00:00%2B01:00")
    assert times(body["intervals"], "state")[-1] == ("00:00", "10:00", "private")
    assert times(body["bookings"], "partner") == [("09:00", "10:00", "vindel")]
    assert (body["shares"], body["evidence"], body["people"]) == ([], [], [])


def test_a_stay_over_midnight(house: House) -> None:
    """Checked in on Sunday evening, in the room until a quarter past midnight."""
    house.store.points.clear()
    midnight = at(house, "2026-11-23")
    tags = {"site": "lycksele", "device": "renen-antal"}
    for minute in range(-120, 60, 5):
        people = 1.0 if -60 <= minute < 15 else 0.0
        time = midnight + minute * MIN
        house.store.points.append(Point("presence", tags, time, {"people": people}))
    house.state.claims.check_in("renen", CheckIn(midnight - HOUR, "vindel"), "panel", NOW)
    start, end = "2026-11-22T22:00:00%2B01:00", "2026-11-23T01:00:00%2B01:00"
    body = get(house, f"rooms/renen/timeline?start={start}&end={end}")
    assert times(body["shares"], "partner", "by") == [
        ("23:00", "00:00", "vindel", "checkin"),
        ("00:00", "00:15", "vindel", "checkin"),
    ]
    late = get(house, f"rooms/renen/timeline?start=2026-11-23T00:05:00%2B01:00&end={end}")
    assert times(late["shares"], "partner", "by") == [("00:05", "00:15", "vindel", "checkin")]


def test_as_csv(house: House) -> None:
    answer = call(house, "GET", f"/api/v1/{TODAY}&format=csv", headers=house.key())
    assert answer.headers["content-disposition"] == (
        'attachment; filename="timeline-renen-2026-11-23-to-2026-11-23.csv"'
    )
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["kind"] for row in found} == {
        "state",
        "people",
        "evidence",
        "share",
        "booking",
        "bookable",
    }
    (share, *_) = [row for row in found if row["kind"] == "share"]
    assert share["start"] == "2026-11-23T08:20:00+01:00"
    assert (share["partner"], share["by"], share["state"]) == ("norrsken", "booking", "")


def test_windows_that_make_no_sense(house: House) -> None:
    headers = house.key() | {"Accept-Language": "en"}
    for query, status in (
        ("start=2026-10-01T00:00:00Z", 422),
        ("start=2026-11-23", 422),
        ("start=2026-11-24T00:00:00Z", 422),
    ):
        answer = call(house, "GET", f"/api/v1/rooms/renen/timeline?{query}", headers=headers)
        assert answer.status_code == status
        assert answer.json()["errors"][0]["field"] == "query.start"
    assert call(house, "GET", "/api/v1/rooms/x/timeline", headers=headers).status_code == 404
