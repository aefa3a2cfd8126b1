"""Rooms that are private on some days: these are cut out of every window."""

from __future__ import annotations

from typing import Any

from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.histories import device_histories
from tests.unit.api.house import HOUR, MIN, NOW, SITE, House
from tests.unit.api.test_api_rooms import get


def partly_private(*steps: dict[str, Any]) -> Registry:
    """The house, with Renen private as the steps say."""
    rooms = [r | {"private": [*steps]} if r["id"] == "renen" else r for r in SITE["rooms"]]
    return Registry([Site.model_validate(SITE | {"rooms": rooms})])


MIDNIGHT = NOW - 10 * HOUR  # of the 23rd
DAY = 24 * HOUR


def count(house: House, at: int, people: float) -> None:
    tags = {"site": "lycksele", "device": "renen-antal"}
    house.store.points.append(Point("presence", tags, at, {"people": people}))


def test_private_days_are_cut_out_of_a_window(house: House) -> None:
    """Private on the 22nd only; somebody counted all through, from the 21st to the 23rd."""
    house.registry = partly_private(
        {"value": False},
        {"from": "2026-11-22", "value": True},
        {"from": "2026-11-23", "value": False},
    )
    for at in range(MIDNIGHT - DAY - HOUR, MIDNIGHT + HOUR, 10 * MIN):
        count(house, at + 5 * MIN, 1.0)  # five past, a quarter past, ...
    query = "start=2026-11-21T23:30:00%2B01:00&end=2026-11-23T00:30:00%2B01:00"
    body = get(house, f"/api/v1/rooms/renen/occupancy?{query}")
    assert [(i["start"][8:16], i["end"][8:16], i["state"]) for i in body["intervals"]] == [
        ("21T23:30", "22T00:00", "occupied"),
        ("22T00:00", "23T00:00", "private"),
        ("23T00:00", "23T00:05", "unknown"),  # nothing is carried over from the private day
        ("23T00:05", "23T00:30", "occupied"),
    ]
    assert not any(i["provisional"] for i in body["intervals"] if i["state"] == "private")
    spans = [(p["start"][8:16], p["end"][8:16]) for p in body["people"] + body["evidence"]]
    assert spans == [("21T23:30", "22T00:00"), ("23T00:05", "23T00:30")] * 2
    assert body["private"] is False
    assert body["totals"]["window_s"] == 25 * 3600
    assert body["totals"]["unknown_s"] == 24 * 3600 + 300
    assert body["totals"]["occupied_s"] == 55 * 60


def test_a_private_day_in_the_midst_of_a_window_and_at_its_edges(house: House) -> None:
    house.registry = partly_private({"value": True}, {"from": "2026-11-23", "value": False})
    count(house, MIDNIGHT - HOUR, 1.0)
    path = "/api/v1/rooms/renen/occupancy?start=2026-11-22T{}%2B01:00&end=2026-11-23T{}%2B01:00"
    states = [i["state"] for i in get(house, path.format("22:00:00", "00:00:01"))["intervals"]]
    assert states == ["private", "unknown"]
    whole = get(house, path.format("22:00:00", "00:00:00"))
    assert (whole["private"], whole["intervals"], whole["totals"]) == (True, [], None)
    today = partly_private({"value": False}, {"from": "2026-11-23", "value": True})
    house.registry = today  # until now, and settled all the same
    told = get(house, path.format("22:00:00", "10:00:00"))["intervals"]
    assert (told[-1]["state"], told[-1]["provisional"]) == ("private", False)
    # two steps that both say private are one private time
    house.registry = partly_private({"value": True}, {"from": "2026-11-23", "value": True})
    assert get(house, path.format("22:00:00", "08:00:00"))["private"] is True


def test_no_device_stands_in_a_room_on_its_private_days(house: House) -> None:
    registry = partly_private(
        {"value": False},
        {"from": "2026-10-25", "value": True},  # the day that has 25 hours
        {"from": "2026-10-26", "value": False},
    )
    first = MIDNIGHT - 29 * DAY - HOUR  # 2026-10-25 00:00 +02:00
    start, stop = first - HOUR, first + 26 * HOUR
    (history,) = device_histories(house.store, registry, "renen", start, stop, pad=False)
    assert history.placed == [(start, first), (first + 25 * HOUR, stop)]
    assert (
        device_histories(house.store, registry, "renen", first, first + 25 * HOUR, pad=False) == []
    )
