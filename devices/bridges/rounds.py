"""Watching by asking: a round of questions, again and again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any

from devices.bridges.base import TELL_EVERY_S, Told


def rounds(
    ask: Callable[[], Told], tell: Callable[[Told], None], stop: Event, every_s: float
) -> None:
    """Tell what ``ask`` gives when the equipment has changed, and at the latest every
    ``TELL_EVERY_S``: an uptime or a temperature is no news.

    Returns once ``stop`` is set; what ``ask`` raises ends it too.
    """
    last: dict[str, Any] | None = None
    told_at = 0.0
    while not stop.is_set():
        found = ask()
        state = found.get("equipment", {})
        now = monotonic()
        if state != last or now - told_at >= TELL_EVERY_S - every_s / 2:
            tell(found)
            last, told_at = state, now
        stop.wait(every_s)
