"""When something was wrong."""

from __future__ import annotations

from typing import NamedTuple


class Spell(NamedTuple):
    """A problem's time (ms of UTC), past or still open."""

    code: str
    subject: str  # a device, room, source or "service"
    detail: str
    severity: str
    start: int
    stop: int | None  # None: open
