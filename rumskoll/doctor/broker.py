"""Does the broker let us in, take a message and give it back?"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any, Final

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from collector.link import connect_error, refusal
from rumskoll.broker.tls_files import SOON_DAYS
from rumskoll.doctor.check import Check, State, said
from rumskoll.settings import Settings

_DAY: Final = 86_400
_TIMEOUT: Final = 5.0  # seconds for each step
_VERSION_S: Final = 1.0  # Mosquitto tells at once; others never
_VERSION_TOPIC: Final = "$SYS/broker/version"
_NEEDED: Final = (2, 0, 22)  # older ones do not hold to their own queue limits


def check_broker(settings: Settings, timeout: float = _TIMEOUT) -> Iterator[Check]:
    """One line for the broker; one if its certificate ends soon, and one if it is too old."""
    probe = _Probe(settings, timeout)
    try:
        key = probe.run()
    finally:
        probe.client.disconnect()
    address = settings.mqtt
    state: State = "ok" if key == "broker_ok" else "fail"
    values = {
        "host": address.host,
        "port": address.port,
        "topic": "rumskoll-doctor/#",
        "user": settings.mqtt_username or "–",
        "detail": probe.detail,
    }
    yield said("broker", state, key, **values)
    left = None if probe.expires is None else probe.expires - time.time()
    if left is not None and left < SOON_DAYS * _DAY:
        until = time.strftime("%Y-%m-%d", time.gmtime(probe.expires))
        yield said("broker", "warn", "broker_expires", **values, until=until, days=int(left / _DAY))
    version = re.search(r"mosquitto version (\d+)\.(\d+)\.(\d+)", probe.version)
    if version and tuple(map(int, version.groups())) < _NEEDED:
        yield said("broker", "warn", "broker_old", version=".".join(version.groups()))


class _Probe:
    """One connection of its own name, so that it disturbs no session."""

    def __init__(self, settings: Settings, timeout: float) -> None:
        self.settings = settings
        self.timeout = timeout
        self.token = token_hex(8)
        self.topic = f"rumskoll-doctor/{self.token}"
        self.detail = ""
        self.version = ""
        self.expires: float | None = None  # seconds since 1970: the end of the certificate
        self.connack: ReasonCode | None = None
        self.suback: list[ReasonCode] = []
        self.published = self.came_back = False
        v5 = settings.mqtt_version == "5"
        self.client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"rumskoll-doctor-{self.token}",
            protocol=MQTTProtocolVersion.MQTTv5 if v5 else MQTTProtocolVersion.MQTTv311,
        )
        self.client.connect_timeout = timeout
        self.client.on_connect = self._on_connect
        self.client.on_subscribe = self._on_subscribe
        self.client.on_publish = self._on_publish
        self.client.on_message = self._on_message

    def run(self) -> str:
        """The key of the text that says how it went."""
        failed = self._connect()
        if failed:
            return failed
        if not self._wait(lambda: self.connack is not None):
            return "broker_no_answer"
        if self.connack is not None and self.connack.is_failure:
            self.detail = str(self.connack)
            return refusal(self.connack)
        return self._round_trip()

    def _round_trip(self) -> str:
        """A message to ourselves."""
        self.client.subscribe(self.topic, 1)
        if not self._wait(lambda: bool(self.suback)) or self.suback[0].is_failure:
            return "broker_no_subscribe"
        self.client.publish(self.topic, self.token, qos=1)
        if not self._wait(lambda: self.published):
            return "broker_no_publish"
        if not self._wait(lambda: self.came_back):
            return "broker_no_canary"
        # by itself and last: some brokers hang up on a topic that they do not have
        self.client.subscribe(_VERSION_TOPIC, 0)
        self._wait(lambda: bool(self.version), most=_VERSION_S)
        return "broker_ok"

    def _connect(self) -> str | None:
        """``None`` if there is a connection, else the key of what went wrong."""
        settings, address = self.settings, self.settings.mqtt
        try:
            if address.tls:
                self.client.tls_set_context(_tls(settings))
        except OSError as error:
            self.detail = str(error)
            return "broker_tls_files"
        if settings.mqtt_username:
            password = settings.mqtt_password.get_secret_value()
            self.client.username_pw_set(settings.mqtt_username, password or None)
        try:
            self.client.connect(address.host, address.port, settings.mqtt_keepalive)
        except OSError as error:
            key, self.detail = connect_error(error)
            return key
        link = self.client.socket()
        if isinstance(link, ssl.SSLSocket):
            self.expires = ssl.cert_time_to_seconds(str((link.getpeercert() or {})["notAfter"]))
        return None

    def _wait(self, done: Callable[[], bool], most: float | None = None) -> bool:
        until = time.monotonic() + (most or self.timeout)
        while not done() and time.monotonic() < until:
            if self.client.loop(0.1) != MQTTErrorCode.MQTT_ERR_SUCCESS:
                break
        return done()

    def _on_connect(self, _c: Client, _u: Any, _f: Any, reason: ReasonCode, _p: Any) -> None:
        self.connack = reason

    def _on_subscribe(
        self, _c: Client, _u: Any, _mid: int, reasons: list[ReasonCode], _p: Any
    ) -> None:
        self.suback = reasons

    def _on_publish(self, _c: Client, _u: Any, _mid: int, reason: ReasonCode, _p: Any) -> None:
        self.published = not reason.is_failure

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        if message.topic == self.topic:
            self.came_back = message.payload == self.token.encode()
        elif message.topic == _VERSION_TOPIC:
            self.version = message.payload.decode("utf-8", "replace")


def _tls(settings: Settings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.mqtt_ca)
    if settings.mqtt_cert:
        context.load_cert_chain(settings.mqtt_cert, settings.mqtt_key)
    return context
