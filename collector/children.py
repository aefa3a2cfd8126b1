"""Work that may hang, or crash, is done by a process of its own that can be killed.

A question goes in by standard input, where no list of processes shows it, and the answer comes
out by standard output; what else it says is not read, as it might quote a secret.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Sequence
from typing import Final, NamedTuple

_PREFIX: Final = "RUMSKOLL_"  # our settings, secrets among them, are not its business


class Output(NamedTuple):
    """``said`` is ``None`` where time was up."""

    said: bytes | None
    code: int


class Children:
    """One process for each question; ``stop`` kills those that run. Safe between threads."""

    def __init__(self, command: Sequence[str], wall_s: float) -> None:
        self._command = command
        self._wall_s = wall_s
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def ask(self, question: bytes) -> Output:
        """Raises ``OSError`` where no process can be had."""
        process = self._start()
        said: bytes | None = None
        try:
            said, _ = process.communicate(question, timeout=self._wall_s)
        except subprocess.TimeoutExpired:
            pass
        finally:
            process.kill()
            process.wait()
            with self._lock:
                self._running.discard(process)
        return Output(said, process.returncode)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            process = subprocess.Popen(
                self._command,
                env={n: v for n, v in os.environ.items() if not n.startswith(_PREFIX)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._running.add(process)
            if self._stopped:
                process.kill()
        return process
