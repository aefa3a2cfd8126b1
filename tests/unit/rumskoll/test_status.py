"""What the collector tells of itself: its report, its faults, and whether it is well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from collector.link import Link
from rooms.readings import Point
from rumskoll import collector_role
from rumskoll.collector_role import FRESH_MS, Status
from storage.forwarder import Progress
from storage.outbox import Batch, Outbox
from storage.state import ServiceState
from tests.integration.sessions import registry

NOW = 1_795_424_400_000
S = 1000


class House:
    """The parts that a status looks at; ``now`` is the clock."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.free = 50 * 2**30
        self.link = Link(connected=True)
        self.progress = Progress(written=1)
        self.files = SimpleNamespace(current=registry(1), error=None)
        self.contacts = SimpleNamespace(error=None)
        self.watch = SimpleNamespace(last_step=NOW - S, last_told=NOW - S)
        self.backups = SimpleNamespace(failed="")
        self.alerts = SimpleNamespace(last_step=NOW - S)
        self.outbox = Outbox(folder / "outbox.db")
        self.state = ServiceState(folder / "service.db")
        self.status = self.new_status()

    def new_status(self) -> Status:
        parts: Any = SimpleNamespace(
            files=self.files,
            contacts=self.contacts,
            session=SimpleNamespace(link=self.link),
            forwarder=SimpleNamespace(progress=self.progress),
            outbox=self.outbox,
            state=self.state,
            watch=self.watch,
            alerts=self.alerts,
            backups=self.backups,
        )
        return Status(parts, "broker", lambda: self.free)

    def report(self, after_s: int = 0) -> dict[str, Any]:
        self.now = NOW + after_s * S
        self.status._report()
        row = self.state.live.get("role", "collector")
        assert row is not None
        return row.body

    def faults(self) -> list[tuple[str, str]]:
        return [(fault.code, fault.severity) for fault in self.state.faults.open()]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    made = House(tmp_path)
    monkeypatch.setattr(collector_role, "clock", lambda: made.now)
    yield made
    made.outbox.close()
    made.state.close()


def light(at: int) -> Point:
    return Point("climate", {"device": "d0"}, at, {"illuminance_lx": 1.0})


def test_how_far_behind_each_stage_is(house: House) -> None:
    hour = Point("use_hour", {"room": "granen"}, NOW - 3_600_000, {"known_s": 1.0})
    for points in ([hour], [light(NOW - 90 * S), light(NOW - 60 * S)], [light(NOW - 10 * S)]):
        house.outbox.commit(Batch(points=points))
    nothing = {"points": 4, "seconds": 0.0}  # derived series are of the past by nature
    assert house.report()["behind"] == {"store": nothing, "watch": nothing}
    house.outbox.finished("watch", 3)
    house.outbox.finished("store", 1)
    assert house.report()["behind"] == {
        "store": {"points": 3, "seconds": 60.0},
        "watch": {"points": 0, "seconds": 0.0},
    }


def test_faults_of_the_service_over_a_restart(house: House) -> None:
    house.link.connected = False
    house.report()
    assert house.faults() == []
    house.report(30)
    assert house.faults() == [("broker_down", "error")]
    (fault,) = house.state.faults.open()
    assert fault.since == NOW
    house.status = house.new_status()
    house.report(35)
    assert [f.id for f in house.state.faults.open()] == [fault.id], "still the same one"
    house.link.connected = True
    house.report(40)
    house.report(70)
    assert house.faults() == []
    kinds = [transition.kind for transition in house.state.faults.transitions(fault.id)]
    assert kinds == ["opened", "resolved"]


def test_a_backup_that_could_not_be_made(house: House) -> None:
    house.backups.failed = "No space left on device"
    house.report()
    assert house.faults() == [("backup_failed", "error")]
    house.backups.failed = ""
    house.report(60)
    assert house.faults() == []


def test_no_room(house: House) -> None:
    house.link.busy, house.free = "the outbox has reached its limit", 10 * 2**20
    body = house.report()
    assert body["disk_full"] is True
    assert body["refusing"] == house.link.busy
    assert house.faults() == [("outbox_filling", "error")] * 2


def test_well(house: House) -> None:
    assert not house.status.well(), "nothing has been written yet"
    house.report()
    assert house.status.well()


@pytest.mark.parametrize(
    "trouble",
    [
        {"connected": False},
        {"refused": "not allowed to subscribe"},
        {"busy": "the disk is full"},
    ],
)
def test_not_well_while_messages_are_not_taken(house: House, trouble: dict[str, Any]) -> None:
    house.report()
    changed = replace(house.link, **trouble)
    for name in trouble:
        setattr(house.link, name, getattr(changed, name))
    assert not house.status.well()


@pytest.mark.parametrize(
    ("part", "step"), [("watch", "last_step"), ("watch", "last_told"), ("alerts", "last_step")]
)
def test_not_well_while_a_part_hangs(house: House, part: str, step: str) -> None:
    house.report()
    hanging = getattr(house, part)
    setattr(hanging, step, NOW - FRESH_MS)
    assert not house.status.well()
    setattr(hanging, step, NOW - FRESH_MS + 1)
    assert house.status.well()


def test_not_well_while_service_db_takes_nothing(house: House) -> None:
    house.report()
    house.now = NOW + FRESH_MS
    house.watch.last_step = house.watch.last_told = house.alerts.last_step = house.now
    assert not house.status.well()
