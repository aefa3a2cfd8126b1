"""Check-ins from panels: into the claims of the right room, at their own time, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, HOUR, MIN, NOW, checkin
from watched import DEVICES, WatchedHouse, house_registry

from rooms.attribution import CheckIn

DEVICE_LIST = [
    {"id": id_, "source": "av", "address": id_, "model": model}
    for id_, (model, _) in DEVICES.items()
] + [{"id": "panel", "source": "av", "address": "panel", "model": "checkin-panel"}]
MOVED = [  # the panel, two days ago
    {"device": "panel", "room": "granen", "until": "2026-11-21"},
    {"device": "panel", "room": "tallen", "from": "2026-11-21"},
]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    house.registry = house_registry(devices=DEVICE_LIST, placements=MOVED)
    house.watch.use(house.registry)
    house.post.pipeline.use(house.registry)
    house.look()
    clean(house)
    yield house
    house.close()


def clean(house: WatchedHouse) -> None:
    house.state.dirty.clean(house.state.dirty.ready(2**62, 2**62))


def told(house: WatchedHouse, room: str) -> list[CheckIn]:
    return house.state.claims.checkins(room, 0, 2**62)


def test_in_and_out(house: WatchedHouse) -> None:
    until = "2026-11-23T11:00:00+01:00"
    house.post.send(checkin(until=until), checkin(at=NOW + 20 * MIN, partner=None))
    house.at(20).look()
    assert told(house, "tallen") == [
        CheckIn(NOW, "vindel", NOW + HOUR),
        CheckIn(NOW + 20 * MIN, None),
    ]
    assert told(house, "granen") == []
    assert house.dirty("tallen") == [0]
    assert house.dirty("granen") == []


def test_a_late_one_makes_all_hours_since_dirty(house: WatchedHouse) -> None:
    house.post.send(checkin(time=NOW - 3 * HOUR + MIN))
    house.look()
    assert told(house, "tallen") == [CheckIn(NOW - 3 * HOUR + MIN, "vindel")]
    assert house.dirty("tallen") == [-3, -2, -1, 0]


def test_a_very_late_one_no_more_than_it_may_last(house: WatchedHouse) -> None:
    house.post.send(checkin(time=NOW - 2 * DAY + 30 * MIN))
    house.look()
    assert house.dirty("tallen") == list(range(-48, -23))


def test_a_clock_that_runs_ahead(house: WatchedHouse) -> None:
    house.at(58)
    house.post.send(checkin(at=house.now, time=house.now + 4 * MIN))
    house.look()
    assert told(house, "tallen") == [CheckIn(NOW + 62 * MIN, "vindel")]
    assert house.dirty("tallen") == [1]


def test_the_room_is_that_in_which_the_panel_stood_then(house: WatchedHouse) -> None:
    then = NOW - 3 * DAY
    house.post.send(checkin(time=then))
    house.look()
    assert told(house, "granen") == [CheckIn(then, "vindel")]
    assert told(house, "tallen") == []


def test_told_again_after_a_kill_it_changes_nothing(house: WatchedHouse) -> None:
    house.post.send(checkin())
    house.look()
    clean(house)
    house.state.live.set_cursor("watch", 0)  # as if its transaction had not been committed
    house.restart()
    house.look()
    assert told(house, "tallen") == [CheckIn(NOW, "vindel")]


def test_it_is_no_evidence_and_nobody_elses_business(house: WatchedHouse) -> None:
    house.post.send(checkin())
    house.at(0.1).look()
    assert house.told("tallen") == ("unknown", None)
    row = house.state.live.get("device", "panel")
    assert row is not None
    assert (row.body["heard"], row.body["latest"]) == (NOW, {})
