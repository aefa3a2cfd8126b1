"""``python -m bench.backup``: what a backup and its restore cost for many rooms and 90 days.

Each runs as a process of its own, as ``rumskoll backup`` and ``rumskoll restore`` do; their time
and largest memory are told. Readings are those of ``bench.report_day``, day after day.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track

from bench.report_build import fine_months
from bench.report_day import readings
from bench.report_site import SITE, room_id
from bench.report_year import room_points, site_points
from rooms.readings import Point
from rooms.units import DAY_MS
from storage.sqlite import SqliteStore
from storage.state import ServiceState

SLOT_MS = 300_000
errors = Console(stderr=True)


class Report(msgspec.Struct, frozen=True):
    rooms: int
    days: int
    points: int
    store_mib: float
    archive_mib: float
    backup_s: float
    restore_s: float
    memory_mib: float  # the larger of the two


def main(
    rooms: Annotated[int, typer.Option(min=1)] = 100,
    days: Annotated[int, typer.Option(min=1, max=300)] = 90,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(_run(rooms, days, folder))))


def _run(rooms: int, days: int, folder: str) -> Report:
    root = Path(folder)
    (root / "data").mkdir()
    (root / "rooms.yaml").write_text(
        f"id: {SITE}\nname: Bench\nopening_hours: {{mon-fri: '08:00-17:00'}}\n"
        "sources: [{id: native, decoder: native}]\nrooms: [{id: a, name: A, capacity: 4}]\n"
    )
    ServiceState(root / "data" / "service.db").close()
    with closing(
        SqliteStore(root / "data" / "store.db", retention_s=None, clock=lambda: 0)
    ) as store:
        points = sum(_fill(store, rooms, days))
    backup_s = _timed(root, "backup", "--to", "away")
    (archive,) = (root / "away").iterdir()
    restore_s = _timed(root, "restore", str(archive), "--data", "new", "--config", "new")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = (root / "data" / "store.db").stat().st_size
    packed = archive.stat().st_size
    mib = 2**20
    return Report(rooms, days, points, size / mib, packed / mib, backup_s, restore_s, memory)


def _fill(store: SqliteStore, rooms: int, days: int) -> Iterator[int]:
    for n in track(range(rooms), "filling", console=errors):
        each = _points(n, rooms, days)
        while batch := list(islice(each, 50_000)):
            store.write(batch)
            yield len(batch)


def _points(number: int, rooms: int, days: int) -> Iterator[Point]:
    if number == 0:
        yield from site_points(rooms)
    yield from room_points(number, fine_months(rooms))
    day = list(readings(number))
    tags = {"site": SITE, "room": room_id(number)}
    first = min(p.time for p in day)
    slot = {"occupied_s": 300.0, "known_s": 300.0, "people_max": 4.0, "co2_ppm": 612.0}
    for back in range(days):
        for p in day:
            yield Point(p.measurement, p.tags, p.time - back * DAY_MS, p.fields)
        start = first - back * DAY_MS
        for at in range(start - start % SLOT_MS, start + DAY_MS, SLOT_MS):
            yield Point("room_slot", tags, at, dict(slot))


def _timed(root: Path, *words: str) -> float:
    began = time.monotonic()
    env = {"PATH": "/usr/bin:/bin", "RUMSKOLL_RETENTION_DAYS": "400"}
    subprocess.run(
        (sys.executable, "-m", "rumskoll", *words),
        cwd=root,
        env=env,
        check=True,
        capture_output=True,
    )
    return time.monotonic() - began


if __name__ == "__main__":
    typer.run(main)
