"""``rumskoll rollup``: computes again by itself, or watches the collector do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from telling import refused, rumskoll, told

from rooms.readings import Point
from rumskoll import wiring
from rumskoll.commands.common import LANGUAGE, say
from rumskoll.data_lock import hold
from rumskoll.registry_files import read_registry
from rumskoll.settings import read_settings
from storage.sqlite import SqliteStore
from storage.state import ServiceState

HOUR = 3_600_000
DAY = 24 * HOUR
MONDAY = int(datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp()) * 1000
NOW = MONDAY + 3 * DAY + 12 * HOUR


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "clock", count(NOW).__next__)


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    """Tallen's sensor is heard every ten minutes from Monday on, and sees nobody but on Monday
    from nine to ten."""
    Path("data").mkdir()
    ServiceState(Path("data") / "service.db").close()
    store = SqliteStore("data/store.db", retention_s=None, clock=lambda: NOW)
    tags = {"site": "arena", "device": "oga"}
    nine = range(MONDAY + 9 * HOUR, MONDAY + 10 * HOUR)
    store.write(
        [
            Point("presence", tags, time, {"occupied": float(time in nine)})
            for time in range(MONDAY, NOW, 600_000)
        ]
    )
    yield store
    store.close()


def days(store: SqliteStore, room: str = "tallen") -> dict[int, int]:
    """Day from Monday -> occupied minutes, of what has been computed."""
    found = store.read("use_day", {"room": [room]}, 0, 2**60)
    return {(p.time - MONDAY) // DAY: int(p.fields["occupied_s"]) // 60 for p in found}


def test_it_computes_what_was_asked_for(store: SqliteStore) -> None:
    said = told("rollup", "--from", "2026-11-23", "--to", "2026-11-24", "--room", "tallen")
    assert said.strip() == say("rollup.done")
    # everything of a registry that was never seen before, to begin with
    assert days(store) == {0: 60, 1: 0, 2: 0, 3: 0}
    store.write(
        [
            Point("presence", {"site": "arena", "device": "oga"}, time, {"occupied": 1.0})
            for time in (MONDAY + 33 * HOUR, MONDAY + 33 * HOUR + 600_000)
        ]
    )
    told("rollup", "--from", "2026-11-23", "--to", "2026-11-23")
    assert days(store)[1] == 0
    told("rollup", "--from", "2026-11-24")
    assert days(store)[1] == 20


def test_from_the_beginning_of_time(store: SqliteStore) -> None:
    result = rumskoll("rollup", "--from", "0001-01-01", "--to", "2026-11-23", "--room", "tallen")
    assert result.exit_code == 0  # what is older than the readings is frozen, and said to be
    assert days(store)[0] == 60


def test_a_running_collector_is_watched(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings()
    looks = []

    def collector(_: float) -> None:
        """Works between two looks at it; on the second one it is done."""
        looks.append(1)
        if len(looks) == 2:
            state = wiring.state_of(settings)
            found = read_registry(settings.rooms)
            part = wiring.rollup_of(
                settings, lambda: found, wiring.outbox_of(settings), state, store
            )
            part.step()

    monkeypatch.setattr("rumskoll.commands.rollup.time.sleep", collector)
    with hold(settings.data, "collector", LANGUAGE):
        said = told("rollup", "--from", "2026-11-23")
    assert said.splitlines() == [say("rollup.following"), say("rollup.done")]
    assert len(looks) == 2
    assert days(store)[0] == 60


def test_watching_may_be_left(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_c(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rumskoll.commands.rollup.time.sleep", ctrl_c)
    settings = read_settings()
    with hold(settings.data, "collector", LANGUAGE):
        said = told("rollup", "--from", "2026-11-23")
    assert said.splitlines()[-1] == say("rollup.left")
    with ServiceState(settings.data / "service.db").reading() as db:
        assert db.execute("SELECT count(*) FROM dirty_hour").fetchone()[0] > 24


def test_frozen_days_are_told(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", "4")
    result = rumskoll("rollup", "--from", "2026-11-01")
    assert result.exit_code == 0
    # noon on Thursday, less four days, plus two days and an hour that a day looks back: Wednesday,
    # but the last two days are never frozen
    assert result.stderr.strip() == say("rollup.frozen", day="2026-11-25", kept=4)
    assert set(days(store)) == {2, 3}


def test_readings_that_are_still_underway(store: SqliteStore) -> None:
    state = wiring.state_of(read_settings())
    state.dirty.mark([("tallen", MONDAY + 9 * HOUR)], chunk=5)
    said = told("rollup", "--from", "2026-11-23", "--to", "2026-11-23")
    assert said.splitlines()[-1] == say("rollup.waiting", count=1)


def test_nothing_to_compute_from(store: SqliteStore) -> None:
    said = told("rollup", "--from", "2026-11-01", "--to", "2026-11-02")
    assert said.strip() == say("rollup.nothing")


@pytest.mark.parametrize(
    ("args", "key", "values"),
    [
        (["--from", "23/11"], "rollup.day", {"option": "--from", "value": "23/11"}),
        (
            ["--from", "2026-11-23", "--to", "2026-11-31"],
            "rollup.day",
            {"option": "--to", "value": "2026-11-31"},
        ),
        (
            ["--from", "2026-11-23", "--to", "2026-11-22"],
            "rollup.reversed",
            {"first": "2026-11-23", "last": "2026-11-22"},
        ),
        (["--from", "2999-01-01"], "rollup.future", {"first": "2999-01-01"}),
        (
            ["--from", "2026-11-23", "--room", "gran"],
            "rollup.room",
            {"room": "gran", "known": "granen, tallen"},
        ),
    ],
)
def test_mistakes(store: SqliteStore, args: list[str], key: str, values: dict[str, str]) -> None:
    assert refused("rollup", *args) == say(key, **values)


def test_without_a_service() -> None:
    assert refused("rollup", "--from", "2026-11-23") == say("cli.no_data", folder="data")
