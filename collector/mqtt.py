"""The MQTT session: manual acknowledgement, persistent session, own loop (design 4).

paho-mqtt speaks the protocol; this class decides when to read, when to commit
and when to acknowledge:

- commit when the socket is idle or 500 messages wait, never on a timer;
- acknowledge in order of arrival, after the commit, on the same connection only;
- nothing that a callback raises can end the loop.
"""

from __future__ import annotations

import os
import selectors
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from collector.buffered_socket import BufferedSocket, install
from collector.incoming import Busy, Incoming, Sink

log = structlog.get_logger()

BATCH = 500
HELD = 5000  # stop reading when so many wait for room; the broker keeps the rest
BUSY_RETRY_S = 1.0
# A broker sends the next of a backlog one round trip after our acknowledgements.
BACKLOG_IDLE_S = 0.1
SESSION_EXPIRY_S = 7 * 86400


@dataclass(frozen=True, slots=True)
class Broker:
    """Where and how to connect."""

    host: str
    port: int
    client_id: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = None
    v5: bool = False
    keepalive: int = 60


@dataclass(slots=True)
class Link:
    """How the connection is doing, for status pages and faults."""

    connected: bool = False
    error: str | None = None
    connections: int = 0
    received: int = 0
    errors: int = 0
    busy: str | None = None
    turn: float = 0.0  # monotonic time of the loop's last turn: a watchdog looks at it


class Session:
    """One subscriber; ``run`` returns after ``stop``."""

    def __init__(
        self,
        broker: Broker,
        subscriptions: Callable[[], tuple[str, ...]],
        sink: Sink,
        *,
        clock: Callable[[], int],
        on_connect: Callable[[], None] = lambda: None,
        backoff: tuple[float, float] = (0.5, 30.0),
    ) -> None:
        self.link = Link()
        self._broker = broker
        self._subscriptions = subscriptions
        self._sink = sink
        self._clock = clock
        self._on_connected = on_connect
        self._backoff = backoff
        self._waiting: list[Incoming] = []
        self._unacknowledged: list[Incoming] = []  # in the sink's hands, not yet durable
        self._retry_at = 0.0
        self._connection = 0
        self._backlog = False
        self._stopping = False
        self._resubscribe = False
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._selector = selectors.DefaultSelector()
        self._client = self._create_client()

    # ---- what others call

    def run(self) -> None:
        """Serve until ``stop``. Nothing that goes wrong inside ends it."""
        self._selector.register(self._wake_read, selectors.EVENT_READ)
        delay = self._backoff[0]
        while not self._stopping:
            connections = self.link.connections
            try:
                self._connect()
                self._serve()
                self._last_words()
            except Exception as error:  # noqa: BLE001 - the loop must outlive any surprise
                self.link.errors += 1
                self.link.error = _plain(error)
                log.warning("mqtt connection failed", broker=self._name, error=self.link.error)
            finally:
                self._drop()
            if self.link.connections > connections:
                delay = self._backoff[0]
            self._pause(delay)
            delay = min(delay * 2, self._backoff[1])

    def stop(self) -> None:
        """From any thread or signal handler."""
        self._stopping = True
        self._wake()

    def subscribe_again(self) -> None:
        """The registry changed: subscribe to what it names now."""
        self._resubscribe = True
        self._wake()

    # ---- connection

    @property
    def _name(self) -> str:
        return f"{self._broker.host}:{self._broker.port}"

    def _create_client(self) -> Client:
        v5 = self._broker.v5
        client = Client(
            CallbackAPIVersion.VERSION2,
            self._broker.client_id,
            clean_session=None if v5 else False,
            protocol=MQTTProtocolVersion.MQTTv5 if v5 else MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        if self._broker.username is not None:
            client.username_pw_set(self._broker.username, self._broker.password)
        if self._broker.tls is not None:
            client.tls_set_context(self._broker.tls)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        install(client)
        return client

    def _connect(self) -> None:
        extra: dict[str, Any] = {}
        if self._broker.v5:
            keep = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            keep.SessionExpiryInterval = SESSION_EXPIRY_S
            extra = {"clean_start": False, "properties": keep}
        self._client.connect(self._broker.host, self._broker.port, self._broker.keepalive, **extra)

    def _on_connect(
        self, _c: Client, _u: Any, flags: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if reason.is_failure:
            self.link.error = f"refused: {reason}"
            return
        self._connection += 1
        self._backlog = flags.session_present
        self.link.connected, self.link.error = True, None
        self.link.connections += 1
        self._sink.connected(resumed=flags.session_present)
        self._on_connected()
        self._subscribe()
        log.info("mqtt connected", broker=self._name, resumed=flags.session_present)

    def _subscribe(self) -> None:
        topics = self._subscriptions()
        if topics:
            self._client.subscribe([(topic, 1) for topic in topics])

    def _on_disconnect(
        self, _c: Client, _u: Any, _f: DisconnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if self.link.connected and not self._stopping:
            self.link.error = f"connection lost: {reason}"
        self.link.connected = False

    def _drop(self) -> None:
        """Close; acknowledgements of this connection are void from here on."""
        self.link.connected = False
        self._connection += 1
        sock = self._client.socket()
        if sock is not None:
            self._forget(sock)
            self._client._sock_close()  # there is no public way that sends no DISCONNECT

    def _pause(self, seconds: float) -> None:
        """Wait for the next attempt; still try to get rid of what is in hand."""
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            self.link.turn = time.monotonic()
            self._take()
            self._drain_wake(self._selector.select(min(left, BUSY_RETRY_S)))

    # ---- the loop

    def _serve(self) -> None:
        sock = self._client.socket()
        assert isinstance(sock, BufferedSocket)
        self._selector.register(sock.raw, selectors.EVENT_READ)
        while not self._stopping:
            self.link.turn = time.monotonic()
            if self._client.socket() is not sock:
                return  # paho closed it
            readable = self._poll(sock)
            if readable and self._read(sock) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                return
            if not readable and not self._waiting and not self._unacknowledged:
                self._backlog = False  # nothing came although all is acknowledged
            if not readable or len(self._waiting) >= BATCH:
                self._take()
            if self._resubscribe and self.link.connected:
                self._resubscribe = False
                self._subscribe()
            if self._client.want_write():  # what callbacks queued
                self._client.loop_write()
            sock.flush()
            if self._client.loop_misc() is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                return

    def _poll(self, sock: BufferedSocket) -> bool:
        """Is there something to read? Waits only when nothing waits for a commit."""
        full = len(self._unacknowledged) >= HELD
        events = selectors.EVENT_WRITE if sock.wants_write else 0
        if not full:
            events |= selectors.EVENT_READ
        if full or sock.wants_write:
            self._modify(sock, events)
        if self._waiting or (sock.pending() and not full):
            timeout = 0.0
        else:
            timeout = BACKLOG_IDLE_S if self._backlog else BUSY_RETRY_S
        ready = self._selector.select(timeout)
        self._drain_wake(ready)
        readable = any(
            key.fileobj is sock.raw and mask & selectors.EVENT_READ for key, mask in ready
        )
        if full or sock.wants_write:
            self._modify(sock, selectors.EVENT_READ)
        return not full and (readable or bool(sock.pending()))

    def _modify(self, sock: BufferedSocket, events: int) -> None:
        self._forget(sock)
        if events:
            self._selector.register(sock.raw, events)

    def _forget(self, sock: Any) -> None:
        with suppress(KeyError, ValueError):  # it was not being watched
            self._selector.unregister(getattr(sock, "raw", sock))

    def _read(self, sock: BufferedSocket) -> MQTTErrorCode:
        """Handle all packets that one read brought, up to a full batch."""
        client = self._client
        while True:
            code = client.loop_read()
            if code is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                return code
            if not sock.pending() or len(self._waiting) >= BATCH:
                return code

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        try:
            topic, bad = message.topic, False
        except UnicodeDecodeError:
            topic, bad = message._topic.decode("utf-8", "backslashreplace"), True
        self._waiting.append(
            Incoming(
                self._connection,
                message.mid,
                topic,
                bytes(message.payload),
                self._clock(),
                message.qos,
                message.dup,
                message.retain,
                self._backlog,
                bad,
            )
        )

    # ---- keep, then acknowledge

    def _take(self) -> None:
        """Make what waits durable, then acknowledge it."""
        if self._unacknowledged or self.link.busy:
            if time.monotonic() < self._retry_at or not self._try(self._sink.retry):
                return
            self._acknowledge()
        if not self._waiting:
            self._try(self._sink.idle)
        else:
            batch, self._waiting = self._waiting, []
            self.link.received += len(batch)
            self._unacknowledged = batch
            if self._try(lambda: self._sink.take(batch)):
                self._acknowledge()

    def _try(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except Busy as busy:
            if self.link.busy is None:
                log.error("cannot keep messages; the broker holds them", reason=str(busy))
            self.link.busy = str(busy)
            self._retry_at = time.monotonic() + BUSY_RETRY_S
            return False
        self.link.busy = None
        return True

    def _acknowledge(self) -> None:
        done, self._unacknowledged = self._unacknowledged, []
        for message in done:
            # an older connection's mid may name another message by now
            if message.connection == self._connection and message.qos == 1:
                self._client.ack(message.mid, 1)

    def _last_words(self) -> None:
        """Before a wanted stop: keep and acknowledge what has been read, then say goodbye."""
        if not self._stopping:
            return
        self._take()
        self._client.disconnect()
        sock = self._client.socket()
        if isinstance(sock, BufferedSocket):
            sock.flush()

    # ---- waking

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # it is awake already
            os.write(self._wake_write, b"x")

    def _drain_wake(self, ready: list[tuple[selectors.SelectorKey, int]]) -> None:
        if any(key.fileobj == self._wake_read for key, _ in ready):
            os.read(self._wake_read, 1024)


def _plain(error: Exception) -> str:
    """One line that says what happened."""
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    return f"{type(error).__name__}: {error}"
