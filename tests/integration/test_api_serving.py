"""The API on a real port, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.served import free_port, served


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo house on a free port, in a process of its own."""
    port = free_port()
    with served(tmp_path, port) as process:
        yield process, f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_though_a_stream_is_open(
    serving: tuple[subprocess.Popen[str], str], sign: signal.Signals
) -> None:
    process, url = serving
    with httpx.stream("GET", f"{url}/api/v1/stream?after=0") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "server" not in answer.headers
        lines = answer.iter_lines()
        assert next(lines) == "retry: 3000"
        assert any(line == "event: room" for line in lines)
        os.kill(process.pid, sign)
        assert process.wait(timeout=20) == 0
    assert process.stdout is not None
    assert process.stdout.read() == ""  # no traceback, no noise
