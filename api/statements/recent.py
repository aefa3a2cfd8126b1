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
        self._lock = threading.Lock()
        self._turn = threading.RLock()  # one is made at a time; what is kept is told meanwhile

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        if (kept := self._fresh(key)) is not None:
            return kept
        with self._turn:
            if (kept := self._fresh(key)) is not None:
                return kept
            now = self._clock()
            made = make()
            with self._lock:
                self._made.pop(key, None)
                self._made[key] = now, made
                while len(self._made) > self._most:
                    del self._made[next(iter(self._made))]
            return made

    def _fresh(self, key: Hashable) -> T | None:
        with self._lock:
            at, value = self._made.get(key) or (0, None)
        return value if 0 <= self._clock() - at < self._keep_ms else None

    def clear(self) -> None:
        with self._lock:
            self._made.clear()
