"""Both databases as they were at one moment, while others write to them.

``outbox.db`` lets go of readings once the watch has noted in ``service.db`` that it took them
in, and its cursor there counts the outbox's chunks: copies of two moments would lose readings
or take them in twice. So nobody may write to ``service.db`` while both snapshots begin, which
takes a millisecond; they are copied afterwards (WAL readers keep what they began with).
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from rumskoll.backup.archive import Writer
from rumskoll.backup.manifest import BackupError
from storage.versions import BUSY_S, sqlite_errors

TEMPORARY: Final = ".backup-"
LEVEL: Final = 6  # of gzip: half of the time that 9 takes, and hardly larger


@contextmanager
def snapshots(service: Path, more: Sequence[Path]) -> Iterator[dict[Path, sqlite3.Connection]]:
    """Connections that see ``service`` and the other files as they are now, until the block
    ends. Raises ``StoreError``."""
    with ExitStack() as stack:
        found = {path: _connected(stack, path) for path in (service, *more)}
        with sqlite_errors(service):
            writer = _connected(stack, service)
            writer.execute("BEGIN IMMEDIATE")
            try:
                for connection in found.values():
                    connection.execute("BEGIN")
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                writer.execute("ROLLBACK")
        yield found


def _connected(stack: ExitStack, path: Path) -> sqlite3.Connection:
    with sqlite_errors(path):
        uri = f"{path.absolute().as_uri()}?mode=rw"  # never made anew
        made = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None)
    return stack.enter_context(closing(made))


def version(connection: sqlite3.Connection) -> int:
    """Of the file's tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def add(writer: Writer, name: str, connection: sqlite3.Connection, beside: Path) -> None:
    """Copy, look whether the copy is sound, compress, add; temporary files lie in ``beside``."""
    with TemporaryDirectory(prefix=TEMPORARY, dir=beside) as folder:
        plain, packed = Path(folder) / "plain", Path(folder) / "packed"
        with sqlite_errors(plain), closing(sqlite3.connect(plain)) as copy:
            connection.backup(copy, pages=4096)
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise BackupError.say("backup.unsound", member=name)
        with plain.open("rb") as source, gzip.open(packed, "wb", LEVEL) as target:
            shutil.copyfileobj(source, target, 2**20)
        with packed.open("rb") as file:
            writer.add(name, file, packed.stat().st_size)


def unpack(packed: IO[bytes], path: Path) -> None:
    with gzip.open(packed) as source, path.open("xb") as target:
        path.chmod(0o600)
        shutil.copyfileobj(source, target, 2**20)
