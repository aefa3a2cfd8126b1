"""InfluxDB's tokens as files, one folder for each role: what a container needs is mounted, and no
more. A server tells a token only when it is made, so one whose file is gone is made anew."""

from __future__ import annotations

import os
from pathlib import Path

from storage.influx_admin import ROLES


def file_of(folder: Path, role: str) -> Path:
    return folder / role / "token"


def missing(folder: Path) -> list[str]:
    """The roles whose token nobody has."""
    return [role for role in ROLES if not _whole(file_of(folder, role))]


def keep(folder: Path, role: str, token: str) -> Path:
    """Whole or not at all. The reader may be another user (Grafana's), alone with its folder.
    Raises ``OSError``."""
    path = file_of(folder, role)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444), "w") as out:
        out.write(token)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
    return path


def _whole(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
