"""Statements and their inputs as JSON: one way to write each value, so that equal facts give
equal bytes on any machine. Exact numbers are text: ``"3/2"``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def encode(value: object) -> bytes:
    """Indented by one, fields in the order of their declaration, with a line's end."""
    made = msgspec.json.encode(value, enc_hook=_written)
    return msgspec.json.format(made, indent=1) + b"\n"


def decode(content: bytes, type_: type[T]) -> T:
    """Raises ``msgspec.ValidationError`` or ``msgspec.DecodeError``."""
    return msgspec.json.decode(content, type=type_, dec_hook=_read)


def _written(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"no way to write a {type(value).__name__}")


def _read(type_: type[Any], value: object) -> object:
    if type_ is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(f"no way to read a {type_.__name__}")
