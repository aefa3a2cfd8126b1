"""Days written by hand, for the tests of what a statement is gathered from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.storage.kept_months import KeptMonths, at


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptMonths]:
    kept = KeptMonths(tmp_path, at("2026-11-03 12:00"))
    yield kept
    kept.close()
