"""A device that is not trusted: from the problem's onset, live and in what is computed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, HOUR, MIN, NOW
from watched import WatchedHouse, house_registry

from rooms.faults import Finding, distrust
from rooms.faults.engine import Engine, Looked
from rooms.occupancy import room_timeline
from storage.histories import device_histories

CODES = ("sensor_stuck", "decode_failing")


@pytest.fixture(autouse=True)
def _no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong, the tests say."""
    monkeypatch.setattr(Engine, "look", lambda *_: Looked(frozenset(), []))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    """The radar in Granen has said for three hours that somebody is there."""
    house = WatchedHouse(tmp_path)
    for minute in range(0, 181, 9):
        house.at(minute).say("radar", "presence", occupied=True)
    house.at(181).look()
    assert house.told("granen") == ("occupied", 0)
    clean(house)
    yield house
    house.close()


def clean(house: WatchedHouse) -> None:
    house.state.dirty.clean(house.state.dirty.ready(2**62, 2**62))


def doubt(
    house: WatchedHouse, since: int | None, code: str = CODES[0], device: str = "radar"
) -> None:
    found = [] if since is None else [Finding(code, device, "", "warning", since)]
    house.state.faults.settle(CODES, found, house.now)


@pytest.mark.parametrize("code", CODES)
def test_from_its_onset_until_it_closes(house: WatchedHouse, code: str) -> None:
    doubt(house, NOW + 90 * MIN, code)
    house.at(182).look()
    assert house.told("granen")[0] == "unknown"
    # a reading of 01:30 matters to what lies up to 37 min before it
    assert house.dirty("granen") == [0, 1, 2, 3]
    clean(house)
    house.at(183).look()
    assert house.dirty("granen") == []

    doubt(house, None)
    house.at(184).look()
    assert house.dirty("granen") == [0, 1, 2, 3]
    assert house.told("granen")[0] == "unknown"  # it has said nothing since
    house.at(185).say("radar", "presence", occupied=True)
    house.look()
    assert house.told("granen") == ("occupied", 185)


def test_history_says_the_same(house: WatchedHouse) -> None:
    doubt(house, NOW + 90 * MIN)
    house.forward()
    stop = NOW + 3 * HOUR
    doubted = distrust(house.state.faults.spells(NOW, stop), house.now)
    believed, checked = (
        room_timeline(
            device_histories(house.store, house.registry, "granen", NOW, stop, distrusted=those),
            NOW,
            stop,
            house.now,
        )
        for those in ({}, doubted)
    )
    assert believed.occupied == [(NOW, stop)]
    assert checked.occupied == [(NOW, NOW + 90 * MIN)]
    assert checked.unknown == [(NOW + 90 * MIN, stop)]


def test_what_it_says_meanwhile_does_not_count(house: WatchedHouse) -> None:
    doubt(house, NOW + 150 * MIN)
    house.at(182).look()
    house.at(182.01).say("radar", "presence", occupied=True)
    house.look()  # between two looks at the problems
    assert house.told("granen")[0] == "unknown"


def test_others_are_believed_all_the_same(house: WatchedHouse) -> None:
    doubt(house, NOW + 150 * MIN)
    house.at(182).say("vc", "equipment", in_call=True)
    house.look()
    assert house.told("granen")[0] == "occupied"


def test_other_problems_are_no_reason_but_their_hours_are_told_anew(house: WatchedHouse) -> None:
    """A silence is told long after its onset, when the hours of an outage are settled."""
    found = [Finding("equipment_error", "vc", "fan", "error", NOW + HOUR)]
    house.state.faults.settle(["equipment_error"], found, house.now)
    house.at(183).look()
    assert (house.told("granen"), house.dirty("granen")) == (("occupied", 0), [1, 2, 3])
    assert house.dirty("tallen") == []


def test_one_that_came_and_went_unseen(house: WatchedHouse) -> None:
    doubt(house, NOW + 90 * MIN)
    doubt(house, None)
    house.at(182).look()
    assert house.dirty("granen") == [0, 1, 2, 3]


def test_a_restart_makes_nothing_dirty_and_misses_nothing(house: WatchedHouse) -> None:
    doubt(house, NOW + 90 * MIN)
    house.at(182).look()
    clean(house)
    house.restart()
    house.at(182.5).look()
    assert house.told("granen")[0] == "unknown"
    assert house.dirty("granen") == []
    doubt(house, None)
    house.restart()
    house.at(183).look()
    assert house.dirty("granen") == [0, 1, 2, 3]


def test_nor_does_time_that_passes(house: WatchedHouse) -> None:
    doubt(house, NOW + 90 * MIN)
    house.at(182).look()
    doubt(house, None)
    house.at(183).look()
    clean(house)
    house.at(3 * DAY / MIN).look()
    assert min(house.dirty("granen")) > 3


def test_only_hours_in_which_it_stood_in_the_room(house: WatchedHouse) -> None:
    moved = [
        {"device": "rorelse", "room": "tallen", "until": "2026-11-23"},
        {"device": "rorelse", "room": "granen", "from": "2026-11-23"},
    ]
    house.watch.use(house_registry(placements=moved))
    doubt(house, NOW - 12 * HOUR, device="rorelse")  # local midnight is 10 hours before NOW
    house.at(182).look()
    # a movement sensor's reading matters from 37 min before it to 57 min after it
    assert house.dirty("tallen") == [-13, -12, -11, -10]
    assert house.dirty("granen") == list(range(-11, 4))
