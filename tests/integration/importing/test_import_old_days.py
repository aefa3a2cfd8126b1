"""Readings older than the store keeps: their days come out as if it had kept them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from collector.rollup_plan import Bounds
from rooms.readings import Point
from rumskoll.importing.reach import Reach
from storage.state import ServiceState
from storage.store import StoreUnavailable
from tests.unit.importing.imported import (
    DAY,
    HOUR,
    MIN,
    a_radar,
    at,
    brought_in,
    everything,
    points,
    registry,
    store,
    two_weeks,
    used,
    write,
)
from tests.unit.rumskoll.telling import rumskoll

NOW = at("2026-11-25 12:00")
EDGE = NOW - 3 * DAY  # of a retention of three days


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", "3")


def hear(start: int, stop: int, *, device: str = "radar") -> None:
    """The running service has heard it all the time, vacant."""
    opened = store(NOW)
    tags = {"site": "s", "device": device}
    opened.write(
        [Point("presence", tags, t, {"occupied": 0.0}) for t in range(start, stop, 10 * MIN)]
    )
    opened.close()


@pytest.mark.usefixtures("_short")
def test_expired_readings_are_not_kept() -> None:
    two_weeks()
    brought_in()
    # the suite's own view of the file keeps everything that is in it
    assert min(p.time for p in points(NOW, "presence")) >= EDGE
    assert used(NOW, "2026-11-12")["occupied_s"] == 1800
    assert used(NOW, "2026-11-12")["outside_s"] == 2 * 3600
    assert list(Path("data/import").iterdir()) == []
    with closing(ServiceState(Path("data/service.db"))) as state:
        day = date(2026, 11, 12)
        ((_, _, evidence),) = state.evidence.read(["granen"], day, day)
    assert [(s.start, s.stop, s.outside) for s in evidence.stretches] == [
        (at("2026-11-12 00:00"), at("2026-11-12 01:00"), True),
        (at("2026-11-12 09:00"), at("2026-11-12 09:30"), False),
        (at("2026-11-12 23:00"), at("2026-11-13 00:00"), True),
    ]


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


@pytest.mark.usefixtures("_short")
def test_a_mark_that_the_power_cut_off_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    two_weeks("2026-11-20")

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.importing.writing.compute_old", away)
        assert rumskoll("import", "h.csv", "--map", "map.yaml").exit_code == 2
    for mark in Path("data/import").glob("*.json"):
        mark.write_bytes(b"\0" * 9)
    assert "Going on after" not in brought_in()


def test_a_month_that_begins_with_old_days_is_summed_again() -> None:
    """A collector at work may have summed it before the old days were written."""
    retention_ms = 20 * DAY
    known = registry()
    reach = Reach(known, Bounds(known, retention_ms), NOW)
    edge = reach.edge("granen")
    assert at("2026-11-05 12:00") < edge < at("2026-11-10 00:00")
    assert reach.edge_hours({("granen", date(2026, 11, 2)), ("tallen", date(2026, 10, 31))}) == {
        ("granen", edge)
    }
    assert reach.edge_hours({("granen", date(2025, 11, 2))}) == set()
