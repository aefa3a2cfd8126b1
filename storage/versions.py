"""SQLite files with a schema version: newer ones are refused, older ones migrated after a copy.

A migration takes the connection inside an open transaction and brings the file one
version up; the list only ever grows at its end. It must neither commit nor use
``executescript`` (which commits): either all of it is done, or nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from storage.store import StoreError, StoreMisconfigured, StoreUnavailable

Migration = Callable[[sqlite3.Connection], None]

BUSY_S = 10.0  # how long to wait for another process's write
SYNCHRONOUS = "FULL"  # a commit survives a power cut


class NewerSchema(StoreMisconfigured):
    """The file was written by a newer program."""


def open_versioned(
    path: str | Path, migrations: Sequence[Migration], *, what: str
) -> sqlite3.Connection:
    """Open or create the ``what`` at ``path`` and bring it to version ``len(migrations)``.

    The connection autocommits (begin with ``BEGIN IMMEDIATE``), writes ahead (WAL) and
    syncs every commit; it may move between threads, one at a time. Several processes may
    open the same file at once. Raises ``NewerSchema``, ``StoreMisconfigured`` or
    ``StoreUnavailable``.
    """
    path = Path(path)
    with sqlite_errors(path):
        connection = sqlite3.connect(
            path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        try:
            _write_ahead(connection, path)
            _migrate(connection, path, migrations, what)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the file's write lock from the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back by itself
            connection.execute("ROLLBACK")
        raise


@contextmanager
def sqlite_errors(path: str | Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into a ``StoreError`` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error


def explained(error: sqlite3.Error, path: str | Path) -> StoreError:
    """An error about a file as one that says what to do. Raises ``error`` if it is our mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return StoreUnavailable.say("file_full", file=path)
    if primary == sqlite3.SQLITE_CANTOPEN:
        return StoreMisconfigured.say("file_unopenable", file=path, detail=error)
    if primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return StoreMisconfigured.say("file_readonly", file=path, detail=error)
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StoreMisconfigured.say("file_damaged", file=path, detail=error)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR}:
        return StoreUnavailable.say("file_trouble", file=path, detail=error)
    raise error  # a mistake in our SQL or threads, not trouble with the file


def _write_ahead(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Turning WAL on needs the file for itself and does not wait for others: wait here.
    deadline = monotonic() + BUSY_S
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.01)
            continue
        if mode != "wal":  # in memory, or on a network share
            raise StoreMisconfigured.say("file_no_wal", file=path, mode=mode)
        return


def _migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration], what: str
) -> None:
    if _version(connection) == len(migrations):
        return
    with transaction(connection):
        found = _version(connection)  # another process may have been faster
        if found > len(migrations):
            raise NewerSchema.say(
                "file_newer", file=path, what=what, found=found, known=len(migrations)
            )
        if found == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreMisconfigured.say("file_foreign", file=path, what=what)
        if 0 < found < len(migrations):
            _copy(path, found)
        for migration in migrations[found:]:
            migration(connection)
            if not connection.in_transaction:
                raise RuntimeError(f"{migration.__name__} must not commit")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy(path: Path, version: int) -> None:
    """Copy the committed state beside the file; a second try on the same day replaces it."""
    target = path.with_name(f"{path.name}.v{version}-{datetime.now(UTC):%Y%m%d}.bak")
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
    unfinished.replace(target)
