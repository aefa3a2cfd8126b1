"""Faults through the watch: no storm after an outage, and nothing out of step after a failure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import MIN, NOW
from structlog.testing import capture_logs
from watched import WatchedHouse, house_registry

from rooms.faults import Finding

EVERY = 10  # minutes between two messages of a movement sensor: silent after 25


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WatchedHouse]:
    house = WatchedHouse(tmp_path)
    yield house
    house.close()


def silent(house: WatchedHouse) -> set[str]:
    return {subject for code, subject in house.problems() if code == "device_silent"}


def all_speak(house: WatchedHouse, minute: float) -> None:
    house.go_on_to(minute)
    for device in ("radar", "vc", "luft", "rorelse", "egen"):
        house.say(device, "health", uptime_s=1)
    house.look()


def transitions(house: WatchedHouse) -> list[tuple[int, str, str, str]]:
    """Minute, code, subject, kind."""
    happened = house.state.faults.happened(0, 2**62)
    return [((one.at - NOW) // MIN, f.code, f.subject, one.kind) for f, one in happened]


# ---- outages


def test_an_hour_away_with_a_backlog(house: WatchedHouse) -> None:
    """None for devices that spoke meanwhile; those that did not: one each."""
    all_speak(house, 0)
    all_speak(house, 1)
    house.restart()
    house.at(61)
    for minute in (10, 20, 30, 40, 50, 60):  # what the broker had kept
        for device in ("radar", "vc", "rorelse", "egen"):
            house.say(device, "health", NOW + minute * MIN, uptime_s=1)
    house.look()
    assert house.problems() == []
    for minute in range(62, 122, 5):
        house.go_on_to(minute)
        for device in ("radar", "vc", "rorelse", "egen"):
            house.say(device, "health", uptime_s=1)
    house.go_on_to(122)
    opened = [row for row in transitions(house) if row[3] == "opened"]
    assert [(code, subject) for _, code, subject, _ in opened] == [("device_silent", "luft")]
    assert house.state.faults.open()[0].since == NOW + 1 * MIN


def test_nobody_is_silent_while_nobody_can_be_heard(house: WatchedHouse) -> None:
    all_speak(house, 0)
    house.listening = False
    house.go_on_to(120)
    assert house.problems() == []
    house.listening = True
    house.go_on_to(120 + EVERY - 1)
    assert "rorelse" not in silent(house)
    house.go_on_to(120 + EVERY + 1)
    assert "rorelse" in silent(house)


def test_a_computer_that_slept(house: WatchedHouse) -> None:
    all_speak(house, 0)
    house.go_on_to(1)
    house.at(8 * 60).look()
    assert house.problems() == []
    house.go_on_to(8 * 60 + EVERY - 1)
    assert "rorelse" not in silent(house)
    house.go_on_to(8 * 60 + EVERY + 1)
    assert "rorelse" in silent(house)


def test_a_clock_that_is_set_back_stops_nothing(house: WatchedHouse) -> None:
    all_speak(house, 0)
    house.go_on_to(20)
    house.at(-60)
    house.say("vc", "equipment", error_fan=2)
    house.look()
    assert ("equipment_error", "vc") in house.problems()
    before = len(house.after)
    house.go_on_to(-59)
    assert len(house.after) > before


def test_a_silence_that_was_told_stays_over_a_restart(house: WatchedHouse) -> None:
    all_speak(house, 0)
    house.go_on_to(40)
    told = silent(house)
    assert "rorelse" in told
    before = transitions(house)
    house.restart()
    house.go_on_to(41)
    house.watch.grace()
    house.go_on_to(45)
    assert silent(house) >= told
    assert [row for row in transitions(house) if row[3] != "opened"] == []
    assert transitions(house)[: len(before)] == before


# ---- in step


def test_what_is_waiting_is_noted_before_anybody_judges(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device's error and its end stand in two chunks, of which one is taken at a time."""
    house.look()
    house.say("vc", "equipment", error_fan=2)
    house.at(0.02).say("vc", "equipment", error_fan=0)
    chunks = house.post.outbox.chunks
    monkeypatch.setattr(house.post.outbox, "chunks", lambda name: chunks(name)[:1])
    house.at(1)
    assert house.watch.step()
    assert house.problems() == []
    called = len(house.after)
    house.look()
    assert transitions(house) == []
    assert called == 2, "alerts go on all the same"


def test_killed_in_the_midst_of_a_backlog(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.look()
    house.say("rorelse", "health", battery_pct=10)
    house.say("vc", "equipment", error_fan=2)
    chunks = house.post.outbox.chunks
    monkeypatch.setattr(house.post.outbox, "chunks", lambda name: chunks(name)[:1])
    house.watch.step()
    assert house.problems() == []
    house.restart()
    house.at(0.1).look()
    assert {*house.problems()} == {("battery_low", "rorelse"), ("equipment_error", "vc")}


def test_a_step_that_fails_leaves_the_rules_as_they_were(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.look()
    house.at(0.1).say("vc", "equipment", error_fan=2)

    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(house.state.live, "set_cursor", full)
        with pytest.raises(OSError, match="full"):
            house.watch.step()
    assert house.problems() == []
    states = house.state.faults.rule_states()
    house.at(0.2).look()
    assert house.problems() == [("equipment_error", "vc")]
    assert house.state.faults.rule_states() != states
    assert len(transitions(house)) == 1


def test_what_came_due_in_a_step_that_failed_is_not_forgotten(
    house: WatchedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_speak(house, 0)
    house.go_on_to(24.5)

    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(house.state.live, "keep_only", full)
        house.at(25)
        with pytest.raises(OSError, match="full"):
            house.watch.step()
    assert "rorelse" not in silent(house)
    house.go_on_to(25 + EVERY + 0.5)  # an outage gives grace
    assert "rorelse" in silent(house)


def test_alerts_are_queued_in_the_same_transaction(house: WatchedHouse) -> None:
    house.look()
    house.say("vc", "equipment", error_fan=2)

    def full(_: int) -> None:
        house.state.db.execute("ROLLBACK")  # as SQLite does by itself
        raise sqlite3.OperationalError("database or disk is full")

    house.queue = full
    house.at(1)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        house.watch.step()
    assert (house.problems(), house.state.live.cursor("watch")) == ([], 0)


def test_after_an_update_what_devices_said_last_is_known(house: WatchedHouse) -> None:
    """A version without rules' memory had written it."""
    house.say("rorelse", "health", battery_pct=10)
    house.look()
    with house.state.transaction() as db:
        for table in ("rule_state", "fault", "fault_spell", "fault_transition"):
            db.execute(f"DELETE FROM {table}")
    house.restart()
    house.at(0.5).look()
    assert ("battery_low", "rorelse") in house.problems()


# ---- the registry, and what is not the engine's


def test_what_is_gone_has_no_faults(house: WatchedHouse) -> None:
    house.say("vc", "equipment", error_fan=2)
    house.look()
    registry = house.registry
    others = [
        Finding("reported", "granen", "sound", "warning", NOW),
        Finding("calendar_failing", "tallen", "", "warning", NOW),
    ]
    codes = ("reported", "calendar_failing")
    house.state.faults.settle(codes, others, NOW, lambda s: registry.place_of(s, NOW))
    sites: dict[str, Any] = {
        "rooms": [{"id": "tallen", "name": "Tallen", "capacity": 4}],
        "devices": [],
        "placements": [],
    }
    house.registry = house_registry(**sites)
    house.watch.use(house.registry)
    house.at(1).look()
    assert house.problems() == [("calendar_failing", "tallen")]


def test_what_flaps_is_one_fault(house: WatchedHouse) -> None:
    house.look()
    for minute in range(0, 40, 5):  # an error clears when it has been gone for two minutes
        house.go_on_to(minute)
        house.say("vc", "equipment", error_fan=2)
        house.go_on_to(minute + 1)
        house.say("vc", "equipment", error_fan=0)
        house.go_on_to(minute + 4)
    (fault,) = [f for f in house.state.faults.open() if f.code == "flapping"]
    assert (fault.subject, fault.detail) == ("vc", "equipment_error: fan")
    # with the seventh change: opened 0, 5, 10, 15; resolved 3, 8, 13
    assert (fault.opened - NOW) // MIN == 15
    house.go_on_to(98)
    assert ("flapping", "vc") not in house.problems()


# ---- alerts


def test_alerts_that_cannot_be_queued_hold_nothing_up(
    house: WatchedHouse,
) -> None:
    """What they wrote is undone, all else is kept, and they are tried again."""
    broken = True

    def queue(now: int) -> None:
        house.state.live.set_cursor("half", now)
        if broken:
            raise KeyError("a word is missing")

    house.queue = queue
    with capture_logs() as logged:
        all_speak(house, 0)
        house.go_on_to(30)
    assert "rorelse" in silent(house)
    assert (house.watch.last_told, house.state.live.cursor("half")) == (0, 0)
    assert [line["event"] for line in logged] == ["alerts cannot be queued; trying again"]
    broken = False
    house.go_on_to(31)
    assert house.watch.last_told == house.state.live.cursor("half") == house.now
