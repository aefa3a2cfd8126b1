"""Checks one field's value against the shared table, the same for every decoder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from rooms.readings import FIELDS, DecodeError, Field, Kind, Value

_encode = msgspec.json.Encoder(order="sorted").encode
_MAX_TEXT = 256
_MAX_LIST = 32 * 1024  # bytes; InfluxDB takes text fields below 64 KiB


def checked(kind: Kind, given: Mapping[str, Any], address: str = "") -> dict[str, Value]:
    """Return the known fields of ``given`` in store form; ``None`` means not told.

    Unknown names are left out: devices send more than we use. Raises
    ``DecodeError`` (``wrong_type``, ``out_of_range``) naming kind, field and value.
    """
    table = FIELDS[kind]
    out: dict[str, Value] = {}
    for name, value in given.items():
        field = table.get(name)
        if field is not None and value is not None:
            out[name] = _value(field, value, kind, name, address)
    return out


def possible(kind: Kind, name: str, value: Any) -> bool:
    """Whether a field may hold it."""
    field = FIELDS[kind][name]
    try:
        _value(field, value, kind, name, "")
    except DecodeError:
        return False
    return True


def _value(field: Field, value: Any, kind: Kind, name: str, address: str) -> Value:
    type_ = field.type
    if type_ == "bool":
        if value is True or value is False or (type(value) in (int, float) and value in (0, 1)):
            return 1.0 if value else 0.0
        raise _wrong(field, value, kind, name, address)
    if type_ in {"number", "count"}:
        if type(value) is not int and type(value) is not float:
            raise _wrong(field, value, kind, name, address)
        # huge integers would overflow float(): compare first, exactly
        if not field.low <= value <= field.high or (type_ == "count" and value != int(value)):
            raise DecodeError(
                "out_of_range",
                f"{kind}.{name} = {_shown(value)}, expected {field.low:g} to {field.high:g}"
                + (" in whole numbers" if type_ == "count" else ""),
                address,
            )
        return float(value)
    if type_ == "text":
        if not isinstance(value, str):
            raise _wrong(field, value, kind, name, address)
        return _text(value)
    if not isinstance(value, list):
        raise _wrong(field, value, kind, name, address)
    text = _encode(value)
    if len(text) > _MAX_LIST:
        raise DecodeError("out_of_range", f"{kind}.{name} is a list of {len(text)} bytes", address)
    return text.decode()


def _text(value: str) -> str:
    """One printable line: control characters and a trailing backslash are not storable."""
    line = "".join(c if c.isprintable() else " " for c in value).strip()
    return line[:_MAX_TEXT].rstrip("\\ ")


def _wrong(field: Field, value: Any, kind: Kind, name: str, address: str) -> DecodeError:
    return DecodeError(
        "wrong_type", f"{kind}.{name} = {_shown(value)}, expected a {field.type}", address
    )


def _shown(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    shown = repr(value) if not isinstance(value, int) or abs(value) < 10**20 else "a huge number"
    return shown if len(shown) <= 60 else shown[:57] + "..."
