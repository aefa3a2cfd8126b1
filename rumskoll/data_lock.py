"""One service per data folder: two on the same files would take each other's messages."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TextIO

from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun


def hold(folder: Path, part: str, language: Language, busy: str = "run.already") -> TextIO:
    """Take the folder for ``part`` until the file is closed or the process ends, however it
    ends. Raises ``CannotRun`` if another holds it (the text ``busy``), or the folder cannot
    be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{part}.lock").open("a+")
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotRun(text(language, "run.no_folder", folder=folder, reason=reason)) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        process = file.read().strip() or "?"
        file.close()
        raise CannotRun(text(language, busy, folder=folder, process=process)) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
