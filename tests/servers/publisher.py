"""Publishes at QoS 1 on a bare socket, and knows which messages the broker has taken."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Self

from tests.servers.packets import CONNACK, PUBACK, Packets, connect, publish
from tests.servers.waiting import until

WINDOW = 500


class Message(NamedTuple):
    topic: str | bytes
    payload: bytes
    retain: bool = False


class Publisher:
    """A thread that publishes ``messages`` in order, as far as ``allow`` lets it.

    When the broker goes away it comes back and sends what was not acknowledged again.
    ``accepted`` is the set of numbers (places in ``messages``) that were acknowledged.
    """

    def __init__(
        self,
        port: int,
        messages: Sequence[Message],
        *,
        user: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.accepted: set[int] = set()
        self._port = port
        self._messages = messages
        self._user = user
        self._tls = tls
        self._allowed = 0
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stopped = True
        self._thread.join(10)

    def allow(self, number: int) -> None:
        """Publish the first ``number`` messages, without waiting for it."""
        self._allowed = min(number, len(self._messages))

    def publish(self, number: int | None = None) -> None:
        """Publish the first ``number`` messages, or all; returns when the broker has them."""
        self.allow(len(self._messages) if number is None else number)
        self.wait_for(self._allowed)

    def wait_for(self, accepted: int) -> None:
        until(lambda: len(self.accepted) >= accepted, lambda: f"only {len(self.accepted)} accepted")

    def _run(self) -> None:
        while not self._stopped:
            try:
                with self._connect() as link:
                    self._serve(link)
            except OSError:
                continue  # the broker is away

    def _connect(self) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self._port), 5)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls:
            link = self._tls.wrap_socket(link, server_hostname="127.0.0.1")
        link.sendall(connect(f"publisher-{id(self)}", user=self._user))
        return link

    def _serve(self, link: socket.socket) -> None:
        packets, welcome = Packets(), False
        under_way: dict[int, int] = {}  # mid -> number
        to_send = 0
        link.settimeout(0.01)
        while not self._stopped:
            out = bytearray()
            while welcome and to_send < self._allowed and len(under_way) < WINDOW:
                if to_send not in self.accepted:
                    message, mid = self._messages[to_send], to_send % 65_535 + 1
                    under_way[mid] = to_send
                    out += publish(message.topic, message.payload, mid=mid, retain=message.retain)
                to_send += 1
            if out:
                link.settimeout(10)
                link.sendall(out)
                link.settimeout(0.01)
            try:
                data = link.recv(65_536)
            except TimeoutError:
                continue
            if not data:
                return
            for kind, body in packets.feed(data):
                if kind == CONNACK:
                    assert body[1] == 0, f"the broker refuses the publisher: {body[1]}"
                    welcome = True
                elif kind == PUBACK:
                    self.accepted.add(under_way.pop(int.from_bytes(body[:2])))
