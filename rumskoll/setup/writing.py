"""Puts the files on the disk: all of them, or none."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from rumskoll.setup.files import NewFiles

OPEN: Final = 0o644
SECRET: Final = 0o600
GROUP: Final = 0o640


def in_the_way(folder: Path, files: NewFiles) -> list[Path]:
    """What is there already and would be overwritten. An empty file holds nothing: Compose before
    2.35 wants an ``.env`` even to run what writes it."""
    return [path for path, _, _ in _all(folder, files) if _holds_something(path)]


def write(folder: Path, files: NewFiles) -> list[Path]:
    """What was written. What is in the way is kept beside, as ``NAME.bak``. Raises ``OSError``;
    then all is as it was."""
    made: list[tuple[Path, Path]] = []
    try:
        for path, content, mode in _all(folder, files):
            path.parent.mkdir(parents=True, exist_ok=True)
            if str(path.relative_to(folder)) in files.secret:
                path.parent.chmod(0o2750 if _for_group(folder) else 0o700)
            fresh = path.with_name(f"{path.name}.new")
            fresh.unlink(missing_ok=True)
            made.append((fresh, path))
            _write(fresh, content, mode)
    except BaseException:
        _forget(fresh for fresh, _ in made)
        raise
    for fresh, path in made:
        if _holds_something(path):
            path.replace(path.with_name(f"{path.name}.bak"))
        fresh.replace(path)
    return [path for _, path in made]


def _holds_something(path: Path) -> bool:
    return path.exists() and not (path.is_file() and path.stat().st_size == 0)


def _all(folder: Path, files: NewFiles) -> Iterator[tuple[Path, str, int]]:
    closed = GROUP if _for_group(folder) else SECRET
    for name, content in files.open.items():
        yield folder / name, content, OPEN
    for name, content in files.secret.items():
        yield folder / name, content, OPEN if files.shared else closed


def _for_group(folder: Path) -> bool:
    """Does what is written there belong to the folder's group: the service's, as deploy/install
    sets it?"""
    return folder.is_dir() and bool(folder.stat().st_mode & stat.S_ISGID)


def _write(path: Path, content: str, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _forget(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
