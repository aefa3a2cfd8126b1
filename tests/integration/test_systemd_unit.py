"""The unit is one that systemd understands, and that keeps the service in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy" / "systemd" / "rumskoll.service"
pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here"),
]


def analyze(*args: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *args, str(UNIT)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_systemd_understands_every_line() -> None:
    said = analyze("verify").stderr.splitlines()
    assert [line for line in said if UNIT.name in line and "is not executable" not in line] == []


def test_it_may_do_little() -> None:
    """2.0 of 10, of systemd's own measure: an unhardened service has 9.6."""
    judged = analyze("security", "--offline=true", "--threshold=20")
    assert judged.returncode == 0, judged.stdout[-300:]
