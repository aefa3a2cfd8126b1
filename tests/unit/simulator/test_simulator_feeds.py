"""The simulated rooms' calendars: the booked meetings, some without an organiser."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from devices.simulator.calendar import day_bounds
from devices.simulator.feeds import CalendarFiles, calendars
from devices.simulator.generate import Setting, scenario_of
from rooms.registry.parse import build_registry, parse_site

SITE = (Path(__file__).parents[3] / "examples" / "lycksele" / "rooms.yaml").read_text("utf-8")
REGISTRY = build_registry([parse_site(SITE, "rooms.yaml")])
SCENARIO = scenario_of(REGISTRY.sites["lycksele"], Setting(seed=7))
FIRST, LAST = date(2026, 10, 5), date(2026, 11, 1)  # four weeks


def stamp(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def test_every_booked_meeting_and_nothing_else() -> None:
    found = calendars(SCENARIO, FIRST, LAST)
    assert found.keys() == REGISTRY.rooms.keys()
    days = [FIRST + timedelta(days=n) for n in range(28)]
    visits = [v for day in days for v in SCENARIO.rooms(day)["granen"].visits]
    booked = [v for v in visits if v.booked]
    assert len(booked) < len(visits)
    assert any(v.no_show for v in booked)
    starts = re.findall(r"^DTSTART:(\w+)\r$", found["granen"], re.M)
    ends = re.findall(r"^DTEND:(\w+)\r$", found["granen"], re.M)
    assert starts == [stamp(v.start) for v in booked]
    assert ends == [stamp(v.stop) for v in booked]
    assert len(set(re.findall(r"^UID:(.+)$", found["granen"], re.M))) == len(booked)


def test_most_name_the_partner() -> None:
    whole = "".join(calendars(SCENARIO, FIRST, LAST).values())
    named = re.findall(r"^ORGANIZER:mailto:\S+@(\S+)\r$", whole, re.M)
    assert 0.85 < len(named) / whole.count("BEGIN:VEVENT") < 0.95
    domains = {p.domains[0] for p in REGISTRY.sites["lycksele"].partners}
    assert set(named) == domains


def test_files_are_written_again_with_each_day(tmp_path: Path) -> None:
    start, stop = day_bounds(FIRST, SCENARIO.zone)
    files = CalendarFiles(tmp_path / "calendars", REGISTRY, Setting(seed=7), start)
    files.reach(start)
    path = tmp_path / "calendars" / "granen.ics"
    first = path.read_bytes()
    assert first.decode() == calendars(SCENARIO, FIRST, FIRST + timedelta(days=14))["granen"]
    path.write_bytes(b"")
    files.reach(stop - 1)
    assert path.read_bytes() == b""  # the same day
    files.reach(stop)
    assert len(path.read_bytes()) > len(first)
    assert {p.suffix for p in path.parent.iterdir()} == {".ics"}
