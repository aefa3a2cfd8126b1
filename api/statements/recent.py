"""Results that are dear to make, kept for a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
MOST: Final = 32


class Recent(Generic[T]):
    """Makes each result once within ``keep_ms``, whoever asks; the oldest go first."""

    def __init__(self, clock: Callable[[], int], keep_ms: int, most: int = MOST) -> None:
        self._clock = clock
        self._keep_ms = keep_ms
        self._most = most
        self._made: dict[Hashable, tuple[int, T]] = {}
        self._lock = threading.RLock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            now = self._clock()
            at, value = self._made.get(key) or (None, None)
            if value is not None and at is not None and 0 <= now - at < self._keep_ms:
                return value
            made = make()
            self._made.pop(key, None)
            self._made[key] = now, made
            while len(self._made) > self._most:
                del self._made[next(iter(self._made))]
            return made

    def clear(self) -> None:
        with self._lock:
            self._made.clear()
