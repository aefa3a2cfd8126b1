"""Typesetting in a process of its own: Typst keeps what it has set, a hundred MB for a house of
100 rooms, and a service that runs for years should not. It also uses the other core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from typing import Final

import structlog

from rooms.texts.plain import plain
from storage.store import StoreUnavailable

EACH: Final = 6  # documents by one process: what it keeps grows with each
MOST: Final = 300  # characters of a reason that are told
_PREFIX: Final = "RUMSKOLL_"  # our settings, secrets among them, are not its business

log = structlog.get_logger()


class CannotSet(Exception):
    """Typst refuses this document, and says why; the process lives on."""


class Press:
    """One document at a time, from any thread. ``rest`` ends the process until the next one."""

    COMMAND: Final = (sys.executable, "-m", "api.statements.typesetter")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._set = 0

    def typeset(self, data: str, at: datetime) -> bytes:
        """The PDF of what ``statement.typ`` is told. Raises ``StoreUnavailable``."""
        question = json.dumps({"data": data, "at": at.isoformat()}).encode() + b"\n"
        with self._lock:
            try:
                return self._asked(question)
            except CannotSet as error:
                detail = plain(str(error), MOST)
                trouble = StoreUnavailable.say("not_settable", detail=detail)
            except OSError as error:
                detail = plain(str(error), MOST)
                trouble = StoreUnavailable.say("not_typeset")
                self._end()
        log.error("not_typeset", detail=detail)
        raise trouble

    @property
    def pid(self) -> int | None:
        """Of the process, as long as there is one."""
        return None if self._process is None else self._process.pid

    def rest(self) -> None:
        with self._lock:
            self._end()

    def _asked(self, question: bytes) -> bytes:
        try:
            return _answer(self._ready(), question)
        finally:
            self._set += 1
            if self._set >= EACH:
                self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                self.COMMAND,
                env={n: v for n, v in os.environ.items() if not n.startswith(_PREFIX)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        process, self._process, self._set = self._process, None, 0
        if process is not None:
            process.kill()  # nothing of its work is left
            process.communicate()


def _answer(process: subprocess.Popen[bytes], question: bytes) -> bytes:
    """Raises ``CannotSet``; ``OSError`` where the process came to its end over it."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(question)
    process.stdin.flush()
    length = int.from_bytes(process.stdout.read(8), "big", signed=True)
    made = process.stdout.read(abs(length))
    if len(made) < max(1, abs(length)):
        raise BrokenPipeError("the process that typesets came to its end")
    if length < 0:
        raise CannotSet(made.decode())
    return made
