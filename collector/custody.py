"""Messages between the wire and the disk: kept durably first, acknowledged then (design 4)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import structlog

from collector.incoming import Busy, Incoming, Sink
from collector.link import Link

log = structlog.get_logger()

BATCH: Final = 500
HELD: Final = 5000  # stop reading when so many wait for room, whatever the broker's window is
RETRY_S: Final = 1.0


class Custody:
    """Hands messages to the sink in order of arrival, and acknowledges them in that order.

    ``acknowledge`` is told of every message that is durable; what it raises, and what the
    sink raises, goes to the caller, who then drops the connection: the broker sends again
    what was not acknowledged.
    """

    def __init__(self, sink: Sink, link: Link, acknowledge: Callable[[Incoming], None]) -> None:
        self._sink = sink
        self._link = link
        self._acknowledge = acknowledge
        self._waiting: list[Incoming] = []
        self._in_hand: list[Incoming] = []  # with the sink, not yet durable
        self._retry_at = 0.0
        self._session = 0  # number of the connection that began the broker's session

    def __len__(self) -> int:
        return len(self._waiting) + len(self._in_hand)

    @property
    def enough(self) -> bool:
        """A whole batch waits."""
        return len(self._waiting) >= BATCH

    @property
    def full(self) -> bool:
        return len(self) >= HELD

    @property
    def rest(self) -> float:
        """Seconds until there is something to do for what is here."""
        if self._link.busy is not None:
            return max(0.0, self._retry_at - time.monotonic())
        return 0.0 if self._waiting else RETRY_S

    def add(self, message: Incoming) -> None:
        self._waiting.append(message)

    def connected(self, connection: int, *, resumed: bool) -> None:
        """A connection stands. What this session brought and the sink has not seen comes
        again by itself; what an older one brought is here and nowhere else."""
        if not resumed:
            self._session = connection
        self._waiting = [m for m in self._waiting if m.qos == 0 or m.connection < self._session]
        self._sink.connected(resumed=resumed)

    def work(self) -> None:
        """Make what waits durable, then acknowledge it."""
        if self._in_hand or self._link.busy is not None:
            if time.monotonic() < self._retry_at or not self._try(self._sink.retry):
                return
            self._release()
        if not self._waiting:
            self._try(self._sink.idle)
            return
        batch, self._waiting = self._waiting, []
        self._link.received += len(batch)
        self._in_hand = batch
        if self._try(lambda: self._sink.take(batch)):
            self._release()
            self._try(self._sink.idle)

    def _try(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except Busy as busy:
            if self._link.busy is None:
                log.error("cannot keep messages; the broker holds them", reason=str(busy))
            self._link.busy = str(busy)
            self._retry_at = time.monotonic() + RETRY_S
            return False
        except OSError as error:
            raise RuntimeError(f"the sink failed: {error}") from error  # not the connection
        if self._link.busy is not None:
            log.info("messages can be kept again")
        self._link.busy = None
        return True

    def _release(self) -> None:
        done, self._in_hand = self._in_hand, []
        for message in done:
            self._acknowledge(message)
