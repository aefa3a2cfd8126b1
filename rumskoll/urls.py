"""Addresses in settings: their accepted forms, and the parts of a broker's."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Final, NamedTuple, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

EMAIL_PATTERN: Final = r"^[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+$"


class MqttAddress(NamedTuple):
    """Where the broker listens."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> Self:
        """Of a URL that ``checked_mqtt`` has accepted."""
        parts = urlsplit(url)
        tls = parts.scheme == "mqtts"
        return cls(parts.hostname or "", parts.port or (8883 if tls else 1883), tls)


def _parts(url: str, schemes: set[str], error: str) -> SplitResult:
    """Split a URL with a host; raises the custom error ``error``."""
    try:
        parts = urlsplit(url)
        port = parts.port  # raises ValueError when out of range
    except ValueError:
        raise PydanticCustomError(error, "not a usable URL") from None
    usable = parts.scheme in schemes and parts.hostname and port != 0
    if not usable or any(c.isspace() for c in url):
        raise PydanticCustomError(error, "not a usable URL")
    if parts.username is not None or parts.password is not None:
        raise PydanticCustomError("url_with_password", "credentials in a URL")
    return parts


def checked_mqtt(url: str) -> str:
    parts = _parts(url, {"mqtt", "mqtts"}, "mqtt_url")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise PydanticCustomError("mqtt_url", "not a broker's URL")
    return url


def checked_store(url: str) -> str:
    file = url.startswith("sqlite:") and url != "sqlite:" and not url.startswith("sqlite://")
    if url and not file:
        _parts(url, {"http", "https"}, "store_url")
    return url


def checked_web(url: str) -> str:
    if url:
        _parts(url, {"http", "https"}, "web_url")
    return url.rstrip("/")


def checked_secret_web(url: SecretStr) -> SecretStr:
    checked_web(url.get_secret_value())
    return url


def checked_sender(sender: str) -> str:
    """An e-mail address, with or without a name before it."""
    if sender and not re.fullmatch(EMAIL_PATTERN, parseaddr(sender)[1]):
        raise PydanticCustomError("sender", "not a sender")
    return sender


def checked_email(address: str) -> str:
    """One address, without a name."""
    if address and not re.fullmatch(EMAIL_PATTERN, address):
        raise PydanticCustomError("plain_email", "not an e-mail address")
    return address


def checked_prefix(topic: str) -> str:
    """The first levels of an MQTT topic."""
    if not all(topic.split("/")) or any(c in "+#$" or not c.isprintable() for c in topic):
        raise PydanticCustomError("topic_prefix", "not the beginning of a topic")
    return topic
