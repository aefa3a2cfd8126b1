"""Issued statements: one folder each, in one series of numbers, each bound to the one before.

A folder comes to be by one rename, when all of it is on the disk: a statement is there whole,
or not at all. The folders are the truth; rows in ``service.db`` follow them, and whoever looks
next makes up for a row that a crash left out. One process at a time issues.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import msgspec
import structlog

from rooms.statement.codec import decode
from rooms.statement.seal import Seal, sha256
from storage.ledger_files import SUMS, Place, read_sums, sync, write_whole
from storage.state import Issued, ServiceState
from storage.store import StoreError
from storage.versions import sqlite_errors

INPUTS: Final = "inputs.json"
MANIFEST: Final = "manifest.json"
NEW: Final = ".new-"
LOCK: Final = ".lock"
PATIENCE_S: Final = 60.0  # how long to wait while another process issues

log = structlog.get_logger()


class LedgerError(StoreError):
    """A statement cannot be issued or read; the message says what to do."""


class _Reason(msgspec.Struct):
    """What a row needs of ``inputs.json``."""

    reason: str = ""


class Ledger:
    """The statements in ``folder``, and their rows in ``state``."""

    def __init__(self, folder: Path, state: ServiceState, patience_s: float = PATIENCE_S) -> None:
        self.folder = folder
        self.state = state
        self._patience_s = patience_s

    # ---- reading

    def issued(self) -> list[Issued]:
        """All, by number."""
        known = {one.folder for one in self.state.statements.all()}
        if not known.issuperset(self.folders()):
            self._follow()
        return self.state.statements.all()

    def folders(self) -> list[str]:
        """The names of all folders that statements may lie in, by number."""
        if not self.folder.exists():
            return []
        with self._disk():
            names = [entry.name for entry in os.scandir(self.folder) if entry.is_dir()]
        return sorted(name for name in names if Place.of(name))

    def files(self, issued: Issued) -> dict[str, str]:
        """Path -> SHA-256 of all its files. Raises ``LedgerError`` if the list was changed."""
        return read_sums(self._read(issued, SUMS, issued.sums))

    def read(self, issued: Issued, path: str) -> bytes:
        """One file. Raises ``KeyError`` if it has none such, ``LedgerError`` if it is not as it
        was issued."""
        return self._read(issued, path, self.files(issued)[path])

    def _read(self, issued: Issued, path: str, expected: str) -> bytes:
        try:
            content = (self.folder / issued.folder / path).read_bytes()
        except OSError:
            content = b""
        if sha256(content) != expected:
            raise LedgerError.say("statement.ledger.changed", number=issued.number, file=path)
        return content

    # ---- issuing

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """The right to issue, until the block ends. Raises ``LedgerError`` if another process
        does not give it up, the folder cannot be written, or it holds a statement that is not
        whole and that ``service.db`` does not know."""
        with self._alone(self._patience_s):
            with sqlite_errors("service.db"), self._disk():
                for left in self.folder.glob(f"{NEW}*"):
                    shutil.rmtree(left)
                self._adopt()
            issued = self.state.statements.all()
            # its number is taken, and what it replaces or carries would be forgotten
            if strange := sorted({*self.folders()} - {one.folder for one in issued}):
                raise LedgerError.say("statement.ledger.strange", folder=self.folder / strange[0])
            yield Turn(self, issued)

    def keep(self, place: Place, files: Iterable[tuple[str, bytes]]) -> None:
        """Make it whole under another name, then give it its own: from then on it is issued."""
        new = self.folder / f"{NEW}{place.folder}"
        try:
            with self._disk():
                write_whole(new, files)
                new.rename(self.folder / place.folder)
                sync(self.folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise

    @contextmanager
    def _alone(self, patience_s: float) -> Iterator[None]:
        deadline = monotonic() + patience_s
        with self._disk():
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / LOCK).open("a")
        with file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() >= deadline:
                        raise LedgerError.say("statement.ledger.busy") from None
                sleep(0.02)
            yield

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LedgerError.say(
                "statement.ledger.folder",
                folder=self.folder,
                detail=error.strerror or error,
            ) from error

    # ---- rows follow folders

    def _follow(self) -> None:
        """Make up for rows that a crash left out, unless somebody issues just now."""
        try:
            with self._alone(0), sqlite_errors("service.db"):
                self._adopt()
        except StoreError as error:
            log.warning("the list of statements is read as it is", error=str(error))

    def _adopt(self) -> None:
        known = self.state.statements.all()
        taken = {one.number for one in known}
        versions = {(one.month, one.version) for one in known}
        for name in self.folders():
            row = row_of(self.folder / name)
            if row and row.number not in taken and (row.month, row.version) not in versions:
                self.state.statements.put(row)


class Turn:
    """What whoever issues must know, and may do once."""

    def __init__(self, ledger: Ledger, issued: list[Issued]) -> None:
        self.issued = issued
        self._ledger = ledger

    @property
    def number(self) -> int:
        """The next one."""
        return self.issued[-1].number + 1 if self.issued else 1

    @property
    def previous(self) -> str:
        """What the next one is bound to."""
        return self.issued[-1].sums if self.issued else ""

    def keep(self, month: str, version: int, files: Iterable[tuple[str, bytes]]) -> Issued:
        """Issue it with these files (``inputs.json`` and ``manifest.json`` among them), written
        one by one as they come."""
        place = Place(self.number, month, version)
        self._ledger.keep(place, files)
        row = row_of(self._ledger.folder / place.folder)
        assert row is not None
        try:
            self._ledger.state.statements.put(row)
        except sqlite3.Error as error:  # it is issued all the same; ``issued`` makes up for it
            log.warning("a statement's row is still to be written", error=str(error))
        return row


def row_of(folder: Path) -> Issued | None:
    """What a folder says of itself; ``None`` if that is not what its name says."""
    try:
        sums = (folder / SUMS).read_bytes()
        manifest = (folder / MANIFEST).read_bytes()
        inputs = (folder / INPUTS).read_bytes()
        seal, told = decode(manifest, Seal), decode(inputs, _Reason)
        listed = read_sums(sums)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors too
        return None
    whole = listed.get(MANIFEST) == sha256(manifest) and listed.get(INPUTS) == sha256(inputs)
    if not whole or Place(seal.number, seal.month, seal.version).folder != folder.name:
        return None
    return Issued(
        seal.number,
        seal.month,
        seal.version,
        folder.name,
        sha256(sums),
        sha256(manifest),
        seal.issued,
        seal.author,
        told.reason,
    )
