"""A house that history is brought into, under a clock of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from rooms.readings import Point
from rumskoll.registry_files import read_registry
from storage.sqlite import SqliteStore
from tests.unit.rumskoll.telling import rumskoll

MIN: Final = 60_000
HOUR: Final = 60 * MIN
DAY: Final = 24 * HOUR
STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")

HOUSE: Final = """
id: s
name: Inland
opening_hours: {mon-sun: "08:00-17:00"}
holidays: {country: null}
sources: [{id: av, decoder: native}]
rooms:
  - {id: granen, name: Granen, capacity: 8}
  - {id: tallen, name: Tallen, capacity: 4}
  - {id: kontoret, name: Kontoret, capacity: 1, private: true}
devices:
  - {id: radar, source: av, address: R-1, model: generic-presence}
  - {id: raknare, source: av, address: R-2, model: generic-count}
  - {id: skrivbord, source: av, address: R-3, model: generic-presence}
  - {id: lager, source: av, address: R-4, model: generic-presence}
placements:
  - {device: radar, room: granen}
  - {device: raknare, room: tallen}
  - {device: skrivbord, room: kontoret}
  - {device: lager, room: granen, from: 2030-01-01}
"""

MAP: Final = """
delimiter: ";"
decimal: ","
time: {columns: [tid]}
source: av
address: enhet
fields:
  - {column: närvaro, field: presence.occupied}
  - {column: antal, field: presence.people}
  - {column: grader, field: climate.temperature_c}
"""
HEADER: Final = "enhet;tid;närvaro;antal;grader"

DERIVED: Final = (
    "use_hour",
    "use_day",
    "use_month",
    "partner_day",
    "site_hour",
    "site_day",
    "site_month",
)


def at(wall: str) -> int:
    """``2026-11-23 09:05`` on the wall, in ms."""
    return int(datetime.fromisoformat(wall).replace(tzinfo=STOCKHOLM).timestamp()) * 1000


def registry() -> Any:
    return read_registry(Path("rooms.yaml"))


def write(*rows: str, header: str = HEADER, name: str = "h.csv") -> Path:
    path = Path(name)
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def a_radar(start: int, stop: int, stays: Iterable[tuple[int, int]]) -> list[str]:
    """Its rows every ten minutes and at every change."""
    stays = list(stays)
    times = {*range(start, stop, 10 * MIN), *(edge for stay in stays for edge in stay)}
    return [
        f"R-1;{datetime.fromtimestamp(t / 1000, STOCKHOLM).isoformat()};"
        f"{int(any(a <= t < b for a, b in stays))};;"
        for t in sorted(times)
    ]


def store(now: int) -> SqliteStore:
    Path("data").mkdir(exist_ok=True)
    return SqliteStore("data/store.db", retention_s=None, clock=lambda: now)


def points(now: int, measurement: str, **tags: str) -> list[Point]:
    opened = store(now)
    asked = {name: [value] for name, value in tags.items()}
    try:
        return list(opened.read(measurement, asked, -(2**60), 2**60))
    finally:
        opened.close()


def used(now: int, day: str, room: str = "granen") -> dict[str, Any]:
    """The day's sums that are not zero."""
    (found,) = [p for p in points(now, "use_day", room=room) if p.time == at(f"{day} 00:00")]
    return {name: value for name, value in found.fields.items() if value}


def everything(now: int, *measurements: str) -> list[str]:
    """Every point with something in it, byte by byte."""
    return sorted(
        json.dumps([p.measurement, p.tags, p.time, p.fields], sort_keys=True)
        for name in measurements or DERIVED
        for p in points(now, name)
        if any(p.fields.values())
    )


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
