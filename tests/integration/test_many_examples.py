"""Every property of the unit tests again, with many more examples than there is time for there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "tests" / "unit"
WITH_PROPERTIES = sorted(
    {
        path.relative_to(UNIT).parts[0]
        for path in UNIT.rglob("test_*.py")
        if "@given(" in path.read_text("utf-8")
    }
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", WITH_PROPERTIES)
def test_properties_hold(part: str) -> None:
    asked = [f"tests/unit/{part}", "-m", "hypothesis", "--hypothesis-profile=thorough"]
    command = [sys.executable, "-m", "pytest", *asked]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
