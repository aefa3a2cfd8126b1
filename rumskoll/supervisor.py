"""``rumskoll run``: the roles as child processes, started in order, watched, stopped in order.

A child that ends is started again, with growing pauses. Each child's standard
input is a pipe of ours: when we are gone, however that came about, it closes,
and the child ends too.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

import structlog

log = structlog.get_logger()

LOOK_S: Final = 0.2
GRACE_S: Final = 15.0
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
STEADY_S: Final = 60.0  # up for so long: the next pause is short again


@dataclass(slots=True)
class Child:
    """A role to run. ``on_line`` gets what it prints; ``once`` may end by itself."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], bool] = lambda: True  # the next child waits for this
    on_line: Callable[[str], None] | None = None
    once: bool = False
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE_S
    due: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if self.on_line else None,
            text=True,
            start_new_session=True,  # Ctrl-C reaches us alone: we stop them in order
        )
        if self.on_line and self.process.stdout:
            reader = threading.Thread(
                target=_read, args=(self.process.stdout, self.on_line), daemon=True
            )
            reader.start()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask, wait, insist."""
        if self.process is None:
            return
        if self.running:
            self.process.terminate()
            try:
                self.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                log.error("does not stop and is killed", part=self.name)
                self.process.kill()
                self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def _read(lines: IO[str], on_line: Callable[[str], None]) -> None:
    for line in lines:
        on_line(line)


class Supervisor:
    """Runs children until ``stop``; they are stopped in the reverse of their order."""

    def __init__(
        self, children: Sequence[Child], *, on_failure: Callable[[Child, int], None]
    ) -> None:
        self._children = children
        self._on_failure = on_failure
        self._stop = threading.Event()

    def start(self, timeout: float) -> Child | None:
        """Start each when the one before is ready; the one that is not in time, or ``None``."""
        for child in self._children:
            child.start()
            until = time.monotonic() + timeout
            while not child.ready():
                self._look()
                if self._stop.wait(LOOK_S):
                    return None
                if time.monotonic() > until or child.failures > 2:
                    return child
        return None

    def watch(self) -> None:
        """Until ``stop`` is called."""
        while not self._stop.wait(LOOK_S):
            self._look()

    def stop(self) -> None:
        self._stop.set()

    def pass_on(self, sign: signal.Signals, names: Collection[str]) -> None:
        """Send a signal to the children of these names that run."""
        for child in self._children:
            if child.name in names and child.process is not None and child.running:
                child.process.send_signal(sign)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def end(self) -> None:
        for child in reversed(self._children):
            child.stop()

    def _look(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None or child.running:
                continue
            if child.due == 0.0:
                code = child.process.returncode
                if child.once and code == 0:
                    continue
                child.failures += 1
                child.pause = FIRST_PAUSE_S if now - child.started > STEADY_S else child.pause
                child.due = now + child.pause
                child.pause = min(child.pause * 2, LONGEST_PAUSE_S)
                self._on_failure(child, code)
            elif now >= child.due:
                child.due = 0.0
                child.start()
