"""Is there a fresh backup, in a place that a broken disk does not take along?"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from rooms.units import DAY_MS
from rumskoll.backup.make import MADE
from rumskoll.doctor.check import Check, said
from rumskoll.settings import Settings

OLD_MS: Final = 2 * DAY_MS


def _now_ms() -> int:
    return int(time.time() * 1000)


def check_backup(settings: Settings, now_ms: Callable[[], int] = _now_ms) -> Iterator[Check]:
    folder = settings.backup
    if folder is None:
        if not settings.demo:
            yield said("backup", "warn", "backup_none")
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"rumskoll")
    except OSError as error:
        detail = error.strerror or str(error)
        yield said("backup", "fail", "backup_unwritable", folder=folder, detail=detail)
        return
    if settings.data.exists() and folder.stat().st_dev == settings.data.stat().st_dev:
        yield said("backup", "warn", "backup_same_disk", folder=folder)
    made = _made(settings.data / "service.db")
    shown = datetime.fromtimestamp(made / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
    if not made:
        yield said("backup", "warn", "backup_first")
    elif now_ms() - made > OLD_MS:
        yield said("backup", "warn", "backup_old", made=shown)
    else:
        yield said("backup", "ok", "backup_ok", made=shown, folder=folder)


def _made(file: Path) -> int:
    """When the last full one was made, ms; 0: never, or the file cannot tell."""
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM cursor WHERE name = ?", (MADE,)).fetchone()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0
