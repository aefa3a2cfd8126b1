"""A folder with a house in order, English, and a clock that stands still."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.importing.imported import HOUSE, MAP, at


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.upper().startswith("RUMSKOLL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("rumskoll.commands.common.LANGUAGE", "en")
    monkeypatch.setattr("rumskoll.commands.import_.LANGUAGE", "en")
    (tmp_path / "rooms.yaml").write_text(HOUSE, "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    def to(wall: str) -> int:
        now = at(wall)
        monkeypatch.setattr("rumskoll.wiring.clock", lambda: now)
        return now

    to("2026-11-25 12:00")
    return to
