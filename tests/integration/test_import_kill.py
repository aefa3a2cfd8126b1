"""An import that is killed again and again comes out like one that was left in peace."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from storage.sqlite import SqliteStore
from tests.servers.waiting import until

pytestmark = pytest.mark.timeout(180)

ROOMS: Final = """
id: s
name: Inland
opening_hours: {mon-sun: "08:00-17:00"}
sources: [{id: av, decoder: native}]
rooms: [{id: granen, name: Granen, capacity: 8}]
devices: [{id: radar, source: av, address: radar, model: generic-presence}]
placements: [{device: radar, room: granen}]
"""
MAP: Final = """
time: {columns: [time]}
device: radar
fields: [{column: there, field: presence.occupied}]
"""
SERIES: Final = ("presence", "use_hour", "use_day", "use_month", "partner_day", "site_month")
DAYS: Final = 115  # of which 90 are kept
KILLS: Final = 3
DAY: Final = 86_400_000  # ms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rooms.yaml").write_text(ROOMS, "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    # whole days that ended long before today's begin, so that no run's clock matters
    start = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    start -= timedelta(days=DAYS + 3)
    rows = [
        f"{start + timedelta(minutes=10 * n):%Y-%m-%dT%H:%MZ},{int(n % 144 in range(60, 70))}"
        for n in range(DAYS * 144)
    ]
    (tmp_path / "h.csv").write_text("\n".join(["time,there", *rows]) + "\n", "utf-8")
    return tmp_path


def start(folder: Path, data: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "rumskoll", "import", "h.csv", "--map", "map.yaml"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("RUMSKOLL_")}
    with (folder / "said").open("ab") as said:
        return subprocess.Popen(
            [*command, "--rooms", "rooms.yaml", "--data", data],
            cwd=folder,
            env=env,
            stdout=said,
            stderr=said,
        )


def written(folder: Path, data: str) -> list[str]:
    """All that stands in the store and no longer changes as time goes by; of readings those
    that its next tidying leaves."""
    now = int(datetime.now(UTC).timestamp()) * 1000
    store = SqliteStore(folder / data / "store.db", retention_s=None, clock=lambda: now)
    found = [
        json.dumps([p.measurement, p.tags, p.time, p.fields], sort_keys=True)
        for series in SERIES
        for p in store.read(
            series,
            {},
            now - 89 * DAY if series == "presence" else 0,
            now - (35 if series.endswith("month") else 3) * DAY,
        )
        if any(p.fields.values())
    ]
    store.close()
    assert len(found) > DAYS * 9  # opening hours, at least
    return sorted(found)


def test_killed_and_taken_up_again(folder: Path) -> None:
    assert start(folder, "whole").wait() == 0
    chance = random.Random(7)
    progress = folder / "data" / "import"
    for _ in range(KILLS):
        process = start(folder, "data")
        seen = {file.name: file.stat().st_mtime_ns for file in progress.glob("*.json")}

        def moved(seen: dict[str, int] = seen, process: subprocess.Popen[bytes] = process) -> bool:
            """It has written a batch, or is beyond that."""
            now = {file.name: file.stat().st_mtime_ns for file in progress.glob("*.json")}
            return now != seen or process.poll() is not None

        if chance.random() < 0.5 or not seen:
            until(moved, patience=60)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert start(folder, "data").wait() == 0
    assert written(folder, "data") == written(folder, "whole")
    assert b"Traceback" not in (folder / "said").read_bytes()
