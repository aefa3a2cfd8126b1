"""The unit is one that systemd understands, and that keeps the service in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "deploy" / "systemd").glob("*.service"))
pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here"),
]


each = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


def analyze(unit: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *args, str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@each
def test_systemd_understands_every_line(unit: Path) -> None:
    said = analyze(unit, "verify").stderr.splitlines()
    assert [line for line in said if unit.name in line and "is not executable" not in line] == []


@each
def test_it_may_do_little(unit: Path) -> None:
    """2.0 of 10, of systemd's own measure: an unhardened service has 9.6."""
    judged = analyze(unit, "security", "--offline=true", "--threshold=20")
    assert judged.returncode == 0, judged.stdout[-300:]
