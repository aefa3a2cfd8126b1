"""Killed at any moment, a backup leaves no half file under a backup's name."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from rooms.readings import Point
from rumskoll.backup.archive import opened
from rumskoll.backup.manifest import kind_of
from tests.servers.waiting import until
from tests.unit.backup.lively import NOW, Lively
from tests.unit.backup.test_restore import silently

KILLS: Final = 8
LONGEST_S: Final = 0.8  # what a whole one takes, and a little more


def test_killed_at_random_points(house: Lively, tmp_path: Path) -> None:
    tags = {"site": "lycksele", "device": "radar-granen"}
    house.store.write(
        [Point("climate", tags, NOW - n * 1000, {"co2_ppm": float(n)}) for n in range(30_000)]
    )
    house.close()
    away, chance, parts = tmp_path / "away", random.Random(7), 0
    command = [sys.executable, "-m", "rumskoll", "backup", "--to", str(away)]
    for _ in range(KILLS):
        with subprocess.Popen(command, cwd=tmp_path / "old", stderr=subprocess.PIPE) as process:
            until(lambda: any(away.glob(".*.part")) or process.poll() is not None)
            time.sleep(chance.uniform(0, LONGEST_S))  # a random point, not a condition
            process.kill()
        for part in away.glob(".*.part"):
            parts += 1
            part.unlink()
        for file in away.iterdir():
            if kind_of(file.name):
                with opened(file) as archive:
                    archive.verify(silently)
                    assert archive.manifest.points["climate"] == 30_000
    assert parts > 1, "nothing was killed while it wrote"
    subprocess.run(command, cwd=tmp_path / "old", check=True, capture_output=True)
    assert [file for file in away.iterdir() if kind_of(file.name)]
