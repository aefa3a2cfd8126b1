"""Lets a piece of work use so much processor time and no more."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class OutOfBudget(BaseException):
    """No ``Exception``: a library that catches those must not go on."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Raises ``OutOfBudget`` inside after so much processor time. Main thread only."""

    def stop(*_: Any) -> None:
        raise OutOfBudget

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
