"""One connection to the broker: QoS 1 with a window, back-off, and a clean or abrupt end.

The socket is driven from the caller's own thread: paho's network thread would
fight with the publisher for every packet.
"""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from paho.mqtt.client import Client, ConnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

_WINDOW = 1000  # messages sent and not yet acknowledged
_READ_EVERY = 100
_KEEPALIVE_S = 30
_CONNECT_S = 10.0
_GOODBYE_S = 3.0
_BACKOFF_S = (0.5, 15.0)


@dataclass(frozen=True)
class Address:
    host: str
    port: int
    username: str | None = None
    password: str | None = None


class Refused(Exception):
    """The broker does not want us: waiting will not help. The message is the broker's reason."""


class Stopped(Exception):
    """The caller's stop event was set while waiting for the broker."""


class Link:
    """``notice(reason)`` is called when the broker cannot be reached, once per outage."""

    def __init__(
        self, address: Address, stop: Event, notice: Callable[[str], object] = lambda _: None
    ) -> None:
        self._address = address
        self._stop = stop
        self._notice = notice
        self._unacked = 0
        self._unread = 0
        self._up = False
        self._refused: str | None = None
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        self._client.max_inflight_messages_set(_WINDOW + 1)
        self._client.connect_timeout = _CONNECT_S
        if address.username is not None:
            self._client.username_pw_set(address.username, address.password)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_publish = self._on_publish

    def send(self, topic: str, payload: bytes, retain: bool = False) -> None:
        """Publish at QoS 1; waits while the window is full or the broker away."""
        while self._unacked >= _WINDOW:
            self.turn(0.5)
        self._ensure()
        self._unacked += 1
        self._client.publish(topic, payload, qos=1, retain=retain)
        self._unread += 1
        if self._unread >= _READ_EVERY:
            self.turn(0)

    def turn(self, timeout: float) -> None:
        """Exchange what is due with the broker, waiting at most ``timeout`` seconds."""
        self._ensure()
        self._unread = 0
        sock = self._client.socket()
        if sock is None:
            return
        outgoing = [sock] if self._client.want_write() else []
        readable, writable, _ = select.select([sock], outgoing, [], timeout)
        if readable:
            self._client.loop_read()
        if writable:
            self._client.loop_write()
        self._client.loop_misc()

    def flush(self) -> None:
        """Return when the broker has acknowledged everything; on a stop, after a moment at most."""
        patience = monotonic() + _GOODBYE_S
        while self._unacked and not (self._stop.is_set() and monotonic() > patience):
            self.turn(0.2)

    def cut(self) -> None:
        """Drop the TCP connection as a cable would: no DISCONNECT, a reset."""
        sock = self._client.socket()
        if isinstance(sock, socket.socket):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.shutdown(socket.SHUT_RD)
        self._client.loop_read()  # paho reads the end and closes; the linger makes that a reset

    def close(self) -> None:
        """Say goodbye; what is not acknowledged by then is not waited for."""
        self._client.disconnect()
        self._up = False

    def _ensure(self) -> None:
        """Be connected, with growing pauses between attempts."""
        pause, told = _BACKOFF_S[0], False
        while not self._up:
            if self._stop.is_set():
                raise Stopped
            try:
                self._connect()
            except OSError as error:
                if not told:
                    self._notice(str(error))
                    told = True
                self._stop.wait(pause)
                pause = min(2 * pause, _BACKOFF_S[1])

    def _connect(self) -> None:
        """One attempt; raises ``OSError`` when nobody answers, ``Refused`` when told off."""
        self._client.connect(self._address.host, self._address.port, keepalive=_KEEPALIVE_S)
        deadline = monotonic() + _CONNECT_S
        while not self._up:
            sock = self._client.socket()
            if self._refused is not None:
                raise Refused(self._refused)
            if sock is None or monotonic() > deadline:
                raise ConnectionError("no answer to CONNECT")
            if select.select([sock], [], [], 0.5)[0]:
                self._client.loop_read()
            if self._client.want_write():
                self._client.loop_write()

    def _on_connect(
        self,
        _client: Client,
        _userdata: Any,
        _flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        self._up = not reason.is_failure
        if reason.is_failure:
            self._refused = str(reason)

    def _on_disconnect(self, *_: Any) -> None:
        self._up = False

    def _on_publish(self, *_: Any) -> None:
        self._unacked -= 1
