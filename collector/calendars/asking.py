"""Starts the process that reads a calendar, and kills it when it takes too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Final

import msgspec

from collector.calendars.protocol import Reply, Request
from collector.calendars.worker import WALL_S

_COMMAND: Final = (sys.executable, "-m", "collector.calendars.worker")
_PREFIX: Final = "RUMSKOLL_"  # our settings, secrets among them, are not its business
_OVERTIME: Final = {-signal.SIGALRM, -signal.SIGXCPU}


class Readers:
    """One process for each question; ``stop`` kills those that run."""

    def __init__(self, wall_s: float = WALL_S, command: Sequence[str] = _COMMAND) -> None:
        self._wall_s = wall_s
        self._command = command
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def ask(self, request: Request) -> Reply:
        """Whatever happens to the process, a reply or a clear error."""
        try:
            process = self._start()
        except OSError as error:
            return Reply(error="no_process", values={"reason": str(error.strerror)})
        try:
            out, _ = process.communicate(msgspec.json.encode(request), timeout=self._wall_s)
        except subprocess.TimeoutExpired:
            return Reply(error="too_slow")
        finally:
            process.kill()
            process.wait()
            with self._lock:
                self._running.discard(process)
        if process.returncode in _OVERTIME:
            return Reply(error="too_slow")
        try:
            return msgspec.json.decode(out, type=Reply)
        except msgspec.MsgspecError:
            return Reply(error="crashed", values={"code": process.returncode})

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            process = subprocess.Popen(
                self._command,
                env={n: v for n, v in os.environ.items() if not n.startswith(_PREFIX)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback might quote the feed
                start_new_session=True,
            )
            self._running.add(process)
            if self._stopped:
                process.kill()
        return process

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()
