"""The measurement of statements runs from end to end, and what it measures is a statement."""

from __future__ import annotations

import json
import subprocess
import sys


def test_a_quick_run() -> None:
    size = ["--rooms", "3", "--partners", "2", "--rounds", "1"]
    run = subprocess.run(
        [sys.executable, "-m", "bench.statement", *size, "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    # by hand: October 2026 has 22 weekdays, none of them a holiday
    assert report["stays"] == 3 * 22 * 6
    only = report["runs"][0]
    # 3 of the folder, 10 of the manager, 9 of each partner
    assert only["files"] == 3 + 10 + 2 * 9
    assert set(report["kinds"]) == {"json", "csv", "si", "xlsx", "pdf"}
    assert only["issue_s"] > 0
    assert only["memory_mb"] > 0
