"""The collector as a process: the session in the main thread, the rest beside it."""

from __future__ import annotations

import functools
import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import structlog

from rooms.faults import SERVICE, Finding
from rumskoll.settings import Settings
from rumskoll.wiring import Collector, broker_of, clock, collector_of, day_of

log = structlog.get_logger()

EVERY_S: Final = 5.0
STUCK_S: Final = 120.0
FILLING: Final = 0.5  # of the outbox's limit
LEAVE_S: Final = 10.0  # all together; the supervisor waits a little longer
OUTAGE_MS: Final = 30_000  # a broker or store away for a moment is no problem
CODES: Final = ("broker_down", "store_down", "outbox_filling", "registry_invalid")


def run_collector(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT. Raises what ``collector_of`` raises."""
    parts = collector_of(settings)
    status = Status(parts, f"{broker_of(settings).host}:{broker_of(settings).port}")
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: parts.session.stop())
    signal.signal(signal.SIGHUP, lambda *_: status.hurry())

    # once, although the thread may start again: it would forget what was heard last
    load = functools.cache(parts.watch.load)

    def watch() -> None:
        load()  # asks the store, which may be slow to answer: the session must not wait
        parts.watch.run()

    threads = [
        _guarded("forwarder", parts.forwarder.run),
        _guarded("watch", watch),
        _guarded("rollup", parts.rollup.run),
        _guarded("chores", parts.chores.run),
        _guarded("bookings", parts.bookings.run),
        _guarded("status", status.run),
    ]
    try:
        parts.session.run()
    finally:
        parts.bookings.stop()
        parts.readers.stop()
        for part in (status, parts.chores, parts.rollup, parts.watch, parts.forwarder):
            part.stop()
        until = time.monotonic() + LEAVE_S
        for thread in threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))
        parts.outbox.close()
        parts.state.close()
        parts.panels.close()
        parts.store.close()
    return 0


def _guarded(name: str, run: Callable[[], None]) -> threading.Thread:
    """Run in a thread that survives any surprise: log it, wait, start again."""

    def guard() -> None:
        delay, told = 1.0, ""
        while True:
            started = time.monotonic()
            try:
                run()
                return
            except sqlite3.OperationalError as error:  # the disk's trouble, not ours
                if str(error) != told:
                    log.error("cannot write in the data folder; trying again", reason=str(error))
                delay, told = 1.0, str(error)
            except Exception:
                log.exception("a part of the collector failed and starts again", part=name)
            if time.monotonic() - started > 60:
                delay, told = 1.0, ""
            time.sleep(delay)
            delay = min(delay * 2, 60.0)

    thread = threading.Thread(target=guard, name=name, daemon=True)
    thread.start()
    return thread


class Status:
    """Tells the other processes how the collector is doing; reloads the registry."""

    def __init__(self, parts: Collector, broker: str) -> None:
        self._parts = parts
        self._broker = broker
        self._day_of = day_of(parts.files.current)
        self._started = clock()
        self._stop = False
        self._wake = threading.Event()
        self._down_since: dict[str, int] = {}

    def run(self) -> None:
        while not self._stop:
            self._look_after_the_loop()  # first: reporting may fail
            self._reload()
            self._report()
            self._wake.wait(EVERY_S if self._parts.session.link.connected else 0.5)
            self._wake.clear()

    def stop(self) -> None:
        self._stop = True
        self._wake.set()

    def hurry(self) -> None:
        self._wake.set()

    def _reload(self) -> None:
        files = self._parts.files
        before = str(files.error)
        registry = files.poll()
        if registry is not None:
            log.info("rooms.yaml reloaded", registry=registry.hash)
            self._parts.pipeline.use(registry)
            self._parts.watch.use(registry)
            self._parts.session.subscribe_again()
            self._welcome()
        elif files.error is not None and str(files.error) != before:
            log.error("rooms.yaml cannot be used; the old one holds", error=str(files.error))
        contacts = self._parts.contacts
        before = str(contacts.error)
        if contacts.poll():
            log.info("contacts.yaml reloaded")
        elif contacts.error is not None and str(contacts.error) != before:
            log.error("contacts.yaml cannot be used; the old one holds", error=str(contacts.error))

    def _welcome(self) -> None:
        """Devices that were unknown and are not any more."""
        quarantine = self._parts.outbox.quarantine
        for device in quarantine.unknown_devices():
            if self._parts.files.current.by_address(device.source, device.address):
                quarantine.forget_unknown(device.source, device.address)

    def _report(self) -> None:
        parts, now = self._parts, clock()
        link, store = parts.session.link, parts.forwarder.progress
        outcomes: Counter[str] = Counter()
        for account, count in parts.outbox.accounts(self._day_of(now)).items():
            outcomes[account.outcome] += count
        error = parts.files.error or parts.contacts.error
        body: dict[str, Any] = {
            "started": self._started,
            "heartbeat": now,
            "connected": link.connected and link.refused is None,
            "broker": self._broker,
            "broker_error": link.refused or link.error,
            "outbox_points": parts.outbox.waiting,
            "outbox_bytes": parts.outbox.waiting_bytes,
            "outbox_limit": parts.outbox.limit,
            "store_behind": parts.outbox.behind("store"),
            "store_error": store.error,
            "registry_hash": parts.files.current.hash,
            "registry_error": str(error) if error else None,
            "received": link.received,
            "today": dict(outcomes),
            "quarantined": parts.outbox.quarantine.counts(),
        }
        filling = link.busy is not None or (
            parts.outbox.waiting_bytes > FILLING * parts.outbox.limit
        )
        share = 100 * parts.outbox.waiting_bytes / parts.outbox.limit
        found = {
            "broker_down": (not body["connected"], body["broker_error"] or self._broker),
            "store_down": (store.error is not None, store.error or ""),
            "outbox_filling": (filling, link.busy or f"{share:.0f} %"),
            "registry_invalid": (error is not None, str(error).split("\n", 1)[0]),
        }
        problems = [
            Finding(code, SERVICE, "", "error", since)
            for code, (wrong, _) in found.items()
            if (since := self._lasting(code, wrong, now)) is not None
        ]
        body["problems"] = {code: found[code][1] for code in CODES if found[code][0]}
        with parts.state.transaction():
            parts.state.live.put("role", {"collector": body}, now)
            parts.state.faults.settle(CODES, problems, now)

    def _lasting(self, code: str, wrong: bool, now: int) -> int | None:
        """Since when (ms), if it has lasted long enough to tell."""
        if not wrong:
            self._down_since.pop(code, None)
            return None
        since = self._down_since.setdefault(code, now)
        wait = OUTAGE_MS if code in ("broker_down", "store_down") else 0
        return since if now - since >= wait else None

    def _look_after_the_loop(self) -> None:
        """A loop that no longer turns is worse than a restart: what is not acknowledged comes
        again."""
        turn = self._parts.session.link.turn
        if turn and time.monotonic() - turn > STUCK_S:
            log.critical("the MQTT loop is stuck; the process ends to be started anew")
            os._exit(70)
