"""Is every issued statement as it was issued? (metrics.md 4)

``SHA256SUMS`` tells all files, the row in ``service.db`` and the next statement tell
``SHA256SUMS``. What is computed is computed again, byte for byte, from ``inputs.json`` and
``manifest.json``; of XLSX and PDF the hash must do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from api.statements.files import written
from rooms.statement.codec import decode
from rooms.statement.compute import CannotCompute, compute
from rooms.statement.inputs import Inputs
from rooms.statement.seal import Seal, sha256
from rooms.texts import Language, text
from storage.ledger import INPUTS, LOCK, MANIFEST, NEW, Ledger
from storage.ledger_files import SUMS, Place, read_sums, sums_bytes
from storage.state import Issued

ROW: Final = "service.db"


class Finding(NamedTuple):
    """Something that is not as it was issued."""

    number: int
    file: str  # path within the statement's folder, the folder itself, or service.db
    key: str
    values: Mapping[str, object] = {}

    def text(self, language: Language) -> str:
        what = text(language, f"statement.finding.{self.key}", **self.values)
        return text(
            language, "statement.finding.line", number=self.number, file=self.file, what=what
        )


def verify(ledger: Ledger, told: Callable[[int, int], None] | None = None) -> list[Finding]:
    """All findings, by number; none is good. ``told`` hears how many of how many are done.
    Raises ``StoreError`` if the folder or ``service.db`` cannot be read."""
    names = _names(ledger.folder)  # first: what is issued meanwhile is no stranger
    issued = ledger.issued()
    found = list(_strangers(names, issued))
    known = {one.number: one for one in issued}
    for number in range(1, max(known, default=0) + 1):
        if one := known.get(number):
            found += _Check(ledger.folder / one.folder, one, known).findings()
        else:
            found.append(Finding(number, ROW, "number"))
        if told:
            told(number, len(known))
    return sorted(found, key=lambda finding: (finding.number, finding.file, finding.key))


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()] if folder.exists() else []


def _strangers(names: Sequence[str], issued: Sequence[Issued]) -> Iterator[Finding]:
    own = {one.folder for one in issued} | {LOCK}
    for name in names:
        if name not in own and not name.startswith(NEW):  # that is what a crash leaves
            place = Place.of(name)
            yield Finding(place.number if place else 0, name, "extra")


class _Check:
    """Of one statement."""

    def __init__(self, folder: Path, issued: Issued, known: Mapping[int, Issued]) -> None:
        self.folder = folder
        self.issued = issued
        self.before = known.get(issued.number - 1)
        self.next = known.get(issued.number + 1)

    def findings(self) -> Iterator[Finding]:
        if not self.folder.is_dir():
            yield self._finding(self.issued.folder, "missing")
            return
        actual = dict(_hashes(self.folder))
        listed, found = self._listed(actual)
        for path in sorted(listed.keys() | actual.keys()):
            if path not in actual:
                found.append(self._finding(path, "missing"))
            elif path not in listed:
                found.append(self._finding(path, "extra"))
            elif actual[path] != listed[path]:
                found.append(self._finding(path, "changed"))
        yield from found
        told = {one.file for one in found}
        if not {INPUTS, MANIFEST} & told:
            yield from (one for one in self._sealed(actual) if one.file not in told)

    def _listed(self, actual: Mapping[str, str]) -> tuple[Mapping[str, str], list[Finding]]:
        """What ``SHA256SUMS`` told when it was written, as far as that can be known."""
        try:
            content = (self.folder / SUMS).read_bytes()
        except OSError:
            return self._guessed(actual, {}), [self._finding(SUMS, "missing")]
        try:
            listed = read_sums(content)
        except ValueError:
            listed = {}
        if sha256(content) == self.issued.sums:
            return listed, []
        if listed and sha256(content) == self._bound():
            return listed, [self._finding(ROW, "row")]
        return self._guessed(actual, listed), [self._finding(SUMS, "changed")]

    def _guessed(self, actual: Mapping[str, str], listed: Mapping[str, str]) -> Mapping[str, str]:
        """The files themselves, if they are what the list once told."""
        whole = sha256(sums_bytes(actual)) == self.issued.sums
        return actual if whole or not listed else listed

    def _bound(self) -> str | None:
        """What the next statement says of this one's ``SHA256SUMS``."""
        if self.next is None:
            return None
        try:
            manifest = (self.folder.parent / self.next.folder / MANIFEST).read_bytes()
            return decode(manifest, Seal).previous
        except (OSError, ValueError):
            return None

    def _sealed(self, actual: Mapping[str, str]) -> Iterator[Finding]:
        """The manifest against its neighbours, and the files against what follows from it."""
        try:
            manifest = (self.folder / MANIFEST).read_bytes()
            content = (self.folder / INPUTS).read_bytes()
            seal, inputs = decode(manifest, Seal), decode(content, Inputs)
        except (OSError, ValueError, ArithmeticError):  # of a fraction's 0
            yield self._finding(MANIFEST, "differs", program="?")
            return
        if seal.inputs != sha256(content):
            yield self._finding(MANIFEST, "differs", program=seal.program)
        if seal.previous != (self.before.sums if self.before else ""):
            yield self._finding(MANIFEST, "chain")
        if not self._row_agrees(seal, inputs, sha256(manifest)):
            yield self._finding(ROW, "row")
        try:
            for path, made in written(compute(inputs, seal), computed_only=True):
                if path not in actual or sha256(made) != actual[path]:
                    yield self._finding(path, "differs", program=seal.program)
        except (CannotCompute, LookupError, ValueError, ArithmeticError):  # forged, or very old
            yield self._finding(INPUTS, "differs", program=seal.program)

    def _row_agrees(self, seal: Seal, inputs: Inputs, head: str) -> bool:
        place = Place(seal.number, seal.month, seal.version)
        told = place.folder, *place, head, seal.issued, seal.author, inputs.reason
        one = self.issued
        return told == (
            *(one.folder, one.number, one.month, one.version),
            *(one.head, one.issued, one.author, one.reason),
        )

    def _finding(self, file: str, key: str, **values: object) -> Finding:
        return Finding(self.issued.number, file, key, values)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of all files but the list of them."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name != SUMS and (path.is_symlink() or not path.is_dir()):
            yield name, _hash(path)


def _hash(path: Path) -> str:
    """``""``, which no file has, of what cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
