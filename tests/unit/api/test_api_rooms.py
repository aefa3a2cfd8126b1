"""Rooms now and in the past, by hand-computed examples."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.language import preferred
from api.queries import window
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.texts.times import clock
from storage.histories import device_histories
from tests.unit.api.house import HOUR, MIN, NOW, SITE, House, collector, room
from tests.unit.api.test_api_access import call

ZONE = ZoneInfo("Europe/Stockholm")


def get(house: House, path: str, **headers: str) -> Any:
    answer = call(house, "GET", path, headers=house.key("maintainer") | headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_room_now(house: House) -> None:
    granen = get(house, "/api/v1/rooms/granen")
    camera = next(f for f in house.state.faults.open() if f.code == "peripheral_missing")
    assert granen == {
        "id": "granen",
        "site": "lycksele",
        "name": "Granen",
        "capacity": 8,
        "state": "occupied",
        "since": "2026-11-23T08:55:00+01:00",
        "booked_until": None,
        "next_booking": None,
        "provisional": False,
        "people": None,
        "evidence": [{"device": "granen-pir", "evidence": "motion"}],
        "climate": {
            "co2_ppm": 1240.0,
            "temperature_c": 21.54,
            "humidity_pct": 31.0,
            "measured": "2026-11-23T09:56:00+01:00",
        },
        "in_call": True,
        "reason": None,
        "problems": [
            {
                "fault": camera.id,
                "code": "peripheral_missing",
                "subject": "granen-vc",
                "name": "granen-vc",
                "room": "granen",
                "severity": "error",
                "detail": "camera: Quad",
                "since": "2026-11-23T08:55:00+01:00",
                "acknowledged": False,
                "text": "Kameran (Quad) saknas sedan 08.55",
            }
        ],
    }


def test_all_rooms_and_what_belongs_to_none(house: House) -> None:
    body = get(house, "/api/v1/rooms", **{"Accept-Language": "en"})
    assert [r["state"] for r in body["rooms"]] == [
        "occupied",
        "vacant",
        "unknown",
        "occupied",
        "private",
    ]
    assert body["current"] is True
    assert [p["code"] for p in body["problems"]] == ["store_down"]
    assert body["rooms"][0]["name"] == "The Spruce"
    assert body["rooms"][2]["reason"] == "The sensor has not been heard since 08:12."


def test_a_private_room_tells_nothing_whatever_stands_in_its_body(house: House) -> None:
    body = room("occupied", people=1, co2_ppm=900.0, climate_at=NOW, in_call=True)
    house.state.live.put("room", {"kontoret": body}, NOW)
    told = get(house, "/api/v1/rooms/kontoret")
    assert told["state"] == "private"
    assert [told[k] for k in ("since", "people", "climate", "in_call", "reason")] == [None] * 5
    assert told["evidence"] == []
    past = get(house, "/api/v1/rooms/kontoret/occupancy")
    assert past["private"] is True
    assert past["intervals"] == []
    assert past["totals"] is None


def test_old_states_are_not_shown_as_now(house: House) -> None:
    house.state.live.put("role", {"collector": collector(heartbeat=NOW - 119_999)}, NOW)
    assert get(house, "/api/v1/rooms/tallen")["state"] == "vacant"
    house.state.live.put("role", {"collector": collector(heartbeat=NOW - 120_000)}, NOW)
    body = get(house, "/api/v1/rooms")
    assert body["current"] is False
    assert {r["state"] for r in body["rooms"]} == {"unknown", "private"}
    assert body["rooms"][1]["reason"] == "Insamlingen har stått stilla sedan 09.58."


def test_old_air_is_not_shown(house: House) -> None:
    house.now += HOUR - 2 * MIN
    house.state.live.put("role", {"collector": collector(heartbeat=house.now)}, house.now)
    assert get(house, "/api/v1/rooms/granen")["climate"] is None  # measured 62 min ago
    assert get(house, "/api/v1/rooms/tallen")["climate"]["co2_ppm"] == 520.0  # 59 min


def test_a_device(house: House) -> None:
    pir = get(house, "/api/v1/devices/granen-pir")
    assert pir["heard"] == "2026-11-23T09:58:00+01:00"
    assert pir["latest"]["health.battery_pct"]["value"] == 87.0
    assert pir["room"] == "granen"
    assert get(house, "/api/v1/devices/tallen-vc")["heard"] is None


def test_occupancy_by_hand(house: House) -> None:
    """A counter: 3 people 08:00-08:30, nobody until 09:00, then silence.

    It expects a message every 10 min and stays known for 25 min after the last.
    """
    tags = {"site": "lycksele", "device": "renen-antal"}
    eight = NOW - 2 * HOUR
    for minute in range(0, 61, 10):
        people = 3.0 if minute < 30 else 0.0
        house.store.points.append(Point("presence", tags, eight + minute * MIN, {"people": people}))
    query = "start=2026-11-23T08:00:00%2B01:00&end=2026-11-23T09:30:00%2B01:00"
    body = get(house, f"/api/v1/rooms/renen/occupancy?{query}")
    intervals = [(i["start"][11:19], i["end"][11:19], i["state"]) for i in body["intervals"]]
    assert intervals == [
        ("08:00:00", "08:30:00", "occupied"),
        ("08:30:00", "09:25:00", "vacant"),
        ("09:25:00", "09:30:00", "unknown"),
    ]
    people = [(p["start"][11:16], p["end"][11:16], p["people"]) for p in body["people"]]
    assert ("08:00", "08:30", 3) in people
    totals = body["totals"]
    assert totals["window_s"] == 90 * 60
    assert totals["occupied_s"] == 30 * 60
    assert totals["vacant_s"] == 55 * 60
    assert totals["unknown_s"] == 5 * 60
    assert totals["share"] == pytest.approx(30 / 85)
    assert totals["share_lowest"] == pytest.approx(30 / 90)
    assert totals["share_highest"] == pytest.approx(35 / 90)
    assert totals["coverage"] == pytest.approx(85 / 90)
    assert body["definition_version"] == "1"
    spaced = query.replace("%2B", "+")  # a plus sign arrives as a space
    assert get(house, f"/api/v1/rooms/renen/occupancy?{spaced}") == body


def test_windows() -> None:
    midnight = NOW - 10 * HOUR
    assert window(None, None, NOW, ZONE, "sv") == (midnight, NOW)
    assert window(None, None, NOW + 999, ZONE, "sv") == (midnight, NOW)
    # the end is a midnight: the day before it
    assert window(None, "2026-11-23T00:00:00+01:00", NOW, ZONE, "sv") == (
        midnight - 24 * HOUR,
        midnight,
    )
    # the end lies ahead: until now
    assert window("2026-11-23T08:00:00Z", "2030-01-01T00:00:00Z", NOW, ZONE, "sv")[1] == NOW
    # October 2026 has 31 days and an hour
    october = window("2026-10-01T00:00:00+02:00", "2026-11-01T00:00:00+01:00", NOW, ZONE, "sv")
    assert october[1] - october[0] == (31 * 24 + 1) * HOUR


def test_times_in_words() -> None:
    day = 24 * HOUR
    assert clock(NOW - 48 * MIN, NOW, ZONE, "sv") == "09.12"
    assert clock(NOW - 48 * MIN, NOW, ZONE, "en") == "09:12"
    assert clock(NOW - day, NOW, ZONE, "sv") == "i går 10.00"
    assert clock(NOW - 21 * day, NOW, ZONE, "sv") == "2 nov. 10.00"
    assert clock(NOW - 365 * day, NOW, ZONE, "en") == "23 Nov 2025 10:00"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "sv"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de,fr", "sv"),
        ("sv;q=0.5, en;q=0.8", "en"),
        ("en;q=0, sv", "sv"),
        ("en;q=x", "sv"),
    ],
)
def test_accept_language(header: str, language: str) -> None:
    assert preferred(header, "sv") == language


def test_histories_merge_kinds_and_pad_the_window(house: House) -> None:
    tags = {"site": "lycksele", "device": "granen-pir"}
    add = house.store.points.append
    add(Point("presence", tags, NOW - HOUR, {"motion": 1.0}))
    add(Point("health", tags, NOW - HOUR, {"battery_pct": 50.0}))
    add(Point("status", tags, NOW - HOUR, {"online": 0.0}))
    add(Point("equipment", tags, NOW - HOUR, {"online": 1.0}))
    add(Point("presence", tags, NOW - 40 * MIN, {"motion": 1.0}))
    narrow = {
        h.device: h
        for h in device_histories(house.store, house.registry, "granen", NOW - 30 * MIN, NOW)
    }
    assert set(narrow) == {"granen-pir", "granen-vc"}
    first = narrow["granen-pir"].samples[0]
    assert first.time == NOW - HOUR  # before the window: in its padding
    assert first.fields == {"motion": 1.0, "battery_pct": 50.0, "online": 0.0}
    bare = device_histories(house.store, house.registry, "granen", NOW - 30 * MIN, NOW, pad=False)
    assert all(not history.samples for history in bare)
    with pytest.raises(KeyError):
        device_histories(house.store, house.registry, "nowhere", 0, NOW)


def test_a_dated_hold_never_rewrites_the_past(house: House) -> None:
    site = SITE | {
        "devices": [
            SITE["devices"][0] | {"hold": [{"value": 60}, {"from": "2026-11-20", "value": 90}]},
            *SITE["devices"][1:],
        ]
    }
    registry = Registry([Site.model_validate(site)])
    changed = NOW - 10 * HOUR - 3 * 24 * HOUR  # midnight of the 20th
    start = changed - HOUR
    histories = device_histories(house.store, registry, "granen", start, NOW, pad=False)
    holds = {h.hold: h.placed for h in histories if h.device == "granen-pir"}
    assert holds == {60: [(start, changed)], 90: [(changed, NOW)]}


def test_a_moved_device_counts_where_it_stood(house: House) -> None:
    site = SITE | {
        "placements": [
            {"device": "granen-pir", "room": "granen", "until": "2026-11-23"},
            {"device": "granen-pir", "room": "tallen", "from": "2026-11-23"},
        ]
    }
    registry = Registry([Site.model_validate(site)])
    midnight = NOW - 10 * HOUR
    start = midnight - HOUR
    for id_, placed in (("granen", (start, midnight)), ("tallen", (midnight, NOW))):
        (history,) = device_histories(house.store, registry, id_, start, NOW, pad=False)
        assert history.placed == [placed]
