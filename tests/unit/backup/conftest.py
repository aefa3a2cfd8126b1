"""A folder of its own, a clock that is set, and no variables of the one who runs the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rumskoll import wiring
from tests.unit.backup.lively import NOW, Lively
from tests.unit.statement.papers import _papers

__all__ = ["_papers"]


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.upper().startswith("RUMSKOLL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(wiring, "clock", lambda: NOW)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lively") / "old"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "clock", lambda: NOW)
        Lively.fill(folder)
    return folder


@pytest.fixture
def house(_filled: Path, tmp_path: Path) -> Iterator[Lively]:
    with closing(Lively(shutil.copytree(_filled, tmp_path / "old"))) as made:
        yield made
