"""Waiting for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(
    condition: Callable[[], object],
    what: Callable[[], object] | str = "waited in vain",
    patience: float = 30.0,
) -> None:
    """Returns as soon as ``condition`` holds; fails saying ``what`` when it never does."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(what if isinstance(what, str) else what())
        time.sleep(0.005)
