"""Waiting for a condition, not for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_S = 60.0


def until(
    holds: Callable[[], bool], otherwise: str, *, every_s: float = 0.01, most_s: float = LONGEST_S
) -> float:
    """Look again and again; the monotonic time at which ``holds``. Raises ``SystemExit``."""
    deadline = time.monotonic() + most_s
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"gave up after {most_s:.0f} s: {otherwise}")
        time.sleep(every_s)
    return time.monotonic()
