"""Writes what Grafana draws of the present: rooms, devices, accounts, the service (design 5).

Each whole minute one point about the service, and rooms and devices that changed; every five
minutes all of them, and the day's accounts. Straight to the store: while it is away the minutes
wait, and snapshots are taken anew. How far messages have been told of is kept in ``service.db``,
so that each is counted once, over restarts and days too.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from collector.service_points import (
    COUNTED,
    Messages,
    account_points,
    day_of,
    days_between,
    lag_s,
    service_point,
    totals,
)
from collector.states import UNSTEADY, device_points, room_points, told
from rooms.readings import Point, Value
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from storage.forwarder import Progress
from storage.outbox import Outbox
from storage.state import ServiceState
from storage.store import Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 5.0
MINUTE_MS: Final = 60_000
WHOLE_MS: Final = 5 * MINUTE_MS
LATE_MS: Final = 30 * MINUTE_MS  # so long may messages of a day still come in after it
STALE_MS: Final = 120_000  # what a watch that hangs wrote last says nothing about now
MOST_MINUTES: Final = 1440  # that wait for the store
KEPT: Final = "reported"  # kind of its one row of ``state``


class Reporter:
    """One thread runs ``run``, or somebody calls ``step``.

    ``watched`` tells when the watch was last at work (ms), ``broker_up`` whether messages can
    come in, ``disk_free`` the bytes that are free where the data folder is.
    """

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
        progress: Progress,
        watched: Callable[[], int],
        broker_up: Callable[[], bool],
        disk_free: Callable[[], int],
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self._registry = registry
        self._clock = clock
        self._progress = progress
        self._written, self._refused = progress.written, progress.refused
        self._watched = watched
        self._broker_up = broker_up
        self._disk_free = disk_free
        self._minutes: deque[Point] = deque(maxlen=MOST_MINUTES)
        self._seen: dict[tuple[str, ...], dict[str, Value]] = {}
        self._told = ""
        self._stop = threading.Event()
        self._begin()

    def _begin(self) -> None:
        """Go on where an earlier process left off; the first of all counts from now on."""
        self._started = now = self._clock()
        self._until = now - now % MINUTE_MS  # all before it has been told
        self._stepped = self._until
        row = self._state.live.get(KEPT, "")
        if row is not None:
            self._messages = Messages(row.body["days"])
            self._until = min(self._until, row.body["until"])
        else:
            day = day_of(self._registry(), now)
            self._messages = Messages({day: totals(self._outbox.accounts(day))})
            self._keep(now)
        self._accounted = self._until  # when the accounts were written last

    # ---- life

    def run(self) -> None:
        while not self._stop.wait(EVERY_S):
            self.step()

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Write what is due, once a whole minute."""
        now = self._clock()
        minute = now - now % MINUTE_MS
        if minute == self._stepped:
            return
        self._stepped = minute
        if minute > self._until:
            self._count(minute, now)
        self._until = minute  # also where the clock was set back
        try:
            if self._minutes:
                self._write(self._minutes)
                self._minutes.clear()
                self._keep(now)
            self._report(minute, now)
            self._told = ""
        except StoreError as error:
            self._seen.clear()
            if str(error) != self._told:
                log.warning("what Grafana draws waits for the store", reason=str(error))
            self._told = str(error)

    def _write(self, points: Iterable[Point]) -> None:
        for point, reason in self._store.write([*points]):
            log.error("the store refuses a point", point=point.measurement, reason=reason)

    def _keep(self, now: int) -> None:
        body = {"until": self._until, "days": self._messages.days}
        self._state.live.put(KEPT, {"": body}, now, tell=False)

    # ---- the service

    def _count(self, minute: int, now: int) -> None:
        """The minute that ended at ``minute``, with all that has come since the one before."""
        registry, written, refused = (
            self._registry(),
            self._progress.written,
            self._progress.refused,
        )
        settled = self._state.alerts.outcomes(self._until, minute)
        standing = self._standing(now)
        days = {*self._messages.days, day_of(registry, minute - 1)}
        accounts = {day: totals(self._outbox.accounts(day)) for day in days}
        new = self._messages.take(accounts, day_of(registry, minute - LATE_MS))
        told = {name: new[name] for name in COUNTED} | standing
        told |= {"written": written - self._written, "refused": refused - self._refused}
        told["alerts_sent"] = settled.get("delivered", 0)
        told["alerts_failed"] = settled.get("failed", 0)
        self._written, self._refused = written, refused
        if len(self._minutes) == MOST_MINUTES:
            log.warning("a minute that waited for the store too long is let go")
        site = next(iter(registry.sites))
        self._minutes.append(service_point(site, minute - MINUTE_MS, told))

    def _standing(self, now: int) -> dict[str, float]:
        """What waits, and what works, at the minute's end."""
        outbox, state = self._outbox, self._state
        return {
            "outbox_rows": outbox.waiting,
            "outbox_bytes": outbox.waiting_bytes,
            "outbox_limit": outbox.limit,
            "outbox_age_s": lag_s(outbox, "store", now),
            "watch_age_s": lag_s(outbox, "watch", now),
            "quarantine_rows": sum(outbox.quarantine.counts().values()),
            "dirty_hours": state.dirty.count(-FOREVER, now),
            "disk_free_bytes": self._disk_free(),
            "broker_up": self._broker_up(),
            "store_up": self._progress.error is None,
            "faults_open": len(state.faults.open()),
            "alerts_waiting": len(state.alerts.on_their_way()),
        }

    # ---- rooms, devices, days

    def _report(self, minute: int, now: int) -> None:
        whole, registry = minute % WHOLE_MS == 0, self._registry()
        points = self._snapshots(registry, minute, now)
        news = [p for p in points if whole or self._seen.get(_key(p)) != _steady(p)]
        if whole:
            for day in days_between(registry, self._accounted - LATE_MS, now):
                news += account_points(registry, day, self._outbox.accounts(day))
        if news:
            self._write(news)
        self._seen = {_key(point): _steady(point) for point in points}
        if whole:
            self._accounted = now

    def _snapshots(self, registry: Registry, minute: int, now: int) -> list[Point]:
        """Of all; of what the watch has not looked at lately only that it is unknown."""
        rooms, devices = {}, {}
        if now - max(self._started, self._watched()) < STALE_MS:
            rooms = {id_: row.body for id_, row in self._state.live.all("room").items()}
            devices = {id_: row.body for id_, row in self._state.live.all("device").items()}
        faults = told(registry, self._state.faults.open(), now)
        return [
            *room_points(registry, rooms, faults, now, minute),
            *device_points(registry, rooms, devices, faults, now, minute),
        ]


def _key(point: Point) -> tuple[str, ...]:
    return (point.measurement, *point.tags.values())


def _steady(point: Point) -> dict[str, Value]:
    """What makes a change worth a point at once."""
    return {name: value for name, value in point.fields.items() if name not in UNSTEADY}
