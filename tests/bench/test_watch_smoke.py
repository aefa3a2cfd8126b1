"""The measurement of the fault rules runs from end to end, and what it measures is right."""

from __future__ import annotations

import json
import subprocess
import sys


def test_a_quick_run() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.watch", "--devices", "402", "--minutes", "2", "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report["devices"] == 400  # whole rooms
    assert len(report["rounds"]) == 2
    # by hand: of 400 devices two have a low battery; minute n has an error in room n, and at the
    # end of minute 3 that of room 0 has been gone for two minutes, and no other
    assert report["faults"] == 2 + 3
    assert 0 < report["memory_bytes"] < 2000
    assert report["messages_s"] > 0
