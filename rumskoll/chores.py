"""Small regular work of the collector: let old data go, look at the month's coverage."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Final

import structlog

from collector.coverage import Coverage
from rooms.units import DAY_MS
from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 3600.0
ACCOUNT_DAYS: Final = 400  # a year and a month to look back on
ALERT_DAYS: Final = 400
EVIDENCE_DAYS: Final = 800  # issued statements have their own copy, of seven years


class Chores:
    """One thread runs ``run``; InfluxDB lets its old data go by itself."""

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        coverage: Coverage,
        *,
        clock: Callable[[], int],
        day_of: Callable[[int], str],
        retention_days: int,
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self._coverage = coverage
        self._clock = clock
        self._day_of = day_of
        self._retention_ms = retention_days * DAY_MS
        self._stop = threading.Event()

    def run(self) -> None:
        while not self._stop.is_set():
            try:
                self.step()
            except StoreError as error:
                log.warning("what is done each hour waits for the store", reason=str(error))
            self._stop.wait(EVERY_S)

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        now = self._clock()
        self._outbox.forget_accounts(self._day_of(now - ACCOUNT_DAYS * DAY_MS))
        self._state.faults.prune(now)
        self._state.alerts.prune(now - ALERT_DAYS * DAY_MS)
        self._state.evidence.prune(date.fromisoformat(self._day_of(now - EVIDENCE_DAYS * DAY_MS)))
        if isinstance(self._store, SqliteStore):
            self._store.expire(now - self._retention_ms)
        self._coverage.step()
