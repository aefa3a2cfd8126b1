"""A folder of its own with a site in order, and no variables of the one who runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.registry.broken import SITE


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.upper().startswith("RUMSKOLL_")]:
        monkeypatch.delenv(name)
    (tmp_path / "rooms.yaml").write_text(SITE)
