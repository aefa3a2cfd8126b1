"""The measurement runs from end to end. What it measures is no matter of a test."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


@pytest.mark.servers
def test_a_quick_run_gives_the_table() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.ingest", "--quick"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    table = [line for line in run.stdout.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    assert [row[0] for row in cells] == [
        "subscriber",
        "---",
        "paho, `loop_forever`",
        "`mosquitto_sub`",
        "collector",
        "collector, until in the store",
    ]
    for _, rate, ratio, cpu, cpu_ratio in cells[2:]:
        assert re.fullmatch(r"[\d,]+ \([\d,]+ to [\d,]+\)", rate)
        assert float(ratio) > 0
        assert float(cpu) > 0
        assert float(cpu_ratio) > 0
    assert cells[2][2] == cells[2][4] == "1.00"  # the measure of the others
    assert re.search(r"p50 \d+ ms, p99 \d+ ms, longest \d+ ms over 100 readings", run.stdout)
    assert re.search(r"\d+ MB after 1,000 messages", run.stdout)
