"""Rules between settings: secrets that are none, doors left open, halves of a pair."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from rooms.registry.mistakes import Mistake
from rumskoll.setting_errors import variable, wrong_setting

if TYPE_CHECKING:
    from rumskoll.settings import Settings

SHORTEST_SECRET: Final = 32
_FEWEST_CHARACTERS = 10  # different ones: "changemechangeme…" is no secret
_PAIRS: Final = (
    ("mqtt_password", "mqtt_username"),
    ("mqtt_cert", "mqtt_key"),
    ("mqtt_key", "mqtt_cert"),
    ("influx_user", "influx_token"),
    ("smtp_password", "smtp_username"),
    ("smtp_username", "smtp_password"),
    ("smtp_host", "smtp_from"),
)


def broken_rules(settings: Settings) -> list[Mistake]:
    """What makes the settings unfit to run with."""
    return [*_secret(settings), *_demo(settings), *_pairs(settings), *_tls(settings)]


def is_secret(value: str) -> bool:
    return len(value) >= SHORTEST_SECRET and len(set(value)) >= _FEWEST_CHARACTERS


def is_loopback(host: str) -> bool:
    """Can only this computer reach a service on ``host``?"""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _secret(settings: Settings) -> Iterator[Mistake]:
    given = settings.signing_secret.get_secret_value()
    if is_secret(given) or (settings.demo and not given):
        return
    key = "secret_weak" if given else "secret_missing"
    yield wrong_setting("signing_secret", key, shortest=SHORTEST_SECRET)


def _demo(settings: Settings) -> Iterator[Mistake]:
    """Demo mode lets everybody in: beyond this computer only on purpose, with an own secret."""
    keyed = is_secret(settings.signing_secret.get_secret_value())
    if settings.demo and not keyed and not is_loopback(settings.host):
        yield wrong_setting("host", "demo_open", value=settings.host)


def _pairs(settings: Settings) -> Iterator[Mistake]:
    for name, needed in _PAIRS:
        if _set(settings, name) and not _set(settings, needed):
            yield wrong_setting(needed, "needed_by", other=variable(name))


def _set(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


def _tls(settings: Settings) -> Iterator[Mistake]:
    for name in ("mqtt_ca", "mqtt_cert"):
        if _set(settings, name) and not settings.mqtt.tls:
            yield wrong_setting("mqtt_url", "needs_mqtts", other=variable(name))
