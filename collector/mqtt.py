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
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from collector.buffered_socket import BufferedSocket, install
from collector.custody import RETRY_S, Custody
from collector.incoming import Incoming, Sink
from collector.link import Broker, Link, connect, connect_error, create_client, refusal

log = structlog.get_logger()

# A broker sends the next of a backlog one round trip after our acknowledgements.
BACKLOG_IDLE_S = 0.1


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
        self._custody = Custody(sink, self.link, self._acknowledge)
        self._clock = clock
        self._on_connected = on_connect
        self._backoff = backoff
        self._connection = 0
        self._answered = False  # did the broker answer this attempt?
        self._backlog = False
        self._stopping = False
        self._resubscribe = False
        self._subscribed: tuple[str, ...] = ()
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
                self._attempt()
            except Exception as error:  # noqa: BLE001 - the loop must outlive any surprise
                self._surprised(error)
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

    def _attempt(self) -> None:
        self._answered = False
        try:
            connect(self._client, self._broker)
            self._serve()
            self._last_words()
        except OSError as error:
            key, detail = connect_error(error)
            self._tell(self._broker.line("broker_lost" if self._answered else key, detail=detail))

    def _create_client(self) -> Client:
        client = create_client(self._broker)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        install(client)
        return client

    def _on_connect(
        self, _c: Client, _u: Any, flags: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        self._answered = True
        if reason.is_failure:
            self._tell(self._broker.line(refusal(reason), detail=reason))
            return
        self._connection += 1
        self._backlog = flags.session_present
        self.link.connected, self.link.error = True, None
        self.link.connections += 1
        log.info("broker connected", broker=self._broker.host, resumed=flags.session_present)
        self._custody.connected(self._connection, resumed=flags.session_present)
        self._on_connected()
        self._subscribe()

    def _subscribe(self) -> None:
        topics = self._subscriptions()
        gone = [topic for topic in self._subscribed if topic not in topics]
        if gone:
            self._client.unsubscribe(gone)
        if topics:
            self._client.subscribe([(topic, 1) for topic in topics])
        self._subscribed = topics

    def _on_subscribe(
        self, _c: Client, _u: Any, _mid: int, reasons: list[ReasonCode], _p: Any
    ) -> None:
        told = zip(self._subscribed, reasons, strict=False)
        refused = [topic for topic, reason in told if reason.is_failure]
        self.link.refused = None
        if refused:
            line = self._broker.line("broker_no_subscribe", topic=", ".join(refused))
            self._tell(line)
            self.link.refused = line

    def _on_disconnect(
        self, _c: Client, _u: Any, _f: DisconnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if self.link.connected and not self._stopping:
            self._tell(self._broker.line("broker_lost", detail=reason))
        elif not self._answered:
            self._tell(self._broker.line("broker_no_answer"))
        self.link.connected = False

    def _surprised(self, error: Exception) -> None:
        """A mistake of ours; with its traceback, so that it can be found."""
        line = f"{type(error).__name__}: {error}"
        if line != self.link.error:
            log.error("the session starts again after a mistake", exc_info=error)
        self.link.error = line
        self.link.errors += 1

    def _tell(self, line: str) -> None:
        """Once in the log, although every attempt fails in the same way."""
        if line != self.link.error:
            log.error("no contact with the broker", error=line)
        self.link.error = line
        self.link.errors += 1

    def _drop(self) -> None:
        """Close; acknowledgements of this connection are void from here on."""
        self.link.connected = False
        self._connection += 1
        self._client._sock_close()  # there is no public way that sends no DISCONNECT

    def _pause(self, seconds: float) -> None:
        """Wait for the next attempt; still try to get rid of what is in hand."""
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            self.link.turn = time.monotonic()
            try:
                self._custody.work()
            except Exception as error:  # noqa: BLE001 - as in run
                self._surprised(error)
            self._drain_wake(self._selector.select(min(left, RETRY_S)))

    # ---- the loop

    def _serve(self) -> None:
        sock: Any = self._client.socket()
        assert isinstance(sock, BufferedSocket)
        self._watch(sock, selectors.EVENT_READ)
        try:
            while not self._stopping and self._turn(sock):
                self.link.turn = time.monotonic()
        finally:  # the next socket may get the same number, also when paho closed this one
            self._watch(sock, 0)

    def _turn(self, sock: BufferedSocket) -> bool:
        """Read, keep, acknowledge; False when the connection is gone."""
        readable = self._poll(sock)
        if readable and self._read(sock) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            return False
        if not readable and not len(self._custody):
            self._backlog = False  # nothing came although all is acknowledged
        if not readable or self._custody.enough:
            self._custody.work()
        if self._resubscribe and self.link.connected:
            self._resubscribe = False
            self._subscribe()
        if self._client.want_write():  # what callbacks queued
            self._client.loop_write()
        sock.flush()
        alive = self._client.loop_misc() is MQTTErrorCode.MQTT_ERR_SUCCESS
        return alive and self._client.socket() is not None

    def _poll(self, sock: BufferedSocket) -> bool:
        """Is there something to read? Waits only when nothing waits for a commit."""
        full = self._custody.full and self.link.connected
        special = full or sock.wants_write
        if special:
            wanted = 0 if full else selectors.EVENT_READ
            self._watch(sock, wanted | (selectors.EVENT_WRITE if sock.wants_write else 0))
        ready = self._selector.select(self._patience(sock, full=full))
        self._drain_wake(ready)
        if special:
            self._watch(sock, selectors.EVENT_READ)
        readable = any(
            key.fileobj is sock.raw and mask & selectors.EVENT_READ for key, mask in ready
        )
        return not full and (readable or bool(sock.pending()))

    def _patience(self, sock: BufferedSocket, *, full: bool) -> float:
        """How long to wait for the socket, seconds."""
        if sock.pending() and not full:
            return 0.0
        return min(self._custody.rest, BACKLOG_IDLE_S if self._backlog else RETRY_S)

    def _watch(self, sock: BufferedSocket, events: int) -> None:
        with suppress(KeyError, ValueError):  # it was not being watched
            self._selector.unregister(sock.raw)
        if events:
            self._selector.register(sock.raw, events)

    def _read(self, sock: BufferedSocket) -> MQTTErrorCode:
        """Handle all packets that one read brought, up to a full batch."""
        while True:
            code = self._client.loop_read()
            if code is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                return code
            if not sock.pending() or self._custody.enough:
                return code

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        try:
            topic, bad = message.topic, False
        except UnicodeDecodeError:
            topic, bad = message._topic.decode("utf-8", "backslashreplace"), True
        self._custody.add(
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

    def _acknowledge(self, message: Incoming) -> None:
        # an older connection's mid may name another message by now
        if message.connection == self._connection and message.qos == 1:
            self._client.ack(message.mid, 1)

    def _last_words(self) -> None:
        """Before a wanted stop: keep and acknowledge what has been read, then say goodbye."""
        if self._stopping:
            self._custody.work()
            self._client.disconnect()

    # ---- waking

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # it is awake already
            os.write(self._wake_write, b"x")

    def _drain_wake(self, ready: list[tuple[selectors.SelectorKey, int]]) -> None:
        if any(key.fileobj == self._wake_read for key, _ in ready):
            os.read(self._wake_read, 1024)
