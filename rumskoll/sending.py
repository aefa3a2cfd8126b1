"""Sends messages to the broker one after another, under a name of its own."""

from __future__ import annotations

import time
from typing import Any, Final, Self

from paho.mqtt.client import Client, ConnectFlags
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from collector.link import Broker, connect, connect_error, create_client, refusal
from rooms.texts import Language
from rumskoll.cannot_run import CannotRun
from rumskoll.listening import ANSWER_S, TURN_S, why
from rumskoll.recording import Recorded

_WINDOW: Final = 500  # messages on their way
_TURNS: Final = 50  # messages between two looks at what the broker says


class Sender:
    """Use with ``with``: at its end all that was sent has been taken by the broker.

    Raises ``CannotRun`` when the broker refuses us, a message (which it tells with MQTT 5
    only), or goes away.
    """

    def __init__(self, broker: Broker, language: Language) -> None:
        self._broker = broker
        self._language = language
        self._client = create_client(broker, lasting=False)
        self._client.max_inflight_messages_set(_WINDOW + 1)
        self._client.on_connect = self._on_connect
        self._client.on_publish = self._on_publish
        self._up = False
        self._waiting = 0
        self._since_turn = 0
        self._refused: str | None = None

    def __enter__(self) -> Self:
        try:
            connect(self._client, self._broker, lasting=False)
        except OSError as error:
            key, detail = connect_error(error)
            raise self._cannot(key, detail=detail) from None
        until = time.monotonic() + ANSWER_S
        while not self._up and time.monotonic() < until:
            self._turn(TURN_S)
        if not self._up:
            raise self._cannot("broker_no_answer")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                while self._waiting:
                    self._turn(TURN_S)
        finally:
            self._client.disconnect()

    def send(self, message: Recorded) -> None:
        while self._waiting >= _WINDOW:
            self._turn(TURN_S)
        self._waiting += 1
        self._client.publish(message.topic, message.payload, message.qos, message.retain)
        self._since_turn += 1
        if self._since_turn >= _TURNS:
            self._turn(0)

    def wait(self, seconds: float) -> None:
        """Let time pass while the connection is kept."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._turn(min(left, TURN_S))

    def _turn(self, seconds: float) -> None:
        self._since_turn = 0
        code = self._client.loop(seconds)
        if self._refused is not None:
            raise CannotRun(self._refused)
        if code is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise self._cannot("broker_lost", detail=code.name)

    def _cannot(self, key: str, **values: object) -> CannotRun:
        return CannotRun(why(self._broker, key, self._language, **values))

    def _on_connect(
        self, _c: Client, _u: Any, _f: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        self._up = not reason.is_failure
        if reason.is_failure:
            self._refused = why(self._broker, refusal(reason), self._language, detail=reason)

    def _on_publish(self, _c: Client, _u: Any, _mid: int, reason: ReasonCode, _p: Any) -> None:
        self._waiting -= 1
        if reason.is_failure:
            self._refused = why(
                self._broker, "broker_no_publish", self._language, topic="–", detail=reason
            )
