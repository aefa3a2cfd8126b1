"""``rumskoll run`` as a person starts it: a process, its output, its addresses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

WAIT_S = 60


def until(condition: Callable[[], Any], what: str) -> Any:
    """The first true value of ``condition``; fails the test when it does not come."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)  # between two looks at a condition
    raise AssertionError(f"not within {WAIT_S} s: {what}")


class Whole:
    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def output(self) -> str:
        return self._log.read_text()

    @property
    def board(self) -> str:
        """The address that it prints once it is ready."""

        def told() -> str:
            assert self.process.poll() is None, self.output
            lines = [line for line in self.output.splitlines() if line.startswith("Board: ")]
            return lines[0].split()[1] if lines else ""

        return str(until(told, "the board's address"))

    @property
    def mqtt_port(self) -> int:
        line = next(line for line in self.output.splitlines() if line.startswith("MQTT: "))
        return int(line.rpartition(":")[2])

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.board.rstrip("/") + path, timeout=10, trust_env=False)

    def child(self, name: str) -> psutil.Process:
        """The process of a role."""

        def found() -> psutil.Process | None:
            for process in psutil.Process(self.process.pid).children():
                if name in " ".join(process.cmdline()):
                    return process
            return None

        found_: psutil.Process = until(found, f"a process {name}")
        return found_

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sign)
        return self.process.wait(WAIT_S)


@contextmanager
def whole(tmp_path: Path, *options: str, **env: str) -> Iterator[Whole]:
    """Run with ``--demo`` and data of its own; nothing is left running."""
    log = tmp_path / "run.log"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("RUMSKOLL_")}
    command = [sys.executable, "-m", "rumskoll", "run", "--demo", "--data", str(tmp_path / "data")]
    with log.open("w") as file:
        process = subprocess.Popen(
            [*command, *options],
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=tmp_path,
            env={**clean, "RUMSKOLL_LANGUAGE": "en", **env},
            start_new_session=True,
        )
    known = psutil.Process(process.pid)
    children: list[psutil.Process] = []
    try:
        yield Whole(process, log)
    finally:
        if process.poll() is None:
            children = known.children(recursive=True)
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in children:
            if child.is_running():
                child.kill()
