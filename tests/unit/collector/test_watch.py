"""The live state from committed readings, the hours they make dirty, and problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import HOUR, MIN, NOW, SITE
from watched import DEVICES, WatchedHouse, house_registry, site_rooms

from rooms.attribution import Booking


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    yield house
    house.close()


def test_before_anything_is_heard(house: WatchedHouse) -> None:
    house.look()
    assert house.told("granen") == ("unknown", None)
    assert house.told("kontoret") == ("private", None)
    assert house.state.live.ids("device") == set(DEVICES)


def test_movement_then_none_then_silence(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=True)
    house.look()
    assert house.told("tallen") == ("occupied", 0)
    assert house.room("tallen")["provisional"] is True
    assert house.room("tallen")["evidence"] == [{"device": "rorelse", "evidence": "motion"}]
    house.at(3).say("rorelse", "presence", motion=True)
    house.look()
    house.at(12).look()
    assert house.told("tallen") == ("occupied", 0)
    house.at(14).look()  # ten minutes after the last movement: it ended with that
    assert house.told("tallen") == ("vacant", 3)
    house.at(27).look()
    assert house.told("tallen") == ("vacant", 3)
    house.at(29).look()  # 2.5 x 10 minutes after the last message
    assert house.told("tallen") == ("unknown", 28)


def test_a_report_stands_until_the_next(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.at(9).say("radar", "presence", occupied=False)
    house.look()
    assert house.told("granen") == ("vacant", 9)
    assert house.room("granen")["provisional"] is False


def test_bookings_now_and_next(house: WatchedHouse) -> None:
    def put(room: str, *times: tuple[int, int]) -> None:
        events = [
            Booking(str(n), NOW + a * MIN, NOW + b * MIN, None) for n, (a, b) in enumerate(times)
        ]
        house.state.claims.put_bookings(room, events, NOW, NOW + 30 * HOUR, house.now)

    def told(room: str) -> tuple[float | None, float | None]:
        body = house.room(room)
        at = (body["booked_until"], body["next_booking"])
        return tuple(None if t is None else (t - NOW) / MIN for t in at)  # type: ignore[return-value]

    put("granen", (10, 30), (30, 60), (90, 120), (25 * 60, 26 * 60))
    put("kontoret", (0, 30))
    house.look()
    assert told("granen") == (None, 10)
    assert told("kontoret") == (None, None)
    house.at(10).look()
    assert told("granen") == (60, 90)  # two in a row are one time
    house.at(100).look()
    assert told("granen") == (120, 25 * 60)
    house.at(120).look()
    assert told("granen") == (None, 25 * 60)


def test_calls_and_air(house: WatchedHouse) -> None:
    house.say("vc", "equipment", in_call=True)
    house.say("luft", "climate", co2_ppm=812, temperature_c=21.5)
    house.at(2).say("luft", "climate", co2_ppm=830)
    house.look()
    body = house.room("granen")
    assert (body["state"], body["in_call"]) == ("occupied", True)
    assert (body["co2_ppm"], body["temperature_c"], body["climate_at"]) == (
        830,
        21.5,
        NOW + 2 * MIN,
    )
    assert house.room("tallen")["in_call"] is None  # nothing there could tell
    house.at(28).look()  # the air is not what it was
    assert house.room("granen")["co2_ppm"] is house.room("granen")["climate_at"] is None
    assert house.room("granen")["in_call"] is False


def test_a_steady_state_writes_nothing(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.look()
    before = house.state.live.last_change()
    for seconds in range(10, 60, 10):
        house.at(seconds / 60).look()
    rooms = [c for c in house.state.live.changes(before) if c.kind == "room"]
    assert rooms == []


# ---- dirty hours


def test_a_reading_marks_all_hours_that_it_may_change(house: WatchedHouse) -> None:
    house.look()
    assert house.dirty("tallen") == [0]
    # a PIR told every 10 min: 12 + 4.5 x 10 min after it, 12 + 2.5 x 10 min before
    house.say("rorelse", "presence", NOW - 5 * HOUR, motion=True)
    house.look()
    assert house.dirty("tallen") == [-6, -5, 0]
    house.say("rorelse", "presence", NOW - 9 * HOUR + 40 * MIN, motion=True)
    house.look()
    assert house.dirty("tallen") == [-9, -8, -6, -5, 0]
    assert house.dirty("granen") == [0]


def test_silent_hours_are_computed_too(house: WatchedHouse) -> None:
    house.look()
    house.at(130).look()
    assert house.dirty("granen") == [0, 1, 2]
    house.restart()
    house.at(4 * 60).look()
    assert house.dirty("granen") == [0, 1, 2, 3, 4]
    house.restart()  # after as long as readings are kept
    house.at(90 * 24 * 60).look()
    assert house.dirty("granen") == [*range(90 * 24 + 1)]


def test_hours_go_on_after_a_clock_that_ran_ahead(house: WatchedHouse) -> None:
    house.at(10 * 60).look()
    house.restart()
    house.at(0).look()
    house.at(2 * 60).look()
    house.state.dirty.clean(house.state.dirty.ready(2**62, 2**62))
    house.at(3 * 60).look()
    assert 3 in house.dirty("granen")


def test_late_readings_do_not_change_the_present(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=False)
    house.look()
    house.at(1).say("radar", "presence", NOW - 3 * HOUR, occupied=True)
    house.look()
    assert house.told("granen")[0] == "vacant"


# ---- the registry changes


def reload(house: WatchedHouse, **changes: object) -> None:
    house.registry = house_registry(**changes)
    house.post.pipeline.use(house.registry)
    house.watch.use(house.registry)
    house.look()


def test_a_room_becomes_private(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.say("luft", "climate", co2_ppm=800)
    house.look()
    reload(house, rooms=site_rooms(granen={"private": True}))
    body = house.room("granen")
    assert {name for name, value in body.items() if value} == {"site", "state"}
    assert body["state"] == "private"


def test_what_devices_said_of_people_goes_when_their_room_becomes_private(
    house: WatchedHouse,
) -> None:
    house.say("vc", "equipment", in_call=True, people=3, error_fan=1)
    house.look()
    reload(house, rooms=site_rooms(granen={"private": True}))
    row = house.state.live.get("device", "vc")
    assert row is not None
    assert [*row.body["latest"]] == ["equipment.error_fan"]


def test_rooms_and_devices_go(house: WatchedHouse) -> None:
    house.look()
    reload(
        house,
        rooms=SITE["rooms"][:2],
        devices=[{"id": "radar", "source": "av", "address": "radar", "model": "generic-presence"}],
        placements=[{"device": "radar", "room": "granen"}],
    )
    assert house.state.live.ids("room") == {"granen", "tallen"}
    assert house.state.live.ids("device") == {"radar"}


def test_what_a_removed_device_had_said_is_passed_over(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=True)
    reload(house, devices=[], placements=[])
    assert house.told("tallen") == ("unknown", None)


# ---- problems


def test_problems_come_and_go(house: WatchedHouse) -> None:
    house.say("vc", "equipment", error_fan=2)
    house.look()
    assert house.problems() == [("equipment_error", "vc")]
    house.at(1).say("vc", "equipment", error_fan=0)
    house.look()
    house.go_on_to(2.5)
    assert house.problems() == [("equipment_error", "vc")]
    house.go_on_to(3)  # it has not said so for two minutes
    assert house.problems() == []


def test_silence_is_a_problem_after_grace(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=True)
    house.go_on_to(24.5)
    assert ("device_silent", "rorelse") not in house.problems()
    house.go_on_to(25)
    assert ("device_silent", "rorelse") in house.problems()
    house.say("rorelse", "presence", motion=False)
    house.look()
    assert ("device_silent", "rorelse") not in house.problems()


def test_a_connection_that_comes_back_gives_grace(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=True)
    house.go_on_to(24)
    house.watch.grace()
    house.go_on_to(33)
    assert ("device_silent", "rorelse") not in house.problems()
    house.go_on_to(35)
    assert ("device_silent", "rorelse") in house.problems()
