"""The measurement of backups runs from end to end, and what it restores is what it filled."""

from __future__ import annotations

import json
import subprocess
import sys


def test_a_quick_run() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.backup", "--rooms", "1", "--days", "1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report["points"] > 10_000
    assert report["archive_mib"] > 0
    assert report["restore_s"] > 0
