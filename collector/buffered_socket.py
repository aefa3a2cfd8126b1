"""A socket with a 64 kB read buffer and one write per turn of the loop.

paho reads a message in three small ``recv`` calls and writes each PUBACK by
itself; through this buffer that costs two system calls for hundreds of
messages and halves paho's time (design 4). ``install`` is the one seam into
paho's private parts; a test fails when they change.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from typing import Any

from paho.mqtt.client import Client

RECEIVE = 64 * 1024


class BufferedSocket:
    """Wraps a connected plain or TLS socket for paho; non-blocking."""

    def __init__(self, raw: socket.socket) -> None:
        self.raw = raw
        self._in = b""
        self._at = 0
        self._out = bytearray()

    def recv(self, size: int) -> bytes:
        if self._at >= len(self._in):
            self._in = self.raw.recv(RECEIVE)  # raises BlockingIOError or SSLWantReadError
            self._at = 0
        data = self._in[self._at : self._at + size]
        self._at += len(data)
        return data

    def send(self, data: bytes) -> int:
        self._out += data
        return len(data)

    def flush(self) -> None:
        """Send what is waiting, as far as the kernel takes it. Raises ``OSError`` when gone."""
        while self._out:
            try:
                sent = self.raw.send(self._out)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                return
            del self._out[:sent]

    @property
    def wants_write(self) -> bool:
        return bool(self._out)

    def pending(self) -> int:
        """Bytes that no selector knows of: in our buffer, or inside the TLS object."""
        waiting = len(self._in) - self._at
        if not waiting and isinstance(self.raw, ssl.SSLSocket):
            waiting = self.raw.pending()
        return waiting

    def close(self) -> None:
        """Send what is waiting, if that can still be done: paho closes right after DISCONNECT."""
        with suppress(OSError):
            self.flush()
        self.raw.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


def install(client: Client) -> None:
    """Make ``client`` connect through a ``BufferedSocket``."""
    private: Any = client
    create = private._create_socket

    def buffered() -> BufferedSocket:
        raw = create()
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return BufferedSocket(raw)

    private._create_socket = buffered
