"""Finds issued statements in a backup, an archive or a folder."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from rumskoll.backup.manifest import BackupError
from storage.ledger_adopt import Candidate, Files
from storage.ledger_files import Place

MOST_BYTES: Final = 512 * 2**20  # of one statement's files together
Read = Callable[[], bytes]


@contextmanager
def statements_in_file(path: Path) -> Iterator[list[Candidate]]:
    """Those in a backup, any tar or zip, a folder, or a statement's own folder. Raises
    ``BackupError`` where there is none, ``OSError`` where there is no such file."""
    with ExitStack() as stack:
        try:
            members = [*_members(stack, path)]
        except (tarfile.TarError, zipfile.BadZipFile, EOFError):
            raise BackupError.say("statement.adopt.no_archive", file=path) from None
        by_place: dict[Place, dict[str, tuple[int, Read]]] = {}
        for name, size, read in members:
            if found := _within(name):
                place, own = found
                by_place.setdefault(place, {})[own] = size, read
        if not by_place:
            raise BackupError.say("statement.adopt.none", file=path)
        yield [Candidate(place, _reader(path, place, own)) for place, own in by_place.items()]


def _within(name: str) -> tuple[Place, str] | None:
    """The statement that a path leads into, and the path within its folder."""
    parts = PurePosixPath(name).parts
    for number, part in enumerate(parts[:-1]):
        if place := Place.of(part):
            return place, "/".join(parts[number + 1 :])
    return None


def _reader(file: Path, place: Place, own: dict[str, tuple[int, Read]]) -> Callable[[], Files]:
    def read() -> Files:
        if sum(size for size, _ in own.values()) > MOST_BYTES:
            raise BackupError.say("statement.adopt.large", file=file, folder=place.folder)
        try:
            return {path: content() for path, (_, content) in own.items()}
        except (tarfile.TarError, zipfile.BadZipFile, EOFError):
            raise BackupError.say("statement.adopt.no_archive", file=file) from None

    return read


def _members(stack: ExitStack, path: Path) -> Iterator[tuple[str, int, Read]]:
    """Name, size and content of every plain file."""
    if path.is_dir():
        root = path.resolve()
        for file in sorted(root.rglob("*")):
            if file.is_file() and not file.is_symlink():
                name = file.relative_to(root.parent).as_posix()
                yield name, file.stat().st_size, file.read_bytes
        return
    opened = stack.enter_context(path.open("rb"))
    if zipfile.is_zipfile(opened):
        archive = stack.enter_context(zipfile.ZipFile(opened))
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, info.file_size, _zipped(archive, info)
        return
    opened.seek(0)
    tar = stack.enter_context(tarfile.open(fileobj=opened))  # noqa: SIM115
    for member in tar:
        if member.isreg():
            yield member.name, member.size, _tarred(tar, member)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Read:
    return lambda: archive.read(info)


def _tarred(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Read:
    def read() -> bytes:
        file = tar.extractfile(member)
        assert file is not None
        return file.read()

    return read
