"""Drains the outbox into the store, as often as it takes (design 4)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from storage.outbox import Account, Batch, Outbox, OutboxFull
from storage.quarantine import REFUSED, Unusable
from storage.store import Refused, Store, StoreError, StoreMisconfigured, StoreUnavailable

log = structlog.get_logger()

MOST_POINTS = 5000
PAUSE_S = 0.1  # between two writes: few large ones cost a store much less than many small
SHORTEST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
LONGEST_TOLD_S = 300.0  # the most that a server's Retry-After is heeded


@dataclass(slots=True)
class Progress:
    """How forwarding goes, for status pages and faults."""

    error: str | None = None
    misconfigured: bool = False  # a person must act
    written: int = 0
    refused: int = 0


class Forwarder:
    """One thread runs ``run``; ``stop`` ends it between two writes."""

    def __init__(
        self,
        outbox: Outbox,
        store: Store,
        *,
        clock: Callable[[], int],
        day_of: Callable[[int], str],
    ) -> None:
        self.progress = Progress()
        self._outbox = outbox
        self._store = store
        self._clock = clock
        self._day_of = day_of
        self._stop = threading.Event()

    def run(self) -> None:
        wait = SHORTEST_WAIT_S
        while not self._stop.is_set():
            try:
                if self.step():
                    self._stop.wait(PAUSE_S)
                else:
                    self._outbox.wait("store", timeout=1.0)
                wait = SHORTEST_WAIT_S
            except StoreError as error:
                self._failed(error)
                told = error.retry_after if isinstance(error, StoreUnavailable) else None
                self._stop.wait(wait if told is None else min(told, LONGEST_TOLD_S))
                wait = min(wait * 2, LONGEST_WAIT_S)

    def stop(self) -> None:
        self._stop.set()
        self._outbox.wake()

    def step(self) -> bool:
        """Write the next chunks; False when there are none. Raises ``StoreError``."""
        chunks = self._outbox.chunks("store", MOST_POINTS)
        if not chunks:
            return False
        points = [point for chunk in chunks for point in chunk.points]
        refused = self._store.write(points)
        if refused and not self._set_aside(refused):
            return False
        self._outbox.finished("store", chunks[-1].id)
        if self.progress.error is not None:
            log.info("store takes points again")
        self.progress.error, self.progress.misconfigured = None, False
        self.progress.written += len(points) - len(refused)
        return True

    def _set_aside(self, refused: Sequence[Refused]) -> bool:
        """Refused points are kept for a person to see; the account counts them apart.

        False if there was no room for them before ``stop``: they will be refused again.
        """
        now = self._clock()
        accounts: Counter[Account] = Counter()
        unusable = []
        for point, reason in refused:
            device = point.tags.get("device", "")
            accounts[Account(self._day_of(now), "", device, "refused", point.measurement)] += 1
            body = msgspec.json.encode(point)
            unusable.append(Unusable(now, "", "", body, REFUSED, reason, "", device))
        log.warning("the store refused points", points=len(refused), reason=refused[0].reason)
        while not self._stop.is_set():
            try:
                self._outbox.commit(Batch(accounts=accounts, unusable=unusable))
                self.progress.refused += len(refused)
                return True
            except OutboxFull as full:
                log.error("cannot keep refused points yet", reason=str(full))
                self._stop.wait(1.0)
        return False

    def _failed(self, error: StoreError) -> None:
        if self.progress.error is None:
            log.error("store does not take points; the outbox keeps them", error=str(error))
        self.progress.error = str(error)
        self.progress.misconfigured = isinstance(error, StoreMisconfigured)
