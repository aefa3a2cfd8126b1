"""Snapshots of rooms and devices: bodies and faults in, points out."""

from __future__ import annotations

from typing import Any

import pytest
from posting import MIN, NOW
from watched import house_registry, site_rooms

from collector.states import device_points, room_points, told
from rooms.faults import Fault
from rooms.registry import Registry
from storage.line_protocol import line

MEETING = {
    "state": "occupied",
    "since": NOW - 65 * MIN,
    "people": 3,
    "co2_ppm": 812.5,
    "temperature_c": None,
    "in_call": True,
    "evidence": [
        {"device": "radar", "evidence": "presence"},
        {"device": "vc", "evidence": "call"},
    ],
}
HEARD = {"heard": NOW - MIN, "latest": {}}


def fault(code: str, subject: str, severity: Any = "warning", **more: Any) -> Fault:
    return Fault(f"{code}-{subject}", code, subject, "", severity, NOW - MIN, "s", **more)


def rooms(
    bodies: dict[str, Any], *faults: Fault, registry: Registry | None = None
) -> dict[str, dict[str, Any]]:
    known = registry or house_registry()
    points = [*room_points(known, bodies, told(known, faults, NOW), NOW, NOW - 1)]
    assert {(p.measurement, p.time, p.tags["site"]) for p in points} == {
        ("room_state", NOW - 1, "s")
    }
    assert all(line(p) for p in points)  # a store takes it
    return {p.tags["room"]: dict(p.fields) for p in points}


def devices(
    bodies: dict[str, Any],
    *faults: Fault,
    house: dict[str, Any] | None = None,
    registry: Registry | None = None,
) -> dict[str, dict[str, Any]]:
    """By device, without what the registry alone tells."""
    known = registry or house_registry()
    found = told(known, faults, NOW)
    points = [*device_points(known, house or {}, bodies, found, NOW, NOW - 1)]
    assert {(p.measurement, p.time) for p in points} <= {("device_state", NOW - 1)}
    assert all(line(p) for p in points)
    return {
        p.tags["device"]: {
            name: value
            for name, value in p.fields.items()
            if name not in ("name", "room", "model", "source")
        }
        for p in points
    }


FINE = {"faults": 0.0, "severity": 0.0}


def test_rooms_by_hand() -> None:
    found = rooms(
        {"granen": MEETING, "tallen": {"state": "vacant", "people": 0}},
        fault("device_silent", "luft"),
        fault("peripheral_missing", "vc", "error"),
        fault("air_quality", "granen", "info"),
        fault("store_down", "service", "error"),
    )
    assert found == {
        "granen": {
            "name": "Granen",
            "words": "Upptaget sedan 08.55",
            "state": 1,
            "people": 3,
            "capacity": 8,
            "co2_ppm": 812.5,
            "in_call": 1,
            "faults": 3,
            "severity": 3,
        },
        "tallen": {
            "name": "Tallen",
            "words": "Ledigt",
            "state": 0,
            "people": 0,
            "capacity": 4,
            **FINE,
        },
        "kontoret": {"name": "Kontoret", "words": "Privat", "state": 3, "capacity": 1, **FINE},
    }


def test_what_nobody_knows_is_unknown_and_nothing_is_zero() -> None:
    unknown = {"name": "Granen", "words": "Okänt", "state": 2, "capacity": 8, **FINE}
    assert rooms({})["granen"] == unknown
    assert rooms({"granen": {"state": "unknown", "people": None}})["granen"] == unknown


def test_of_a_private_room_nothing_but_its_equipment() -> None:
    """Also where the watch has not heard yet that it has become one, or is none any more."""
    private = house_registry(rooms=site_rooms(granen={"private": True}))
    wrong = fault("equipment_error", "vc", "error"), fault("sensor_stuck", "radar")
    found = rooms({"granen": MEETING}, *wrong, registry=private)["granen"]
    assert found == {
        "name": "Granen",
        "words": "Privat",
        "state": 3,
        "capacity": 8,
        "faults": 1,
        "severity": 3,
    }
    latest = {"status.online": [NOW - MIN, 1.0], "equipment.in_call": [NOW - MIN, 1.0]}
    told_ = devices(
        {"radar": HEARD, "vc": HEARD | {"latest": latest}},
        *wrong,
        house={"granen": MEETING},
        registry=private,
    )
    there = {"online": 1, "heard": NOW - MIN}
    assert told_ == {"radar": FINE | there, "vc": {"faults": 1, "severity": 3} | there}
    assert rooms({"granen": {"state": "private"}})["granen"]["state"] == 2


def test_devices_by_hand() -> None:
    health = {
        "health.battery_pct": [NOW - 9 * MIN, 81.0],
        "health.rssi_dbm": [NOW - MIN, -71.0],
        "health.firmware": [NOW - 3 * MIN, "1.0"],
        "equipment.firmware": [NOW - 2 * MIN, "RoomOS 11.2\\"],
        "presence.people": [NOW, 3.0],
    }
    bodies = {"radar": HEARD | {"latest": health}, "vc": HEARD, "luft": HEARD, "rorelse": HEARD}
    house = {"granen": MEETING, "tallen": {"state": "vacant", "evidence": []}}
    there = {**FINE, "online": 1, "heard": NOW - MIN}
    assert devices(bodies, house=house) == {
        "radar": there
        | {"occupied": 1, "battery_pct": 81, "rssi_dbm": -71, "firmware": "RoomOS 11.2"},
        "vc": there | {"occupied": 1, "in_call": 1},
        "luft": there,  # tells nothing of people
        "rorelse": there | {"occupied": 0},
    }


def test_what_never_shows_vacancy_says_nothing_of_it() -> None:
    vacant = MEETING | {"state": "vacant", "evidence": []}
    found = devices({"vc": HEARD, "radar": HEARD}, house={"granen": vacant})
    assert "occupied" not in found["vc"]
    assert found["vc"]["in_call"] == 0
    assert found["radar"]["occupied"] == 0


def test_whom_nobody_believes_is_not_quoted() -> None:
    stuck = fault("sensor_stuck", "radar")
    assert "occupied" not in devices({"radar": HEARD}, stuck, house={"granen": MEETING})["radar"]


@pytest.mark.parametrize(
    ("ago", "said", "faults", "online"),
    [
        (1, None, [], 1),
        (25, None, [], 1),  # 2.5 times ten minutes
        (25.01, None, [], None),  # and nobody has found that it is silent
        (26, None, ["device_silent"], 0),
        (1, (1, 0.0), [], 0),  # its last will
        (1, (2, 0.0), [], 1),  # and it has spoken since
        (1, (1, 1.0), [], 1),
    ],
)
def test_is_it_there(
    ago: float, said: tuple[float, float] | None, faults: list[str], online: float | None
) -> None:
    at = NOW - round(ago * MIN)
    latest: dict[str, Any] = {"health.battery_pct": [at, 80.0]}
    if said:
        latest["status.online"] = [NOW - round(said[0] * MIN), said[1]]
    body = {"heard": at, "latest": latest}
    found = devices({"radar": body}, *(fault(code, "radar") for code in faults))["radar"]
    assert found.get("online") == online
    assert ("battery_pct" in found) == (online == 1)
    assert found["heard"] == at


def test_one_fault_may_stand_for_many_devices() -> None:
    down = fault("source_silent", "source:av", "error", members=("radar", "luft"))
    found = devices({"radar": HEARD, "luft": HEARD, "vc": HEARD}, down)
    assert {id_: fields["online"] for id_, fields in found.items()} == {
        "radar": 0,
        "luft": 0,
        "vc": 1,
    }
    assert found["radar"]["faults"] == 0  # it is the source's


def test_never_heard_and_not_placed() -> None:
    registry = house_registry(placements=[])
    assert devices({"radar": {"heard": None, "latest": {}}}, registry=registry) == {"radar": FINE}
    (point,) = device_points(registry, {}, {"radar": HEARD}, told(registry, [], NOW), NOW, NOW)
    assert point.tags == {"site": "s", "device": "radar"}
    assert (point.fields["model"], point.fields["source"]) == ("närvarosensor", "av")
    assert "room" not in point.fields
