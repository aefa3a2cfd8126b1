"""A broker, how the connection to it is doing, and what is said when it fails."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from rooms.texts import text

_SESSION_EXPIRY_S: Final = 7 * 86_400
_EXPIRED: Final = 10  # X509_V_ERR_CERT_HAS_EXPIRED in OpenSSL's x509_vfy.h
# MQTT 5 numbers, to which paho translates those of 3.1.1
_REFUSALS: Final = {
    0x84: "broker_version",
    0x86: "broker_login",
    0x87: "broker_rights",
    0x88: "broker_unavailable",
    0x8A: "broker_rights",
}
# the first that fits
_CONNECT_ERRORS: Final[Sequence[tuple[type[OSError], str]]] = (
    (ssl.SSLCertVerificationError, "broker_certificate"),
    (ssl.SSLError, "broker_tls"),
    (ConnectionResetError, "broker_tls"),  # by a server that expected no handshake
    (socket.gaierror, "broker_unknown_host"),
    (ConnectionRefusedError, "broker_nobody"),
    (TimeoutError, "broker_timeout"),
    (OSError, "broker_unreachable"),
)


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

    def line(self, key: str, **values: object) -> str:
        """What went wrong with this broker, and what to do about it."""
        user = self.username or "–"
        return text("en", f"doctor.{key}", host=self.host, port=self.port, user=user, **values)


@dataclass(slots=True)
class Link:
    """How the connection is doing, for status pages and faults."""

    connected: bool = False
    error: str | None = None
    refused: str | None = None  # connected, but not allowed to subscribe
    connections: int = 0
    received: int = 0
    errors: int = 0
    busy: str | None = None
    turn: float = 0.0  # monotonic time of the loop's last turn: a watchdog looks at it


def create_client(broker: Broker, *, lasting: bool = True) -> Client:
    """A client with a persistent session that acknowledges nothing by itself, or a plain one."""
    client = Client(
        CallbackAPIVersion.VERSION2,
        broker.client_id,
        clean_session=None if broker.v5 else not lasting,
        protocol=MQTTProtocolVersion.MQTTv5 if broker.v5 else MQTTProtocolVersion.MQTTv311,
        manual_ack=lasting,
        reconnect_on_failure=False,
    )
    if broker.username is not None:
        client.username_pw_set(broker.username, broker.password)
    if broker.tls is not None:
        client.tls_set_context(broker.tls)
    return client


def connect(client: Client, broker: Broker, *, lasting: bool = True) -> None:
    """Open a connection and say hello; as the client was made. Raises ``OSError``."""
    extra: dict[str, Any] = {}
    if broker.v5 and not lasting:
        extra = {"clean_start": True}
    elif broker.v5:
        keep = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        keep.SessionExpiryInterval = _SESSION_EXPIRY_S
        extra = {"clean_start": False, "properties": keep}
    client.connect(broker.host, broker.port, broker.keepalive, **extra)


def refusal(reason: ReasonCode) -> str:
    """The key of the text that says why the broker did not let us in."""
    return _REFUSALS.get(reason.value, "broker_refused")


def connect_error(error: OSError) -> tuple[str, str]:
    """The key of the text that says why no connection came about, and its detail."""
    detail = getattr(error, "verify_message", "") or error.strerror or str(error)
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code == _EXPIRED:
        return "broker_expired", detail
    return next(key for kind, key in _CONNECT_ERRORS if isinstance(error, kind)), detail
