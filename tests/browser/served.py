"""Starts and stops ``tests.browser.serve`` in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def served(folder: Path, port: int, *what: str) -> Iterator[subprocess.Popen[str]]:
    """The demo house on a port; killed in the end if it has not ended by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve", str(port), str(folder), *what],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        assert first == "ready\n", first + process.stdout.read()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
