"""Old days brought in: broken off by the store anywhere, and computed by either of two ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from storage.store import StoreUnavailable
from tests.unit.importing.imported import at, brought_in, everything, two_weeks
from tests.unit.rumskoll.telling import rumskoll

NOW = at("2026-11-25 12:00")


def test_interrupted_anywhere_it_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", "3")
    monkeypatch.setattr("rumskoll.importing.writing.BATCH", 200)
    two_weeks("2026-11-20")
    brought_in()
    whole = everything(NOW), everything(NOW, "presence")
    Path("data").rename(tmp_path / "whole")
    write_points = SqliteStore.write
    for dies_at in range(2, 40, 4):
        left = [dies_at]

        def dying(self: Any, points: Any, left: list[int] = left) -> Any:
            left[0] -= 1
            if left[0] == 0:
                write_points(self, points[: len(points) // 2])
                raise StoreUnavailable("away")
            return write_points(self, points)

        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, "write", dying)
            result = rumskoll("import", "h.csv", "--map", "map.yaml")
        if result.exit_code == 0:
            break
        assert result.stderr.strip().endswith("away")
        brought_in()
        assert (everything(NOW), everything(NOW, "presence")) == whole, dies_at
        Path("data").rename(tmp_path / f"died{dies_at}")
    assert dies_at > 6


def test_the_same_numbers_whoever_computes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_weeks()
    found = {}
    for days in ("90", "3"):
        monkeypatch.setenv("RUMSKOLL_RETENTION_DAYS", days)
        said = brought_in()
        found[days] = everything(NOW)
        assert ("Of them older than readings are kept" in said) == (days == "3")
        Path("data").rename(tmp_path / f"data{days}")
    assert len(found["90"]) > 14 * 24
    assert found["3"] == found["90"]
