"""What holds for every unit test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage import outbox, sqlite, versions
from storage.state import service

MADE = (outbox.MIGRATIONS, service.MIGRATIONS, sqlite.MIGRATIONS)
_migrate = versions._migrate
_templates: dict[Sequence[versions.Migration], sqlite3.Connection] = {}


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _copied(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[versions.Migration], what: str
) -> None:
    """New files of the product are copies of one that its migrations have made."""
    empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if migrations in MADE and empty and versions._version(connection) == 0:
        if migrations not in _templates:
            _templates[migrations] = _in_memory()
            _migrate(_templates[migrations], path, migrations, what)
        _templates[migrations].backup(connection)
    else:
        _migrate(connection, path, migrations, what)


@pytest.fixture(autouse=True, scope="session")
def _no_template_left_open() -> Iterator[None]:
    yield
    while _templates:
        _templates.popitem()[1].close()


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    """No waiting for the disk: a power cut is no matter here, but in
    ``tests/integration/test_durability.py``. No reading of the world's certificate
    authorities, whom nobody meets here. No making of each empty file from nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.versions.SYNCHRONOUS", "OFF")
        patch.setattr("os.fsync", lambda _: None)
        patch.setattr("storage.versions._migrate", _copied)
        patch.setattr("ssl.SSLContext.set_default_verify_paths", lambda _: None)
        yield
