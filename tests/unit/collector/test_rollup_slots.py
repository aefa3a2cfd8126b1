"""The 5-minute series in the store, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import MIN, NOW
from watched import WatchedHouse, house_registry, site_rooms

from storage.store import StoreUnavailable


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    yield house
    house.close()


def slots(house: WatchedHouse, room: str = "granen") -> dict[int, dict[str, Any]]:
    """Minute -> fields, of what is in the store."""
    house.look()
    house.forward()
    return slots_now(house, room)


def slots_now(house: WatchedHouse, room: str = "granen") -> dict[int, dict[str, Any]]:
    found = house.store.read("room_slot", {"room": [room]}, 0, 2**42)
    return {(p.time - NOW) // MIN: dict(p.fields) for p in found}


def a_meeting(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.at(1).say("luft", "climate", co2_ppm=500, temperature_c=20)
    house.at(2).say("vc", "equipment", in_call=True)
    house.at(3).say("luft", "climate", co2_ppm=700)
    house.at(4).say("vc", "equipment", in_call=False, error_fan=1)
    house.look()  # found while it is news
    house.at(6).say("luft", "climate", co2_ppm=900)
    house.at(7).say("radar", "presence", occupied=False)


def settle(house: WatchedHouse) -> int:
    house.look()
    house.forward()
    return house.rollup.step()


KINDS = ("motion_s", "presence_s", "count_s", "line_s", "in_call_s")
NOTHING = {"occupied_s": 0, "known_s": 0, "faults": 0} | dict.fromkeys(KINDS, 0)


def test_by_hand(house: WatchedHouse) -> None:
    a_meeting(house)
    house.at(12)
    assert settle(house) == 3  # a day of each room
    found = slots(house)
    full = NOTHING | {"known_s": 300, "faults": 1}
    assert found[-5] == NOTHING
    assert found[0] == full | {
        "occupied_s": 300,
        "presence_s": 300,
        "in_call_s": 120,
        "co2_ppm": 600,
        "temperature_c": 20,
    }
    assert found[5] == full | {"occupied_s": 120, "presence_s": 120, "co2_ppm": 900}
    assert found[10] == full | {"known_s": 121}  # the second that runs, too
    assert max(found) == 10
    assert slots(house, "kontoret") == {}


def test_again_gives_the_same(house: WatchedHouse) -> None:
    a_meeting(house)
    house.at(30)
    settle(house)
    first = slots(house)
    assert settle(house) == 0  # not before five minutes have passed
    house.at(36)
    assert settle(house) > 0
    again = slots(house)
    # a silence that is a fault by now began with the last word
    assert {at: again[at] | {"faults": 0} for at in first} == {
        at: fields | {"faults": 0} for at, fields in first.items()
    }
    assert again[30]["known_s"] == 120  # 25 min after the last word


def test_hours_are_clean_once_they_are_settled(house: WatchedHouse) -> None:
    a_meeting(house)
    house.at(55)
    settle(house)
    assert house.dirty("granen") == [0]
    house.at(26 * 60)
    settle(house)
    assert 0 not in house.dirty("granen")
    found = slots(house)
    assert found[60] | {"faults": 0} == NOTHING  # a silent hour is told as such


def test_a_late_reading_mends_the_past(house: WatchedHouse) -> None:
    house.at(26 * 60)
    settle(house)
    house.say("rorelse", "presence", NOW + 10 * MIN, motion=True)
    house.say("rorelse", "presence", NOW + 14 * MIN, motion=True)
    settle(house)
    found = slots(house, "tallen")
    assert (found[10]["occupied_s"], found[15]["occupied_s"]) == (240, 0)
    assert (found[35]["known_s"], found[40]["known_s"]) == (240, 0)


def test_nothing_is_computed_before_the_store_has_it(house: WatchedHouse) -> None:
    a_meeting(house)
    house.look()
    house.rollup.step()
    assert slots_now(house) == {}
    house.forward()
    house.at(13)
    house.rollup.step()
    assert slots_now(house)[0]["occupied_s"] == 300


def test_trouble_with_the_store_leaves_the_hours_dirty(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_meeting(house)
    house.look()
    house.forward()

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(house.store, "read", away)
        with pytest.raises(StoreUnavailable):
            house.rollup.step()
    assert house.dirty("granen") == [-1, 0]
    house.at(10)
    assert settle(house) > 0
    assert slots(house)[0]["occupied_s"] == 300


def test_a_fault_counts_from_its_onset(house: WatchedHouse) -> None:
    house.at(12).say("vc", "equipment", error_fan=1)
    house.look()
    house.at(20)
    settle(house)
    assert {at: f["faults"] for at, f in slots(house).items() if at >= 0} == {
        0: 0,
        5: 0,
        10: 1,
        15: 1,
    }


def test_rooms_that_are_gone_or_private_are_let_go(house: WatchedHouse) -> None:
    a_meeting(house)
    house.look()
    house.forward()
    house.registry = house_registry(rooms=site_rooms(granen={"private": True}))
    house.rollup.step()
    assert house.dirty("granen") == []
    assert slots(house) == {}


def test_private_from_midnight_on(house: WatchedHouse) -> None:
    """The hours before are written although the run goes on into private ones."""
    since = "2026-11-24"
    house.registry = house_registry(
        rooms=site_rooms(granen={"private": [{"value": False}, {"from": since, "value": True}]})
    )
    house.watch.use(house.registry)
    house.post.pipeline.use(house.registry)
    a_meeting(house)
    house.at(16 * 60 + 30)  # half past two in the night
    settle(house)
    found = slots(house)
    assert found[0]["occupied_s"] == 300
    assert max(found) == 14 * 60 - 5
    assert max(house.dirty("granen"), default=0) < 14
