"""What the reporter writes and when: messages in, a clock moved by hand, points in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import DAY, HOUR, MIN, NOW, message, native
from reported import SUMMED, ReportedHouse

from collector.reporter import MOST_MINUTES
from rooms.alerts.message import Alert, Delivery
from rooms.faults import Finding
from storage.store import StoreUnavailable


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ReportedHouse]:
    house = ReportedHouse(tmp_path)
    yield house
    house.close()


def away(*_: object) -> None:
    raise StoreUnavailable("away")


def test_the_service_by_hand(house: ReportedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.say("radar", "presence", occupied="yes")
    house.post.send(native("radar", "presence", {"occupied": True}, house.now, retain=True))
    house.post.send(native("nobody", "presence", {"occupied": True}, house.now))
    house.forward()
    house.minutes(1)
    house.up = False
    house.say("luft", "climate", house.now - 5_000, co2_ppm=600)
    house.now = NOW + 2 * MIN
    house.reporter.step()
    assert house.service("received", "stored", "ignored", "quarantined", "unknown") == {
        0: (4, 1, 1, 2, 1),
        1: (1, 1, 0, 0, 0),
    }
    waiting = house.post.outbox
    (last,) = [p.fields for at, p in house.points("service") if at == 1]
    assert last == {
        **dict.fromkeys(SUMMED, 0),
        **{"received": 1, "stored": 1, "unknown": 0, "written": 0, "refused": 0},
        "outbox_rows": waiting.waiting,
        "outbox_bytes": waiting.waiting_bytes,
        "outbox_limit": waiting.limit,
        "outbox_age_s": 64,  # said five seconds before the end of the first second
        "watch_age_s": 64,
        "quarantine_rows": 2,
        "dirty_hours": house.state.dirty.count(0, house.now),
        "disk_free_bytes": 5_000,
        "broker_up": 0,
        "store_up": 1,
        "faults_open": 0,
        "alerts_sent": 0,
        "alerts_failed": 0,
        "alerts_waiting": 0,
    }
    assert house.service("written", "broker_up")[0] == (2, 1)  # the sign that could not be used


def test_once_a_minute_and_no_more(house: ReportedHouse) -> None:
    house.reporter.step()
    assert house.service("received") == {}
    house.now = NOW + MIN
    house.reporter.step()
    house.now = NOW + 2 * MIN - 1
    house.reporter.step()
    assert house.service("received") == {0: 0}
    house.now = NOW + 5 * MIN  # it slept: what came meanwhile is the last minute's
    house.reporter.step()
    assert house.service("received") == {0: 0, 4: 0}


def test_a_day_adds_up_over_restarts_replays_and_midnight(house: ReportedHouse) -> None:
    house.at(13 * 60 + 50)  # ten to midnight in Lycksele
    house.restart()
    for n in range(24):
        house.say("radar", "presence", occupied=n % 2)
        house.say("radar", "presence", occupied="broken" if n % 3 else n % 2)
        if n % 5 == 4:
            house.restart()
        house.minutes(13 * 60 + 50 + n + 1)
    house.say("luft", "climate", co2_ppm=600)  # told by the next process
    house.restart()
    house.minutes(14 * 60 + 40)
    added = house.counted()
    assert (added["received"], added["quarantined"]) == (49, 16)
    assert house.sums() == added
    quarantine = house.post.outbox.quarantine
    assert quarantine.request_replay(quarantine.ids()) == 16
    house.post.pipeline.idle()  # they cannot be used this time either
    house.minutes(14 * 60 + 45)
    assert house.sums() == house.counted() == added
    assert min(p.fields[n] for _, p in house.points("service") for n in SUMMED) == 0


def test_an_upgrade_does_not_tell_the_whole_day_as_a_minute(house: ReportedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    with house.state.transaction() as db:
        db.execute("DELETE FROM state WHERE kind = 'reported'")
    house.restart()
    house.minutes(2)
    assert set(house.service("received").values()) == {0}


def test_the_store_is_away_for_an_hour(
    house: ReportedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.minutes(10)
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "write", away)
        for minute in range(11, 71):
            house.say("radar", "presence", occupied=minute % 2)
            with pytest.raises(StoreUnavailable):
                house.forward()
            house.forwarder.progress.error = "away"
            house.minutes(minute)
    assert len(house.points("service")) == 10
    house.forward()
    house.minutes(71)
    assert [at for at, _ in house.points("service")] == [*range(71)]
    assert house.sums() == house.counted()
    up = house.service("store_up")
    assert [at for at in up if not up[at]] == [*range(10, 70)]
    rooms = [at for at, p in house.points("room_state") if p.tags["room"] == "granen"]
    assert not [at for at in rooms if 10 < at < 71], "the present only"


def test_snapshots_are_taken_anew_when_it_is_back(
    house: ReportedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.minutes(6)
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "write", away)
        house.minutes(8)
    house.minutes(9)
    assert {at for at, _ in house.points("room_state")} == {1, 5, 9}


def test_killed_while_the_store_is_away(
    house: ReportedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "write", away)
        house.say("radar", "presence", occupied=True)
        house.minutes(5)
    house.restart()
    house.minutes(6)
    assert house.sums() == house.counted()


def test_only_so_many_minutes_wait(house: ReportedHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "write", away)
        for minute in range(1, MOST_MINUTES + 60):
            house.now = NOW + minute * MIN
            house.reporter.step()
    house.minutes(MOST_MINUTES + 60)
    found = [at for at, _ in house.points("service")]
    assert found == [*range(60, MOST_MINUTES + 60)]


def test_alerts_are_counted_in_their_minute(house: ReportedHouse) -> None:
    id_ = house.state.alerts.put(Alert(0, "anna", "test", "s", NOW, NOW))
    house.state.alerts.put_deliveries(
        [
            Delivery(id_, "email", "delivered", settled=NOW + 70_000),
            Delivery(id_, "url:1", "failed", settled=NOW + 80_000),
            Delivery(id_, "url:2", "delivered", settled=NOW + 2 * MIN),
            Delivery(id_, "url:3"),
        ]
    )
    house.minutes(3)
    assert house.service("alerts_sent", "alerts_failed", "alerts_waiting") == {
        0: (0, 0, 1),
        1: (1, 1, 1),
        2: (1, 0, 1),
    }


def test_snapshots_at_a_change_and_every_five_minutes(house: ReportedHouse) -> None:
    house.minutes(6)
    house.say("luft", "climate", co2_ppm=600)  # heard for the first time
    house.say("radar", "presence", occupied=True)
    house.minutes(7)
    house.say("luft", "climate", co2_ppm=700)  # another reading alone is none
    house.minutes(11)
    rooms = [(at, p.fields["state"]) for at, p in house.points("room_state")
             if p.tags["room"] == "granen"]  # fmt: skip
    assert rooms == [(1, 2), (5, 2), (7, 1), (10, 1)]
    air = [
        (at, p.fields.get("online"))
        for at, p in house.points("device_state")
        if p.tags["device"] == "luft"
    ]
    assert air == [(1, None), (5, None), (7, 1), (10, 1)]


def test_what_a_hanging_watch_said_last_is_not_now(house: ReportedHouse) -> None:
    house.say("radar", "presence", occupied=True)
    house.minutes(5)
    for minute in (6, 7, 8):
        house.now = NOW + minute * MIN + 1_000
        house.reporter.step()
    rooms = [(at, p.fields["state"]) for at, p in house.points("room_state")
             if p.tags["room"] == "granen"]  # fmt: skip
    assert rooms[-1] == (7, 2)
    assert max(at for at, _ in house.points("device_state")) == 5


def test_accounts_stand_at_midnight_and_are_finished_after_it(
    house: ReportedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.say("radar", "presence", occupied=True)
    house.minutes(5)

    def received() -> dict[float, Any]:
        return {at / 60: p.fields["received"] for at, p in house.points("account")}

    assert received() == {-10: 1}
    house.at(13 * 60 + 58).say("radar", "presence", occupied=False)
    with monkeypatch.context() as patch:  # just then, and for long
        patch.setattr(house.store, "write", away)
        house.minutes(14 * 60 + 50)
    house.restart()
    house.say("luft", "climate", co2_ppm=600)
    house.minutes(14 * 60 + 55)
    assert received() == {-10: 2, 14: 1}


def test_nothing_of_private_rooms(house: ReportedHouse) -> None:
    house.minutes(1)
    for minute in range(1, 31):
        house.say("egen", "presence", motion=True)
        house.minutes(minute + 1)
    house.state.faults.settle(
        ("sensor_stuck",),
        [Finding("sensor_stuck", "egen", "", "warning", house.now)],
        house.now,
        lambda subject: house.registry.place_of(subject, house.now),
    )
    house.minutes(40)
    own = [p for _, p in house.points("room_state") if p.tags["room"] == "kontoret"]
    assert {json.dumps(p.fields, sort_keys=True) for p in own} == {
        json.dumps(
            {
                "capacity": 1.0,
                "faults": 0.0,
                "name": "Kontoret",
                "severity": 0.0,
                "state": 3.0,
                "words": "Privat",
            }
        )
    }
    for _, point in house.points("device_state"):
        if point.tags["device"] == "egen":
            assert not {"occupied", "in_call"} & point.fields.keys()
            assert point.fields.get("heard", NOW) % (10 * MIN) == NOW % (10 * MIN)
    assert "egen" not in {p.tags["device"] for _, p in house.points("account")}


def test_a_clock_that_is_set_back(house: ReportedHouse) -> None:
    house.now = NOW + 3 * HOUR
    house.reporter.step()
    house.now = NOW
    house.reporter.step()
    house.say("radar", "presence", occupied=True)
    house.minutes(2)
    assert house.service("received")[0] == 1


def test_nothing_is_told_before_there_is_anything(house: ReportedHouse) -> None:
    house.post.send(message("nowhere", b"{}", house.now + DAY))
    house.reporter.step()
    for name in ("service", "room_state", "device_state", "account"):
        assert house.points(name) == []
