"""The key that the ids of calendar events are hashed with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_NAME = "event.key"


def event_key(folder: Path) -> str:
    """Made once, then kept beside the bookings: with another key every past event would come
    in a second time, which a change of the signing secret must not do."""
    path = folder / _NAME
    if not path.exists():
        fresh = path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    return path.read_text("ascii")
