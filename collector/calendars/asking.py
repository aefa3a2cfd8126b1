"""Asks the process that reads a calendar, which is killed when it takes too long."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import Final

import msgspec

from collector.calendars.protocol import Reply, Request
from collector.calendars.worker import WALL_S
from collector.children import Children

_COMMAND: Final = (sys.executable, "-m", "collector.calendars.worker")
_OVERTIME: Final = {-signal.SIGALRM, -signal.SIGXCPU}


class Readers:
    """One process for each question; ``stop`` kills those that run."""

    def __init__(self, wall_s: float = WALL_S, command: Sequence[str] = _COMMAND) -> None:
        self._children = Children(command, wall_s)

    def ask(self, request: Request) -> Reply:
        """Whatever happens to the process, a reply or a clear error."""
        try:
            said, code = self._children.ask(msgspec.json.encode(request))
        except OSError as error:
            return Reply(error="no_process", values={"reason": str(error.strerror)})
        if said is None or code in _OVERTIME:
            return Reply(error="too_slow")
        try:
            return msgspec.json.decode(said, type=Reply)
        except msgspec.MsgspecError:
            return Reply(error="crashed", values={"code": code})

    def stop(self) -> None:
        self._children.stop()
