"""Everything but e-mail, by Apprise: Teams, Slack, ntfy, SMS, webhooks …

Apprise has no time limit over all and logs what it likes, so each message is sent by a process
of its own, which can be killed and of which nothing but the answer is read. The address goes
in by standard input, where no list of processes shows it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Final

import msgspec

from collector.transports.apprise_worker import WALL_S, Answer, Task
from collector.transports.base import Message, Passing, Permanent
from rooms.alerts.failure import Failure

AT_ONCE: Final = 8  # processes, of some 60 MB each
_COMMAND: Final = (sys.executable, "-m", "collector.transports.apprise_worker")
_PREFIX: Final = "RUMSKOLL_"  # our settings, secrets among them, are not its business


class AppriseTransport:
    def __init__(self, wall_s: float = WALL_S, command: Sequence[str] = _COMMAND) -> None:
        self._wall_s = wall_s
        self._command = command
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def batch(self) -> AppriseTransport:
        return self  # nothing is shared between messages

    def send(self, address: str, message: Message) -> None:
        answer = self._ask(Task(address, message.subject, message.text, message.line, message.tone))
        if answer.failed == "bad_url":
            raise Permanent("bad_url", answer.detail)
        if answer.failed:
            raise Passing(answer.failed, answer.detail)

    def check(self, address: str) -> Failure | None:
        """Can the address be understood? Nothing is sent."""
        answer = self._ask(Task(address))
        return Failure(answer.failed, answer.detail) if answer.failed else None

    def close(self) -> None:
        """Of a batch: nothing is kept open."""

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()

    def _ask(self, task: Task) -> Answer:
        """Whatever happens to the process, an answer."""
        with self._slots:
            try:
                process = self._start()
            except OSError as error:
                return Answer("crashed", str(error.strerror))
            try:
                out, _ = process.communicate(msgspec.json.encode(task), timeout=self._wall_s)
                return msgspec.json.decode(out, type=Answer)
            except subprocess.TimeoutExpired:
                return Answer("too_slow")
            except msgspec.MsgspecError:
                return Answer("crashed", str(process.returncode))
            finally:
                process.kill()
                process.wait()
                with self._lock:
                    self._running.discard(process)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            process = subprocess.Popen(
                self._command,
                env={n: v for n, v in os.environ.items() if not n.startswith(_PREFIX)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback might quote the address
                start_new_session=True,
            )
            self._running.add(process)
            if self._stopped:
                process.kill()
        return process
