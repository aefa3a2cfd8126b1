"""What holds for every unit test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut is no matter here; ``tests/integration/test_durability.py`` is about it."""
    monkeypatch.setattr("storage.versions.SYNCHRONOUS", "OFF")
