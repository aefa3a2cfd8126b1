"""Slows down whoever tries secrets: so many failures a minute and address.

A right secret always passes, so that one misconfigured client behind a shared
address cannot lock the others out (docs/decisions/0006).
"""

from __future__ import annotations

import math
import threading

MOST = 20
WINDOW_MS = 60_000
MOST_ADDRESSES = 10_000


class FailureLimit:
    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, int]] = {}  # address -> (window's start, failures)
        self._lock = threading.Lock()

    def failed(self, address: str, now: int) -> int | None:
        """Count one failure; seconds to wait when there were too many, else None."""
        with self._lock:
            start, count = self._failures.pop(address, (now, 0))
            if now - start >= WINDOW_MS:
                start, count = now, 0
            self._failures[address] = (start, count + 1)  # the newest stands last
            if len(self._failures) > MOST_ADDRESSES:
                del self._failures[next(iter(self._failures))]
        if count < MOST:
            return None
        return max(1, math.ceil((start + WINDOW_MS - now) / 1000))
