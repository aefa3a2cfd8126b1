"""Runs the application under uvicorn until SIGTERM or SIGINT, and ends cleanly."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

GRACE_S = 5


class CannotListen(Exception):
    """The address cannot be used: a person must choose another."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"cannot listen on {host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


class PortTaken(CannotListen):
    """Another program listens there already."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, app: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.tail.close()  # open streams would keep the process alive
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """As uvicorn's own, but the signal is not raised again when all is done: ending
        because we were asked to is no failure."""
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address (port 0: any free one). Raises ``CannotListen``."""
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        kind = PortTaken if error.errno == errno.EADDRINUSE else CannotListen
        raise kind(host, port, error.strerror or str(error)) from error


def serve(app: FastAPI, host: str, port: int, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal ends it; ``ready`` is called when connections are accepted.

    Raises ``PortTaken`` or ``CannotListen``.
    """
    listening = listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=30,
    )
    try:
        _Server(config, app, ready).run(sockets=[listening])
    finally:
        listening.close()
