"""What every request passes: a limit, security headers, a count, and a net under mistakes."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problems import route_of, unexpected

MOST_BYTES: Final = 65_536  # of a request's body: nothing that may be sent comes near

# Referrer-Policy same-origin, not no-referrer: that would blank the Origin header of our own
# forms, by which they are told from another site's (docs/decisions/0006).
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Edge:
    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        received = 0

        async def bounded() -> Message:
            """What is sent to us, up to a limit: it is read before anyone asks who sends it."""
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BYTES:
                raise HTTPException(413)
            return message

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                self._metrics.count(scope["method"], route_of(scope), message["status"])
            await send(message)

        try:
            await self._app(scope, bounded, dressed)
        except Exception as error:
            if started:
                raise  # too late for an answer: the connection is cut
            request = Request(scope, receive)
            await unexpected(request, error)(scope, receive, dressed)
