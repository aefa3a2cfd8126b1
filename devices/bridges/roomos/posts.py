"""Takes what RoomOS devices post by themselves (Cisco, "HttpFeedback"), where we cannot reach them.

A device is told: ``xCommand HttpFeedback Register FeedbackSlot: 1 ServerUrl:
http://<bridge>:<port>/<secret>/<device id> Format: JSON Expression[1]: /Status/…``. The posts carry
no password: the secret in the path is all that keeps others out.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import structlog

from devices.bridges.base import BadAnswer, Told
from devices.bridges.roomos.reading import meaning
from devices.bridges.roomos.tree import Tree, lay_over, parse

log = structlog.get_logger()

_MOST: Final = 1_000_000  # bytes of a post
_WITHIN_S: Final = 10.0


class Posts:
    """``hear(device, told)`` says whether it knows the device. Raises ``OSError`` when the port
    cannot be had."""

    def __init__(self, port: int, secret: str, hear: Callable[[str, Told], bool]) -> None:
        self._secret = secret
        self._hear = hear
        self._states: dict[str, Tree] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("", port), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _take(self, path: str, body: bytes) -> int:
        """HTTP status of a post."""
        secret, _, device = path.strip("/").partition("/")
        if not hmac.compare_digest(secret.encode(), self._secret.encode()):
            return 404
        try:
            news = parse(body)
        except BadAnswer as error:
            log.warning("a post cannot be understood", device=device[:64], reason=str(error))
            return 400
        with self._lock:
            state: Tree = {}
            lay_over(state, self._states.get(device, {}))
            lay_over(state, {name: news[name] for name in news if name != "Identification"})
            if not self._hear(device, meaning(state)):
                return 404
            self._states[device] = state
        return 200

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        posts = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _WITHIN_S

            def do_POST(self) -> None:
                size = self.headers.get("Content-Length", "")
                if not size.isdecimal() or int(size) > _MOST:
                    self._end(413)
                    return
                body = self.rfile.read(int(size))
                self._end(posts._take(self.path, body) if len(body) == int(size) else 400)

            def _end(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """The path holds the secret: nothing of it is logged."""

        return Handler
