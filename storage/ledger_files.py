"""How an issued statement lies in its folder: the folder's name, ``SHA256SUMS`` (as coreutils
write and check it), and files that are on the disk before anybody is told of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, Self

from rooms.statement.seal import sha256

SUMS: Final = "SHA256SUMS"
STATEMENT: Final = "statement.json"
_NAME: Final = re.compile(r"(\d{4,9})-(\d{4}-(?:0[1-9]|1[0-2]))-v([1-9]\d{0,5})", re.ASCII)
_PATH: Final = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)*[A-Za-z0-9][\w.-]*", re.ASCII)
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)", re.ASCII)


class Place(NamedTuple):
    """Which statement it is."""

    number: int
    month: str  # 2026-10
    version: int

    @property
    def folder(self) -> str:
        return f"{self.number:04}-{self.month}-v{self.version}"

    @classmethod
    def of(cls, folder: str) -> Self | None:
        """What a folder's name says; ``None`` if no statement is called so."""
        match = _NAME.fullmatch(folder)
        place = cls(int(match[1]), match[2], int(match[3])) if match else None
        return place if place and place.folder == folder else None


def folder_of(partner: str | None) -> str:
    """Where the files of a partner's statement lie; the managers' lie above them."""
    return "" if partner is None else f"partners/{partner}/"


def sums_bytes(sums: Mapping[str, str]) -> bytes:
    """``SHA256SUMS``: hash and path, by path."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def read_sums(content: bytes) -> dict[str, str]:
    """Path -> hash. Raises ``ValueError`` for anything that ``sums_bytes`` would not write."""
    lines = [_LINE.fullmatch(line) for line in content.decode("ascii").splitlines()]
    sums = {match[2]: match[1] for match in lines if match and _PATH.fullmatch(match[2])}
    if sums_bytes(sums) != content:
        raise ValueError("not a list of hashes")
    return sums


def write_whole(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Fill a new folder with the files, each as it comes, and their sums; all of it is on the
    disk when this returns. Raises ``OSError``, or ``ValueError`` for a path that is none."""
    folder.mkdir()
    sums: dict[str, str] = {}
    for path, content in files:
        if not _PATH.fullmatch(path) or path in sums or path == SUMS:
            raise ValueError(f"not a path for a file: {path!r}")
        sums[path] = sha256(content)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / SUMS).write_bytes(sums_bytes(sums))
    # after all are written: the first sync takes most of the others' data with it
    for path in (*sums, SUMS):
        sync(folder / path)
    for inner in {(folder / path).parent for path in sums} | {folder}:
        while inner != folder.parent:
            sync(inner)
            inner = inner.parent  # noqa: PLW2901 - up to the folder itself


def sync(path: Path) -> None:
    """A file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
