"""Slows down whoever does something too often: so many a minute and address (or room).

A right secret always passes, so that one misconfigured client behind a shared
address cannot lock the others out (docs/decisions/0006).
"""

from __future__ import annotations

import math
import threading

MOST = 20
WINDOW_MS = 60_000
MOST_ADDRESSES = 10_000


class Limit:
    def __init__(self) -> None:
        self._counts: dict[str, tuple[int, int]] = {}  # address -> (window's start, count)
        self._lock = threading.Lock()

    def count(self, address: str, now: int) -> int | None:
        """Count one more; seconds to wait when there were too many, else None."""
        with self._lock:
            start, count = self._counts.pop(address, (now, 0))
            if now - start >= WINDOW_MS:
                start, count = now, 0
            self._counts[address] = (start, count + 1)  # the newest stands last
            if len(self._counts) > MOST_ADDRESSES:
                del self._counts[next(iter(self._counts))]
        if count < MOST:
            return None
        return max(1, math.ceil((start + WINDOW_MS - now) / 1000))
