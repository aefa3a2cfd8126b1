"""When backups are made by themselves, which are kept, and what is told of those that fail."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rumskoll.backup import nightly
from rumskoll.backup.make import note
from rumskoll.backup.manifest import Kind, name_of
from rumskoll.backup.nightly import Backups, in_a_process, last_time
from rumskoll.settings import Settings
from storage.state import Issued, ServiceState

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MIN, HOUR = 60_000, 3_600_000


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp()) * 1000


class Nights:
    """``makes`` is what the next attempts say; a good one leaves a file and notes itself."""

    def __init__(self, folder: Path) -> None:
        self.now = at("2026-11-23 20:00")
        self.made: list[tuple[str, Kind]] = []
        self.says = ""
        self.folder = folder / "away"
        self.folder.mkdir()
        self.state = ServiceState(folder / "service.db")
        self.backups = Backups(
            self.state,
            self._make,
            self.folder,
            at=time(2, 30),
            keep=3,
            zone=lambda: STOCKHOLM,
            clock=lambda: self.now,
        )

    def _make(self, kind: Kind, stop: threading.Event) -> str:
        self.made.append((f"{datetime.fromtimestamp(self.now / 1000, STOCKHOLM):%d %H:%M}", kind))
        if not self.says:
            (self.folder / name_of(kind, self.now)).touch()
            note(self.state, kind, self.now, len(self.state.statements.all()))
        return self.says

    def live(self, until: str, every: int = 10 * MIN) -> list[tuple[str, Kind]]:
        """What is made meanwhile."""
        self.made = []
        while self.now < at(until):
            self.backups.step()
            self.now += every
        return self.made

    def issue(self) -> None:
        number = len(self.state.statements.all()) + 1
        month = f"2026-{number:02}"
        self.state.statements.put(
            Issued(number, month, 1, f"{number:04}-{month}-v1", "", "", self.now, "åsa", "")
        )


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    made = Nights(tmp_path)
    yield made
    made.state.close()


def test_at_first_and_then_each_night(nights: Nights) -> None:
    assert nights.live("2026-11-26 12:00") == [
        ("23 20:00", "full"),
        ("24 02:30", "full"),
        ("25 02:30", "full"),
        ("26 02:30", "full"),
    ]


def test_after_each_statement(nights: Nights) -> None:
    nights.live("2026-11-24 09:00")
    nights.issue()
    assert nights.live("2026-11-24 10:00") == [("24 09:00", "light")]
    nights.issue()
    nights.issue()
    assert nights.live("2026-11-25 03:00") == [("24 10:00", "light"), ("25 02:30", "full")]


def test_one_that_fails_is_tried_again_each_half_hour(nights: Nights) -> None:
    nights.says = "No space left"
    times = nights.live("2026-11-23 21:10")
    assert [when for when, _ in times] == ["23 20:00", "23 20:30", "23 21:00"]
    assert nights.backups.failed == "No space left"
    nights.says = ""
    assert nights.live("2026-11-23 22:00") == [("23 21:30", "full")]
    assert nights.backups.failed == ""


def test_the_newest_are_kept_and_those_of_statements_since(nights: Nights) -> None:
    (nights.folder / "rumskoll-20261101-by-hand.tar").touch()
    nights.live("2026-11-24 12:00")
    nights.issue()
    nights.live("2026-11-27 12:00")
    nights.issue()
    nights.live("2026-11-29 12:00")
    assert {path.name for path in nights.folder.iterdir()} == {
        "rumskoll-20261101-by-hand.tar",
        *(name_of("full", at(f"2026-11-{day} 02:30")) for day in (27, 28, 29)),
        name_of("light", at("2026-11-27 12:00")),
    }


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 02:29", "2026-11-22 02:30"),
        ("2026-11-23 02:30", "2026-11-23 02:30"),
        ("2027-03-28 12:00", "2027-03-28 03:30"),  # the clocks skip an hour
        ("2026-10-25 12:00", "2026-10-25 02:30"),  # it comes twice: the first one
    ],
)
def test_the_last_time_it_was_due(now: str, expected: str) -> None:
    assert last_time(time(2, 30), STOCKHOLM, at(now)) == at(expected)


def test_the_process_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder that the service never ran in."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(data=tmp_path / "none", backup=tmp_path / "away", language="en")
    said = in_a_process(settings)("full", threading.Event())
    assert str(tmp_path / "none") in said
    assert "Traceback" not in said


def test_the_process_ends_with_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    stop.set()
    monkeypatch.setattr(nightly, "_command", lambda _: [sys.executable, "-c", "input()"])
    assert in_a_process(Settings())("full", stop) == "it did not come to an end"
