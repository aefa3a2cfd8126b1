"""The walk test's source: what noticed somebody is kept, and told at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import MIN, NOW
from watched import WatchedHouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    yield house
    house.close()


def reacted(house: WatchedHouse, device: str) -> Any:
    row = house.state.live.get("device", device)
    assert row is not None
    return row.body["reacted"]


def told(house: WatchedHouse, after: int) -> list[str]:
    return [c.id for c in house.state.live.changes(after) if c.kind == "device"]


def test_a_reaction_is_kept_until_the_next(house: WatchedHouse) -> None:
    house.look()
    assert reacted(house, "rorelse") is None
    house.say("rorelse", "presence", motion=True)
    house.look()
    assert reacted(house, "rorelse") == {"at": NOW, "what": [["motion", 1]]}
    house.at(2).say("rorelse", "presence", motion=False)
    house.look()
    assert reacted(house, "rorelse")["at"] == NOW
    house.at(3).say("rorelse", "presence", motion_count=2)
    house.look()
    assert reacted(house, "rorelse") == {"at": NOW + 3 * MIN, "what": [["motion", 2]]}


def test_presence_reacts_when_it_begins(house: WatchedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.at(1).say("radar", "presence", occupied=True)
    house.look()
    assert reacted(house, "radar")["at"] == NOW


def test_what_comes_late_is_no_reaction(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=False)
    house.say("rorelse", "presence", NOW - MIN, motion=True)
    house.look()
    assert reacted(house, "rorelse") is None


def test_of_a_private_room_nothing_is_kept(house: WatchedHouse) -> None:
    house.say("egen", "presence", motion=True)
    house.look()
    assert reacted(house, "egen") is None


def test_it_is_told_at_once_and_other_news_later(house: WatchedHouse) -> None:
    house.look()
    house.at(1).say("rorelse", "presence", motion=False)
    house.look()  # the first telling in a while
    seen = house.state.live.last_change()
    house.now += 1000
    house.say("luft", "climate", co2_ppm=800)
    house.look()
    assert told(house, seen) == []
    house.say("rorelse", "presence", motion=True)
    house.look()
    assert told(house, seen) == ["rorelse"]
    house.now += 10_000
    house.look()
    assert told(house, seen) == ["rorelse", "luft"]


def test_a_restart_remembers(house: WatchedHouse) -> None:
    house.say("rorelse", "presence", motion=True)
    house.look()
    before = reacted(house, "rorelse")
    house.restart()
    house.at(1).say("rorelse", "presence", motion=False)
    house.look()
    assert reacted(house, "rorelse") == before
