"""Two services never share a data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rumskoll.cannot_run import CannotRun
from rumskoll.data_lock import hold


def test_the_second_is_told_who_was_first(tmp_path: Path) -> None:
    with hold(tmp_path / "data", "run", "en"):
        with pytest.raises(CannotRun, match=rf"already runs .*\(process {os.getpid()}\)"):
            hold(tmp_path / "data", "run", "en")
        hold(tmp_path / "data", "collector", "en").close()
    hold(tmp_path / "data", "run", "en").close()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(CannotRun, match="RUMSKOLL_DATA"):
        hold(tmp_path / "data", "run", "en")
