"""The collector as a process: the session in the main thread, the rest beside it."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import structlog

from collector.service_points import lag_s
from rumskoll.health import CODES, DISK_FULL, ServiceRules, Signs
from rumskoll.heartbeat import Heartbeat
from rumskoll.settings import Settings
from rumskoll.wiring import Collector, clock, collector_of, day_of
from storage.outbox import CONSUMERS

log = structlog.get_logger()

EVERY_S: Final = 5.0
STUCK_S: Final = 120.0
LEAVE_S: Final = 10.0  # all together; the supervisor waits a little longer
FRESH_MS: Final = 60_000  # a part that took no step for so long hangs


def run_collector(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT. Raises what ``collector_of`` raises."""
    parts = collector_of(settings)
    broker = f"{settings.mqtt.host}:{settings.mqtt.port}"
    status = Status(parts, broker, lambda: shutil.disk_usage(settings.data).free)
    heartbeat = Heartbeat(
        settings.heartbeat_url.get_secret_value(), settings.heartbeat_every, status.well
    )
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
        _guarded("copies", parts.copies.run),
        _guarded("bookings", parts.bookings.run),
        _guarded("alerts", parts.alerts.run),
        _guarded("statements", parts.mailer.run),
        _guarded("status", status.run),
        _guarded("heartbeat", heartbeat.run),
    ]
    if parts.backups is not None:
        threads.append(_guarded("backup", parts.backups.run))
    if parts.reporter is not None:
        threads.append(_guarded("reporter", parts.reporter.run))
    publisher = parts.publisher
    if publisher is not None:
        threads.append(_guarded("publisher", publisher.run))
    try:
        parts.session.run()
    finally:
        parts.bookings.stop()
        parts.readers.stop()
        heartbeat.stop()
        if parts.backups is not None:
            parts.backups.stop()
        if parts.reporter is not None:
            parts.reporter.stop()
        if publisher is not None:
            publisher.stop()
        for part in (
            status,
            parts.alerts,
            parts.mailer,
            parts.chores,
            parts.copies,
            parts.rollup,
            parts.watch,
            parts.forwarder,
        ):
            part.stop()
        until = time.monotonic() + LEAVE_S
        for thread in threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))
        parts.outbox.close()
        parts.state.close()
        parts.panels.close()
        if publisher is not None:
            publisher.close()
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

    def __init__(self, parts: Collector, broker: str, disk_free: Callable[[], int]) -> None:
        self._parts = parts
        self._broker = broker
        self._day_of = day_of(parts.files.current)
        self._started = clock()
        self._stop = False
        self._wake = threading.Event()
        self._disk_free = disk_free
        self._rules = ServiceRules(parts.state.faults.open())
        self._written = 0  # when service.db took the last report

    def run(self) -> None:
        while not self._stop:
            self._look_after_the_loop()  # first: reporting may fail
            self._reload()
            self._report()
            self._wake.wait(EVERY_S if self.well() else 0.5)
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

    def well(self) -> bool:
        """Does it do its work: readings come in, are kept, watched and told?"""
        link, now = self._parts.session.link, clock()
        fresh = all(now - at < FRESH_MS for at in (self._written, *self._steps().values()))
        return link.connected and link.refused is None and link.busy is None and fresh

    def _steps(self) -> dict[str, int]:
        """When the parts that must not hang were last at work, ms."""
        parts = self._parts
        return {
            "watch": parts.watch.last_step,
            "queue": parts.watch.last_told,
            "alerts": parts.alerts.last_step,
        }

    def _report(self) -> None:
        now, free = clock(), self._disk_free()
        findings = self._rules.findings(self._signs(free), now)
        body, state = self._body(now, free), self._parts.state
        with state.transaction():
            state.live.put("role", {"collector": body}, now)
            state.faults.settle(CODES, findings, now)
        self._written = now

    def _signs(self, disk_free: int) -> Signs:
        parts = self._parts
        link, store = parts.session.link, parts.forwarder.progress
        tried = store.error or store.written or store.refused
        return Signs(
            connected=link.connected and link.refused is None,
            store_down=store.error is not None if tried else None,
            filled=parts.outbox.waiting_bytes / parts.outbox.limit,
            refusing=link.busy is not None,
            disk_free=disk_free,
            rooms_wrong=parts.files.error is not None,
            contacts_wrong=parts.contacts.error is not None,
            backup_failed=parts.backups is not None and bool(parts.backups.failed),
        )

    def _body(self, now: int, disk_free: int) -> dict[str, Any]:
        """What the other processes are told."""
        parts = self._parts
        link, outbox = parts.session.link, parts.outbox
        outcomes: Counter[str] = Counter()
        for account, count in outbox.accounts(self._day_of(now)).items():
            outcomes[account.outcome] += count
        error = parts.files.error or parts.contacts.error
        return {
            "started": self._started,
            "heartbeat": now,
            "connected": link.connected and link.refused is None,
            "broker": self._broker,
            "broker_error": link.refused or link.error,
            "refusing": link.busy,
            "outbox_points": outbox.waiting,
            "outbox_bytes": outbox.waiting_bytes,
            "outbox_limit": outbox.limit,
            "behind": {name: self._behind(name, now) for name in CONSUMERS},
            "store_error": parts.forwarder.progress.error,
            "steps": self._steps(),
            "disk_free": disk_free,
            "disk_full": disk_free < DISK_FULL,
            "registry_hash": parts.files.current.hash,
            "registry_error": str(error) if error else None,
            "received": link.received,
            "today": dict(outcomes),
            "quarantined": outbox.quarantine.counts(),
        }

    def _behind(self, consumer: str, now: int) -> dict[str, float]:
        """Points that a consumer has still to take, and how old the next readings are."""
        outbox = self._parts.outbox
        return {"points": outbox.behind(consumer), "seconds": lag_s(outbox, consumer, now)}

    def _look_after_the_loop(self) -> None:
        """A loop that no longer turns is worse than a restart: what is not acknowledged comes
        again."""
        turn = self._parts.session.link.turn
        if turn and time.monotonic() - turn > STUCK_S:
            log.critical("the MQTT loop is stuck; the process ends to be started anew")
            os._exit(70)
