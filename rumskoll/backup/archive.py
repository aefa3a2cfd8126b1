"""The archive file: written beside its name and given it when all is on the disk; read only
after its list and its hashes were found right. Plain tar, so any computer can open it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import msgspec

from rumskoll.backup.manifest import (
    FORMAT,
    MANIFEST,
    SEAL,
    BackupError,
    Manifest,
    Member,
    is_safe,
)
from storage.ledger_files import sync

Told = Callable[[str, int, int], None]  # what is done, how much of it, of how much

_PART: Final = ".rumskoll-"
_STALE_S: Final = 86_400.0
_BLOCK: Final = 2**20
_MOST_MANIFEST: Final = 64 * 2**20


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: list[Member] = []

    def add(self, name: str, file: IO[bytes], size: int, mode: int = 0o600) -> None:
        """``size`` bytes of a file from where it stands."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, mode, int(time.time())
        hashed = _Hashed(file)
        self._tar.addfile(info, hashed)
        self.members.append(Member(name, size, hashed.sum.hexdigest()))

    def add_bytes(self, name: str, content: bytes, mode: int = 0o600) -> None:
        self.add(name, BytesIO(content), len(content), mode)

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            stat = os.fstat(file.fileno())
            self.add(name, file, stat.st_size, stat.st_mode & 0o666)

    def close(self, manifest: Manifest) -> None:
        """The archive is whole."""
        body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        self.add_bytes(MANIFEST, body)
        self.add_bytes(SEAL, f"{hashlib.sha256(body).hexdigest()}  {MANIFEST}\n".encode())


class _Hashed:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.sum.update(block)
        return block


@contextmanager
def writing(folder: Path, name: str) -> Iterator[Writer]:
    """A new archive, under its name when the block ends well. Raises ``BackupError`` when the
    folder cannot be written."""
    part = folder / f"{_PART}{secrets.token_hex(4)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, f"{_PART}*.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        part.rename(folder / name)
        sync(folder)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.filename is not None and Path(error.filename).parent != folder:
            raise  # a file that was to be taken along
        raise _unwritable(folder, error) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def sweep(folder: Path, pattern: str) -> None:
    """What was left by one that was killed a day ago or longer is nobody's any more."""
    for left in folder.glob(pattern):
        if time.time() - left.stat().st_mtime > _STALE_S:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> BackupError:
    reason = error.strerror or str(error)
    return BackupError.say("backup.cannot_write", folder=folder, reason=reason)


class Archive:
    """An archive whose list has been checked; its contents, by ``verify``."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self._path = path
        self._tar = tar
        self._infos = self._listed()
        self.manifest_bytes = self._small(MANIFEST)
        self.manifest = self._manifest()
        known = {member.name: member for member in self.manifest.members}
        if [*known] != [*self._infos][:-2]:
            raise self._damaged(MANIFEST)
        for name, member in known.items():
            if not is_safe(name) or self._infos[name].size != member.size:
                raise self._damaged(name)

    def names(self, below: str) -> list[str]:
        return [one.name for one in self.manifest.members if one.name.startswith(below)]

    def mode(self, name: str) -> int:
        return self._infos[name].mode & 0o666

    def open(self, name: str) -> IO[bytes]:
        file = self._tar.extractfile(self._infos[name])
        assert file is not None  # regular files only are listed
        return file

    def verify(self, told: Told) -> None:
        """Every member against its hash. Raises ``BackupError`` naming the first bad one."""
        done, total = 0, sum(member.size for member in self.manifest.members)
        for member in self.manifest.members:
            sums = hashlib.sha256()
            try:
                with self.open(member.name) as file:
                    while block := file.read(_BLOCK):
                        sums.update(block)
                        told("backup.verifying", done := done + len(block), total)
            except (OSError, tarfile.TarError):
                raise self._damaged(member.name) from None
            if sums.hexdigest() != member.sha256:
                raise self._damaged(member.name)

    def _listed(self) -> dict[str, tarfile.TarInfo]:
        """What a name leads to is a regular file, once."""
        infos: dict[str, tarfile.TarInfo] = {}
        last = ""
        try:
            for info in self._tar:
                if not info.isreg() or info.name in infos:
                    raise BackupError.say("backup.strange", file=self._path, member=info.name)
                infos[info.name] = info
                last = info.name
        except (OSError, tarfile.TarError):
            raise self._cut(last) from None
        if [*infos][-2:] != [MANIFEST, SEAL]:
            raise self._cut(last)
        return infos

    def _small(self, name: str) -> bytes:
        if self._infos[name].size > _MOST_MANIFEST:
            raise self._damaged(name)
        try:
            with self.open(name) as file:
                return file.read()
        except (OSError, tarfile.TarError):
            raise self._damaged(name) from None

    def _manifest(self) -> Manifest:
        body = self.manifest_bytes
        if self._small(SEAL) != f"{hashlib.sha256(body).hexdigest()}  {MANIFEST}\n".encode():
            raise self._damaged(MANIFEST)
        try:
            form = msgspec.json.decode(body, type=_Form).format
            if form > FORMAT:
                raise BackupError.say("backup.newer", file=self._path, what=MANIFEST)
            return msgspec.json.decode(body, type=Manifest)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise self._damaged(MANIFEST) from None

    def _cut(self, last: str) -> BackupError:
        return BackupError.say("backup.cut", file=self._path, member=last or "-")

    def _damaged(self, member: str) -> BackupError:
        return BackupError.say("backup.damaged", file=self._path, member=member)


class _Form(msgspec.Struct):
    format: int


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises ``BackupError`` for what is no backup, or not a whole one; ``OSError`` where there
    is no such file."""
    with path.open("rb") as file:
        try:
            tar = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 - closed with the file
        except (tarfile.TarError, OSError):
            raise BackupError.say("backup.no_backup", file=path) from None
        with tar:
            yield Archive(path, tar)
