"""A webhook server that takes JSON, or answers what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Webhook:
    """``status`` gives the answer to a path: an HTTP status, or 0 to stall until ``go_on``."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Any]] = []  # path, body
        self.asked: list[str] = []
        self.status: Callable[[str], int] = lambda path: 200
        self.stalled = threading.Event()
        self._go_on = threading.Event()
        self.port = 0

    def url(self, path: str) -> str:
        """For Apprise."""
        return f"json://127.0.0.1:{self.port}/{path}"

    def go_on(self) -> None:
        self._go_on.set()

    def answer(self, path: str, body: bytes) -> int:
        self.asked.append(path)
        status = self.status(path)
        if status == 0:
            self.stalled.set()
            self._go_on.wait()
            return 503
        if status == 200:
            self.taken.append((path, json.loads(body)))
        return status


@contextmanager
def webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = hook.answer(self.path.strip("/"), body)
            try:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:  # it was killed while it waited
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hook
    finally:
        hook.go_on()
        server.shutdown()
        thread.join()
        server.server_close()
