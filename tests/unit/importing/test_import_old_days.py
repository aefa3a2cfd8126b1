"""Readings older than the store keeps: their days come out as if it had kept them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from imported import DAY, HOUR, MIN, a_radar, at, everything, points, store, used, write

from rooms.readings import Point
from storage.store import StoreUnavailable
from tests.unit.rumskoll.telling import rumskoll

NOW = at("2026-11-25 12:00")
EDGE = NOW - 3 * DAY  # of a retention of three days


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", "3")


def brought_in(*more: str) -> str:
    result = rumskoll("import", "h.csv", "--map", "map.yaml", *more)
    assert result.exit_code == 0, result.output
    return result.stdout


def two_weeks(first: str = "2026-11-10") -> None:
    """Somebody comes late each evening and stays past midnight, and from nine to half past."""
    start, stop = at(f"{first} 00:00"), at("2026-11-24 00:00")
    stays = [
        stay
        for day in range(start, stop, DAY)
        for stay in (
            (day + 9 * HOUR, day + 9 * HOUR + 30 * MIN),
            (day + 23 * HOUR, day + 25 * HOUR),
        )
    ]
    write(*a_radar(start, stop, stays))


def hear(start: int, stop: int, *, device: str = "radar") -> None:
    """The running service has heard it all the time, vacant."""
    opened = store(NOW)
    tags = {"site": "s", "device": device}
    opened.write(
        [Point("presence", tags, t, {"occupied": 0.0}) for t in range(start, stop, 10 * MIN)]
    )
    opened.close()


def test_the_same_numbers_whoever_computes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_weeks()
    found = {}
    for days in ("90", "3"):
        monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", days)
        said = brought_in()
        found[days] = everything(NOW)
        assert ("Of them older than readings are kept" in said) == (days == "3")
        Path("data").rename(tmp_path / f"data{days}")
    assert len(found["90"]) > 14 * 24
    assert found["3"] == found["90"]


@pytest.mark.usefixtures("_short")
def test_expired_readings_are_not_kept() -> None:
    two_weeks()
    brought_in()
    # the suite's own view of the file keeps everything that is in it
    assert min(p.time for p in points(NOW, "presence")) >= EDGE
    assert used(NOW, "2026-11-12")["occupied_s"] == 1800
    assert used(NOW, "2026-11-12")["outside_s"] == 2 * 3600
    assert list(Path("data/import").iterdir()) == []


@pytest.mark.usefixtures("_short")
def test_a_frozen_day_with_numbers_stays() -> None:
    two_weeks()
    brought_in()
    first = everything(NOW)
    write(*a_radar(at("2026-11-15 00:00"), at("2026-11-16 00:00"), []))
    said = brought_in()
    assert (
        "granen: old days that have numbers already and stay: 1, 2026-11-15 to 2026-11-15." in said
    )
    assert everything(NOW) == first
    said = brought_in("--replace")
    assert "granen: days that are computed: 1, 2026-11-15 to 2026-11-15." in said
    assert "occupied_s" not in used(NOW, "2026-11-15")
    month = {p.fields["occupied_s"] for p in points(NOW, "use_month", room="granen")}
    assert month == {13 * 1800.0}


@pytest.mark.usefixtures("_short")
def test_the_boundary_day_uses_what_the_store_still_has() -> None:
    """The store has heard the room's radar since noon of the day that is half expired."""
    day = at("2026-11-22 00:00")
    hear(day + 12 * HOUR, NOW)
    stay = (day + 9 * HOUR, day + 10 * HOUR)
    write(*a_radar(day, day + 12 * HOUR, [stay]))
    brought_in()
    assert used(NOW, "2026-11-22") == {
        "bookable_s": 9 * 3600,
        "known_s": 9 * 3600,
        "occupied_s": 3600,
        "walkin_s": 3600,
    }


@pytest.mark.usefixtures("_short")
def test_a_day_that_was_computed_and_is_not_frozen_is_the_roll_ups() -> None:
    """What is heard and what is brought in count together, and nothing is lost."""
    day = at("2026-11-24 00:00")
    hear(day, NOW)
    brought_in_day = [(day + 9 * HOUR, day + 10 * HOUR)]
    write(*a_radar(day + 9 * HOUR, day + 10 * HOUR + MIN, brought_in_day))
    said = brought_in()
    assert "stay:" not in said
    assert used(NOW, "2026-11-24")["known_s"] == 9 * 3600
    assert used(NOW, "2026-11-24")["occupied_s"] == 3600


@pytest.mark.usefixtures("_short")
def test_interrupted_anywhere_it_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rumskoll.importing.writing.BATCH", 200)
    two_weeks("2026-11-20")
    brought_in()
    whole = everything(NOW), everything(NOW, "presence")
    Path("data").rename(tmp_path / "whole")
    from storage.sqlite import SqliteStore

    write_points = SqliteStore.write
    for dies_at in range(2, 40, 4):
        left = [dies_at]

        def dying(self: Any, points: Any, left: list[int] = left) -> Any:
            left[0] -= 1
            if left[0] == 0:
                write_points(self, points[: len(points) // 2])
                raise StoreUnavailable("away")
            return write_points(self, points)

        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, "write", dying)
            result = rumskoll("import", "h.csv", "--map", "map.yaml")
        if result.exit_code == 0:
            break
        assert result.stderr.strip().endswith("away")
        brought_in()
        assert (everything(NOW), everything(NOW, "presence")) == whole, dies_at
        Path("data").rename(tmp_path / f"died{dies_at}")
    assert dies_at > 6


@pytest.mark.usefixtures("_short")
def test_after_a_day_it_begins_anew(
    monkeypatch: pytest.MonkeyPatch, set_clock: Callable[[str], int]
) -> None:
    monkeypatch.setattr("rumskoll.importing.writing.BATCH", 500)
    two_weeks("2026-11-20")

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.importing.writing.compute_old", away)
        assert rumskoll("import", "h.csv", "--map", "map.yaml").exit_code == 2
    assert "Going on after" in brought_in()
    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.importing.writing.compute_old", away)
        assert rumskoll("import", "h.csv", "--map", "map.yaml", "--replace").exit_code == 2
    set_clock("2026-11-26 13:00")
    assert "Going on after" not in brought_in("--replace")
