"""The live state is never lost, never doubled, whenever the watch is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import NOW
from watched import WatchedHouse, house_registry

from storage.sqlite import SqliteStore
from storage.store import StoreUnavailable


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    yield house
    house.close()


def occupied_for_hours(house: WatchedHouse) -> None:
    """Longer than any memory reaches back, and than a sensor would be believed."""
    house.registry = house_registry(faults={"devices": {"radar": {"sensor_stuck": False}}})
    house.restart()
    for minute in range(0, 26 * 60, 20):
        house.at(minute).say("radar", "presence", occupied=True)
        house.look()


@pytest.mark.parametrize("in_store", [True, False])
def test_since_when_survives_a_restart(house: WatchedHouse, in_store: bool) -> None:
    occupied_for_hours(house)
    assert house.told("granen") == ("occupied", 0)
    if in_store:
        house.forward()
    house.restart()
    house.at(26 * 60).look()
    assert house.told("granen") == ("occupied", 0)


def test_the_newest_values_survive_a_restart(house: WatchedHouse) -> None:
    house.say("rorelse", "health", battery_pct=10)
    house.look()
    house.at(1).look()
    house.restart()
    house.at(2).look()
    assert ("battery_low", "rorelse") in house.problems()
    row = house.state.live.get("device", "rorelse")
    assert row is not None
    assert row.body["latest"] == {"health.battery_pct": [NOW, 10.0]}


def test_what_was_heard_a_moment_ago_survives_a_restart(house: WatchedHouse) -> None:
    house.look()
    house.at(0.02).say("vc", "equipment", error_fan=2)
    house.look()
    house.forward()  # and so it has left the outbox
    house.restart()
    house.at(0.1).look()
    assert house.problems() == [("equipment_error", "vc")]


def test_a_store_that_was_away_at_the_start_is_asked_again(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.say("radar", "presence", occupied=True)
    house.forward()
    house.look()

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "read", away)
        house.restart()
        house.at(1).look()
    house.at(1.5).look()
    assert house.room("granen")["state"] == "unknown"
    house.at(2.2).look()
    assert house.told("granen") == ("occupied", 0)


def test_what_leaves_the_outbox_while_the_watch_starts_is_not_missed(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.say("radar", "presence", occupied=True)
    house.look()
    read = SqliteStore.read

    def forwarded_meanwhile(*given: object) -> object:
        points = list(read(*given))
        house.forward()
        return iter(points)

    monkeypatch.setattr(SqliteStore, "read", forwarded_meanwhile)
    house.restart()
    house.at(1).look()
    assert house.told("granen") == ("occupied", 0)


def test_a_long_outage_of_the_store_survives_a_restart(house: WatchedHouse) -> None:
    """The newest of many small chunks count, not the oldest."""
    for second in range(510):
        house.at(second / 60).say("luft", "climate", co2_ppm=400)
    house.at(9).say("radar", "presence", occupied=True)
    house.look()
    house.restart()
    house.at(10).look()
    assert house.told("granen") == ("occupied", 9)


# ---- killed between two writes


def test_killed_before_the_outbox_knows(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.say("radar", "presence", occupied=True)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house.post.outbox, "finished", killed)
    with pytest.raises(KeyboardInterrupt):
        house.watch.step()
    house.restart()
    assert house.post.outbox.done("watch") == 1  # by the cursor of the state
    changes = house.state.live.last_change()
    house.look()
    assert house.told("granen") == ("occupied", 0)
    kinds = [c for c in house.state.live.changes(changes) if (c.kind, c.id) == ("room", "granen")]
    assert kinds == []
    house.say("radar", "presence", occupied=False)
    house.look()
    assert house.told("granen")[0] == "vacant"


def test_killed_before_the_state_is_committed(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.say("radar", "presence", occupied=True)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house.state.live, "set_cursor", killed)
    with pytest.raises(KeyboardInterrupt):
        house.watch.step()
    assert house.state.live.get("room", "granen") is None
    house.restart()
    house.look()
    assert house.told("granen") == ("occupied", 0)
    assert house.dirty("granen") == [-1, 0]


def test_a_new_outbox_under_an_old_state(house: WatchedHouse) -> None:
    for _ in range(3):
        house.say("radar", "presence", occupied=True)
    house.look()
    house.close()
    for path in house.folder.glob("outbox.db*"):
        path.unlink()
    house.open()
    house.at(1).say("radar", "presence", occupied=False)
    house.look()
    assert house.told("granen") == ("vacant", 1)
    house.forward()
    house.at(24 * 60).look()
    house.rollup.step()
    assert house.dirty("granen")[0] > 0  # the first hours could be cleaned
