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

from storage.store import StoreUnavailable

EACH: Final = 6  # documents by one process: what it keeps grows with each
_PREFIX: Final = "RUMSKOLL_"  # our settings, secrets among them, are not its business


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
                made = _answer(self._ready(), question)
            except OSError:
                made = b""
            self._set += 1
            if not made or self._set >= EACH:
                self._end()
        if not made:
            raise StoreUnavailable.say("not_typeset")
        return made

    @property
    def pid(self) -> int | None:
        """Of the process, as long as there is one."""
        return None if self._process is None else self._process.pid

    def rest(self) -> None:
        with self._lock:
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
    """Empty where the process came to its end over it."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(question)
    process.stdin.flush()
    length = int.from_bytes(process.stdout.read(8), "big")
    made = process.stdout.read(length)
    return made if len(made) == length else b""
