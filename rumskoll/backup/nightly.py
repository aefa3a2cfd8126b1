"""Backups without being asked: each night, and whenever a statement has been issued.

Statements are looked for rather than waited for: whoever issued one, here or from the command
line, needs not know of backups and cannot fail because of them; one that could not be made is
made later. The work is done by a process of its own (``rumskoll backup``): compressing a
night's readings would hold up those that come in.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from rooms.calendar import clock_time
from rumskoll.backup.make import COVERED, MADE, newest_statement
from rumskoll.backup.manifest import Kind, kind_of
from rumskoll.settings import Settings
from storage.state import ServiceState

log = structlog.get_logger()

EVERY_S: Final = 10.0
AGAIN_MS: Final = 30 * 60_000  # after one that failed
PATIENCE_S: Final = 6 * 3600.0  # a network share may hang for ever
_NICE: Final = 10

# makes one unless told to stop; says what went wrong, "" for nothing
Make = Callable[[Kind, threading.Event], str]


class Backups:
    """One thread runs ``run``. ``failed`` is why the last one could not be made, or ""."""

    def __init__(
        self,
        state: ServiceState,
        make: Make,
        folder: Path,
        *,
        at: time,
        keep: int,
        zone: Callable[[], ZoneInfo],
        clock: Callable[[], int],
    ) -> None:
        self.failed = ""
        self._state = state
        self._make = make
        self._folder = folder
        self._at = at
        self._keep = keep
        self._zone = zone
        self._clock = clock
        self._tried = 0
        self._stop = threading.Event()

    def run(self) -> None:
        while not self._stop.wait(EVERY_S):
            self.step()

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Make what is due, unless that failed a moment ago."""
        now = self._clock()
        kind = self._due(now)
        if kind is None or (self.failed and 0 <= now - self._tried < AGAIN_MS):
            return
        self._tried = now
        failed = self._make(kind, self._stop)
        if self._stop.is_set():
            return
        self.failed = failed
        if failed:
            log.error("no backup could be made", kind=kind, reason=failed)
            return
        log.info("backup made", kind=kind, folder=str(self._folder))
        if kind == "full":
            self._prune()

    def _due(self, now: int) -> Kind | None:
        live = self._state.live
        if live.cursor(MADE) < last_time(self._at, self._zone(), now):
            return "full"
        return "light" if newest_statement(self._state) > live.cursor(COVERED) else None

    def _prune(self) -> None:
        """What is older than the full ones to keep: every statement is in each of those too."""
        ours = [path.name for path in self._folder.iterdir() if kind_of(path.name)]
        kept = sorted(name for name in ours if kind_of(name) == "full")[-self._keep :]
        for name in ours:
            if name < min(kept, default=""):
                (self._folder / name).unlink(missing_ok=True)


def last_time(at: time, zone: ZoneInfo, now: int) -> int:
    """When it last was ``at`` o'clock there, ms; an hour that the clock skips is the next one."""
    today = datetime.fromtimestamp(now / 1000, zone).date()
    days = (today, today - timedelta(days=1))
    return max(t for day in days if (t := clock_time(day, at, zone)) <= now)


def in_a_process(settings: Settings) -> Make:
    """``rumskoll backup`` with these settings."""

    def make(kind: Kind, stop: threading.Event) -> str:
        process = subprocess.Popen(
            _command(kind),
            env=os.environ | settings.to_env(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return _ended(process, stop)

    return make


def _command(kind: Kind) -> list[str]:
    return [sys.executable, "-m", "rumskoll", "backup", *(["--light"] * (kind == "light"))]


def _ended(process: subprocess.Popen[str], stop: threading.Event) -> str:
    until = monotonic() + PATIENCE_S
    while not stop.is_set() and monotonic() < until:
        try:
            _, said = process.communicate(timeout=1.0)
        except subprocess.TimeoutExpired:
            continue
        return "" if process.returncode == 0 else (said.strip() or f"code {process.returncode}")
    process.kill()
    process.communicate()
    return "it did not come to an end"
