"""Everything but e-mail, by Apprise: Teams, Slack, ntfy, SMS, webhooks …

Apprise has no time limit over all and logs what it likes, so each message is sent by a process
of its own, which can be killed and of which nothing but the answer is read.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from typing import Final

import msgspec

from collector.children import Children
from collector.transports.apprise_worker import WALL_S, Answer, Task
from collector.transports.base import Message, Passing, Permanent
from rooms.alerts.failure import Failure

AT_ONCE: Final = 8  # processes, of some 60 MB each
_COMMAND: Final = (sys.executable, "-m", "collector.transports.apprise_worker")


class AppriseTransport:
    def __init__(self, wall_s: float = WALL_S, command: Sequence[str] = _COMMAND) -> None:
        self._children = Children(command, wall_s)
        self._slots = threading.BoundedSemaphore(AT_ONCE)

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
        self._children.stop()

    def _ask(self, task: Task) -> Answer:
        """Whatever happens to the process, an answer."""
        with self._slots:
            try:
                said, code = self._children.ask(msgspec.json.encode(task))
            except OSError as error:
                return Answer("crashed", str(error.strerror))
        if said is None:
            return Answer("too_slow")
        try:
            return msgspec.json.decode(said, type=Answer)
        except msgspec.MsgspecError:
            return Answer("crashed", str(code))
