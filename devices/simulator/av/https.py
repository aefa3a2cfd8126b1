"""An HTTPS server of a simulated device: what it answers is up to the device."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from devices.simulator.av.certificate import own_certificate
from devices.simulator.av.faults import Fault


class Answer(NamedTuple):
    status: int
    body: Any = None  # sent as JSON
    headers: Mapping[str, str] = {}


Reply = Callable[[str, str, Mapping[str, str], Any], Answer]
"""(method, path, headers in lower case, the body's JSON) -> answer"""


class HttpsDevice:
    """Use as a context manager; ``fault`` may be set at any time."""

    def __init__(self, reply: Reply, port: int = 0, fault: Fault | None = None) -> None:
        self.fault = fault
        self._reply = reply
        self._release = threading.Event()
        context, self.certificate = own_certificate()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> HttpsDevice:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._release.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        device = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def _answer(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size)) if size else None
                headers = {name.lower(): value for name, value in self.headers.items()}
                device.send(self, device._reply(self.command, self.path, headers, body))

            def log_message(self, *_: object) -> None:
                """Silent: the bridge says what matters."""

        return Handler

    def send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        content = json.dumps(answer.body).encode()
        if self.fault == "garbage":
            content = b"<html>\xff\xfe not what you asked for</html>"
        if self.fault != "drop":
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            whole = self.fault not in ("half", "slow")
            handler.wfile.write(content if whole else content[: len(content) // 2])
            handler.wfile.flush()
        if self.fault == "slow":
            self._release.wait()
        if self.fault is not None and self.fault != "garbage":
            handler.close_connection = True
