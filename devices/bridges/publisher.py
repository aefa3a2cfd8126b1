"""Publishes what one device says, as Rumskoll's own messages (design 3).

Each device has a connection of its own, so that each has its own last will: if the bridge dies,
the broker says of all of them that nobody watches them any more.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import structlog
from paho.mqtt.client import Client, ConnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from devices.bridges.base import Told

log = structlog.get_logger()

_WAITING: Final = 200  # messages, while the broker is away: the newest say what stands now
_KEEPALIVE_S: Final = 30
_RETRY_S: Final = (1, 60)


@dataclass(frozen=True)
class Broker:
    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None


class Publisher:
    """``topic()`` is where the device is now: ``rumskoll/<site>/<room>/<device>``."""

    def __init__(self, broker: Broker, client_id: str, topic: Callable[[], str]) -> None:
        self._topic = topic
        self._will = f"{topic()}/status"
        self._online = False
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id, protocol=MQTTProtocolVersion.MQTTv311
        )
        self._client.max_queued_messages_set(_WAITING)
        self._client.reconnect_delay_set(*_RETRY_S)
        self._client.will_set(self._will, b"offline", qos=1, retain=True)
        if broker.username:
            self._client.username_pw_set(broker.username, broker.password)
        if broker.tls is not None:
            self._client.tls_set_context(broker.tls)
        self._client.on_connect = self._on_connect
        self._client.connect_async(broker.host, broker.port, _KEEPALIVE_S)
        self._client.loop_start()

    def tell(self, told: Told) -> None:
        """A message for each kind; the device is there."""
        topic = self._topic()
        for kind, fields in told.items():
            self._client.publish(f"{topic}/{kind}", msgspec.json.encode(fields), qos=1)
        self._say(online=True)

    def lost(self) -> None:
        """The device has not been reached for a while."""
        self._say(online=False)

    def close(self) -> None:
        """Nobody watches it from here on."""
        told = self._client.publish(self._will, b"offline", qos=1, retain=True)
        if self._client.is_connected():
            told.wait_for_publish(2.0)
        self._client.disconnect()
        self._client.loop_stop()

    def _say(self, *, online: bool) -> None:
        if online != self._online:
            self._online = online
            self._status()

    def _status(self) -> None:
        word = b"online" if self._online else b"offline"
        self._client.publish(self._will, word, qos=1, retain=True)

    def _on_connect(
        self, _c: Client, _u: Any, _f: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if reason.is_failure:
            log.warning("the broker refuses the bridge", reason=str(reason), topic=self._will)
        else:
            self._status()  # its last will may have spoken meanwhile
