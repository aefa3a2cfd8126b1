"""A wire between a client and a broker that can be cut, or go deaf in one direction."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.servers.packets import PUBACK, Packets


class Wire:
    """Forwards its ``port`` to a broker's. ``acks`` are the mids that the client has
    acknowledged, in order, whether the broker got to see that or not."""

    def __init__(self, broker: int) -> None:
        self.acks: list[int] = []
        self._broker = broker
        self._deaf = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()

    def deafen(self) -> None:
        """From now on nothing that the client says reaches the broker, until ``cut``."""
        self._deaf = True

    def cut(self) -> None:
        """Both ends see the connection break; the next one works again."""
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()
        self._deaf = False

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            try:
                broker = socket.create_connection(("127.0.0.1", self._broker), 5)
            except OSError:
                client.close()
                continue
            broker.settimeout(None)
            self._pairs.append((client, broker))
            packets = Packets()

            def hear(data: bytes, packets: Packets = packets) -> bool:
                self.acks += [
                    int.from_bytes(body[:2]) for kind, body in packets.feed(data) if kind == PUBACK
                ]
                return not self._deaf

            self._pump(client, broker, hear)
            self._pump(broker, client, lambda _: True)

    @staticmethod
    def _pump(
        source: socket.socket, target: socket.socket, passes: Callable[[bytes], bool]
    ) -> None:
        def pump() -> None:
            with source, suppress(OSError):
                while data := source.recv(65_536):
                    if passes(data):
                        target.sendall(data)
                target.shutdown(socket.SHUT_RDWR)

        threading.Thread(target=pump, daemon=True).start()
