"""Files with a schema version."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import StoreMisconfigured, StoreUnavailable
from storage.versions import NewerSchema, open_versioned, sqlite_errors, transaction


def first(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE thing (name TEXT)")
    connection.execute("INSERT INTO thing VALUES ('one')")


def second(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE thing ADD COLUMN size INTEGER")


def broken(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM thing")
    raise ZeroDivisionError


def committing(connection: sqlite3.Connection) -> None:
    connection.executescript("CREATE TABLE other (x)")


def columns(connection: sqlite3.Connection) -> list[str]:
    return [row[1] for row in connection.execute("PRAGMA table_info(thing)")]


def things(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM thing").fetchall()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


def test_a_new_file_has_a_log_and_no_copy(tmp_path: Path) -> None:
    with closing(open_versioned(tmp_path / "a.db", [first, second], what="test")) as connection:
        assert columns(connection) == ["name", "size"]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.isolation_level is None
    assert files(tmp_path) == {"a.db"}


def test_an_older_file_is_copied_and_then_migrated(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_versioned(path, [first], what="test").close()
    with closing(open_versioned(path, [first, second], what="test")) as connection:
        assert columns(connection) == ["name", "size"]
    copy = f"a.db.v1-{datetime.now(UTC):%Y%m%d}.bak"
    assert files(tmp_path) == {"a.db", copy}
    assert things(tmp_path / copy) == [("one",)]


def test_what_is_only_in_the_write_ahead_log_is_copied_too(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_versioned(path, [first], what="test")) as other:
        other.execute("INSERT INTO thing VALUES ('two')")
        open_versioned(path, [first, second], what="test").close()
    (copy,) = tmp_path.glob("*.bak")
    assert things(copy) == [("one",), ("two",)]


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_versioned(path, [first, second], what="outbox").close()
    with pytest.raises(NewerSchema, match="outbox has version 2, but this program knows only") as e:
        open_versioned(path, [first], what="outbox")
    assert "har version 2" in e.value.render("sv")
    assert files(tmp_path) == {"a.db"}


def test_a_migration_that_fails_changes_nothing_and_may_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_versioned(path, [first], what="test").close()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            open_versioned(path, [first, second, broken], what="test")
    with closing(open_versioned(path, [first], what="test")) as connection:
        assert columns(connection) == ["name"]
        assert things(path) == [("one",)]
    assert len(files(tmp_path)) == 2


def test_a_migration_that_commits_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="committing must not commit"):
        open_versioned(tmp_path / "a.db", [committing], what="test")


def test_files_of_others_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreMisconfigured, match="not made by Rumskoll"):
        open_versioned(foreign, [first], what="test")
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to be looked at " * 20)
    with pytest.raises(StoreMisconfigured, match="damaged or no SQLite database"):
        open_versioned(text, [first], what="test")
    with pytest.raises(StoreMisconfigured, match="not on a network share or in memory"):
        open_versioned(":memory:", [first], what="test")
    with pytest.raises(StoreMisconfigured, match="Does the folder exist"):
        open_versioned(tmp_path / "no" / "such.db", [first], what="test")


def test_a_full_disk_is_passing_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_versioned(path, [first], what="test")) as connection:
        connection.execute("PRAGMA max_page_count = 4")
        with (
            pytest.raises(StoreUnavailable, match="disk is full"),
            sqlite_errors(path),
            transaction(connection),
        ):
            connection.execute("INSERT INTO thing VALUES (?)", ("x" * 100_000,))
        assert not connection.in_transaction
        assert things(path) == [("one",)]


def test_a_mistake_in_our_own_sql_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with (
        closing(open_versioned(tmp_path / "a.db", [first], what="test")) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        sqlite_errors("a.db"),
    ):
        connection.execute("SELECT * FROM missing")


def _open(path: Path, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    open_versioned(path, [first, second], what="test").close()


@pytest.mark.parametrize("existing", [False, True])
def test_several_processes_may_open_at_once(tmp_path: Path, existing: bool) -> None:
    path = tmp_path / "a.db"
    if existing:
        open_versioned(path, [first], what="test").close()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(4)
    processes = [context.Process(target=_open, args=(path, start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * 4
    assert things(path) == [("one", None)]
