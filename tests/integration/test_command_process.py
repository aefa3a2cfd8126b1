"""The command as a process of its own: in both languages, plain about mistakes, quick to help."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rooms.texts import LANGUAGES, TEXTS, Language, text


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rumskoll(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {n: v for n, v in os.environ.items() if not n.upper().startswith("RUMSKOLL_")}
    return subprocess.run(
        [sys.executable, "-m", "rumskoll", *args],
        env=clean | {"COLUMNS": "200"} | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_help(language: Language) -> None:
    done = rumskoll("--help", RUMSKOLL_LANGUAGE=language.upper())
    assert done.returncode == 0
    for key in ("help.rumskoll", "help.run", "help.doctor"):
        assert TEXTS[key][LANGUAGES.index(language)] in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_for_a_mistake(language: Language) -> None:
    Path(".env").write_text(f"RUMSKOLL_LANGUAGE={language}\n")
    done = rumskoll("keys", "list", "--data", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == text(language, "cli.no_data", folder="nowhere")


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, rumskoll.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"pydantic", "fastapi", "holidays", "paho", "httpx", "structlog"}
    assert heavy & set(loaded.stdout.split()) == set()
