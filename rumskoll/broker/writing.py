"""A file is replaced whole or not at all, and never readable by more people than before."""

from __future__ import annotations

import grp
import os
from pathlib import Path
from typing import Final

from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun

_GROUP_READS: Final = 0o040


def group_id(group: str, language: Language) -> int:
    """Of a name or a number: a container's group has no name here. Raises ``CannotRun``."""
    if group.isdecimal():
        return int(group)
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        raise CannotRun(text(language, "mqtt.no_group", group=group)) from None


def replace(path: Path, content: bytes, mode: int, group: int | None = None) -> None:
    """Write ``content``, which ``group`` may read.

    What is there already keeps its group, and that it may read, so that a server that reads the
    file goes on doing so. Raises ``OSError``.
    """
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if group is not None:
            os.chown(fresh, -1, group)
            mode |= _GROUP_READS
        elif path.exists():
            before = path.stat()
            mode |= before.st_mode & _GROUP_READS
            if before.st_gid != fresh.stat().st_gid:
                os.chown(fresh, -1, before.st_gid)
        fresh.chmod(mode)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def make_folder(folder: Path, group: int | None = None) -> None:
    """For its owner, and for the group that may read."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    if group is not None:
        os.chown(folder, -1, group)
        folder.chmod(0o750)


def _sync(folder: Path) -> None:
    """The new name too outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
