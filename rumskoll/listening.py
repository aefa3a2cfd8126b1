"""Listens on the broker beside the service: under a name of its own, with nothing kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any, Final

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from collector.incoming import Incoming
from collector.link import Broker, connect, connect_error, create_client, refusal
from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun

TURN_S: Final = 0.1
ANSWER_S: Final = 10.0  # a broker says at once whether it lets us in
PAUSE_S: Final = 2.0  # before the next attempt, once there was a connection

Take = Callable[[Incoming], None]


def beside(broker: Broker, part: str) -> Broker:
    """The same broker under a name that is nobody else's, so that no session is disturbed."""
    return replace(broker, client_id=f"rumskoll-{part}-{token_hex(4)}")


def why(broker: Broker, key: str, language: Language, **values: object) -> str:
    user = broker.username or "–"
    return text(language, f"doctor.{key}", host=broker.host, port=broker.port, user=user, **values)


class Listener:
    """``take`` is called with each message, ``trouble`` with a line when the connection is lost
    and when it is back. A broker that does not let us in from the start: ``CannotRun``."""

    def __init__(
        self,
        broker: Broker,
        topics: Sequence[str],
        take: Take,
        *,
        clock: Callable[[], int],
        language: Language,
        trouble: Callable[[str], None],
    ) -> None:
        self._broker = broker
        self._topics = [(topic, 1) for topic in topics]
        self._take = take
        self._clock = clock
        self._language = language
        self._trouble = trouble
        self._client = create_client(broker, lasting=False)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message
        self._refused: str | None = None
        self._ready = False
        self._ever = False

    def run(self, going_on: Callable[[], bool]) -> None:
        """Until ``going_on`` says no, which is asked some times a second. Raises ``CannotRun``."""
        try:
            while going_on():
                self._ready = False
                self._attempt(going_on)
                if going_on():
                    self._pause(going_on)
        finally:
            self._client.disconnect()

    def _attempt(self, going_on: Callable[[], bool]) -> None:
        """One connection, to its end."""
        try:
            connect(self._client, self._broker, lasting=False)
        except OSError as error:
            key, detail = connect_error(error)
            self._failed(why(self._broker, key, self._language, detail=detail))
            return
        late = time.monotonic() + ANSWER_S
        while going_on():
            code = self._client.loop(TURN_S)
            if self._refused is not None:
                raise CannotRun(self._refused)
            if code is not MQTTErrorCode.MQTT_ERR_SUCCESS or (
                not self._ready and time.monotonic() > late
            ):
                key = "broker_lost" if self._ready else "broker_no_answer"
                self._failed(why(self._broker, key, self._language, detail=code.name))
                return

    def _failed(self, line: str) -> None:
        if not self._ever:
            raise CannotRun(line)
        if self._ready:
            self._trouble(line)

    def _pause(self, going_on: Callable[[], bool]) -> None:
        until = time.monotonic() + PAUSE_S
        while going_on() and time.monotonic() < until:
            time.sleep(TURN_S)

    def _on_connect(
        self, _c: Client, _u: Any, _f: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if reason.is_failure:
            self._refused = why(self._broker, refusal(reason), self._language, detail=reason)
        else:
            self._client.subscribe(self._topics)

    def _on_subscribe(
        self, _c: Client, _u: Any, _mid: int, reasons: list[ReasonCode], _p: Any
    ) -> None:
        told = zip(self._topics, reasons, strict=False)
        refused = [topic for (topic, _), reason in told if reason.is_failure]
        if refused:
            topics = ", ".join(refused)
            self._refused = why(self._broker, "broker_no_subscribe", self._language, topic=topics)
            return
        if self._ever:
            self._trouble(text(self._language, "listen.again"))
        self._ready = self._ever = True

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        try:
            topic, bad = message.topic, False
        except UnicodeDecodeError:
            topic, bad = message._topic.decode("utf-8", "backslashreplace"), True
        payload, at = bytes(message.payload), self._clock()
        flags = message.qos, message.dup, message.retain
        self._take(Incoming(0, message.mid, topic, payload, at, *flags, False, bad))
