"""A folder of its own with a site in order, and no variables of the one who runs the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.registry.broken import SITE
from tests.unit.statement.papers import _papers

__all__ = ["_clean", "_papers"]


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.upper().startswith("RUMSKOLL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    # logs go to the standard error of their process: a test's is gone when the next one runs
    monkeypatch.setattr("rumskoll.logs.configure", lambda *_: None)
    (tmp_path / "rooms.yaml").write_text(SITE)
