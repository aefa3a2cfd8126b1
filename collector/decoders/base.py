"""What all decoders share: the protocol, safe JSON, readings, availability.

A decoder is total: any topic and any bytes give a ``Decoded`` or a ``DecodeError``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, Final, Protocol

import msgspec

from rooms.readings import Decoded, DecodeError, Kind, Partial, Value
from rooms.registry import Registry, Source
from rooms.values import checked

MAX_PAYLOAD: Final = 256 * 1024  # bytes
_MAX_SEQ: Final = 2**53
_BARE: Final = {b"online": True, b"offline": False}

_parse = msgspec.json.Decoder().decode


class Decoder(Protocol):
    """Understands the messages of one source."""

    subscriptions: tuple[str, ...]
    """MQTT topic filters."""

    def decode(self, topic: str, payload: bytes) -> Decoded:
        """Pure; a partial without ``time`` means "at arrival". Raises only ``DecodeError``."""
        ...


Build = Callable[[Source, Registry], Decoder]


def json_value(payload: bytes, address: str) -> Any:
    """The payload as JSON. Raises ``DecodeError`` (``too_large``, ``bad_json``)."""
    if len(payload) > MAX_PAYLOAD:
        raise DecodeError(
            "too_large", f"{len(payload)} bytes, expected at most {MAX_PAYLOAD}", address
        )
    try:
        return _parse(payload)
    except RecursionError:
        raise _too_deep(address) from None
    except ValueError as error:  # broken UTF-8 and msgspec's own errors alike
        raise DecodeError("bad_json", str(error), address) from None


def json_object(payload: bytes, address: str) -> dict[str, Any]:
    """The payload as a JSON object. Also raises ``DecodeError`` ``wrong_type``."""
    value = json_value(payload, address)
    if type(value) is dict:
        return value
    raise DecodeError("wrong_type", "the payload is not a JSON object", address)


def readings(kind: Kind, given: Mapping[str, Any], address: str) -> dict[str, Value]:
    """``rooms.values.checked`` for values from outside: total, and without ``backlog``,
    which only the pipeline sets."""
    try:
        fields = checked(kind, given, address)
    except RecursionError:
        raise _too_deep(address) from None
    fields.pop("backlog", None)
    return fields


def partials(
    given: Mapping[Kind, Mapping[str, Any]], address: str, time: int | None
) -> tuple[Partial, ...]:
    """One partial for each kind that has a known field."""
    checked_fields = [(kind, readings(kind, values, address)) for kind, values in given.items()]
    return tuple(Partial(kind, fields, time) for kind, fields in checked_fields if fields)


def whole(name: str, value: Any, address: str) -> int | None:
    """A message counter. Raises ``DecodeError`` (``wrong_type``, ``out_of_range``)."""
    if value is None:
        return None
    if type(value) is not int and not (type(value) is float and value.is_integer()):
        raise DecodeError("wrong_type", f"{name} is not a whole number", address)
    if not 0 <= value <= _MAX_SEQ:
        raise DecodeError("out_of_range", f"{name} is not within 0 to 2^53", address)
    return int(value)


def message_key(scope: str, seq: int | None, payload: bytes) -> str | None:
    """Equal for copies of one numbered message: scope, number and payload all agree."""
    if seq is None:
        return None
    return f"{scope}:{seq}:{blake2b(payload, digest_size=8).hexdigest()}"


def bare_online(payload: bytes) -> bool | None:
    """``online`` or ``offline`` as bare text in any case; ``None`` for anything else."""
    return _BARE.get(payload.strip().lower()) if len(payload) <= 64 else None


def _too_deep(address: str) -> DecodeError:
    return DecodeError("bad_json", "the JSON is nested too deeply", address)
