"""Reads back what ``storage.line_protocol`` writes: one point per line, nothing bent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rooms.readings import Point, Value

_NAME: Final = r"[a-z][a-z0-9_]*"
_TAG: Final = re.compile(rf",({_NAME})=((?:\\[,= ]|[^,= ])+)")
_HEAD: Final = re.compile(rf"({_NAME})((?:{_TAG.pattern})*)")
_VALUE: Final = r'"(?:[^"\\]|\\["\\])*"|-?[0-9.]+(?:e[+-]?[0-9]+)?'
_FIELD: Final = re.compile(rf"({_NAME})=({_VALUE})(?:,|$)")
_LINE: Final = re.compile(
    rf"((?:\\[,= ]|[^ ])+) ({_NAME}=(?:{_VALUE})(?:,{_NAME}=(?:{_VALUE}))*) (-?[0-9]{{1,19}})"
)
_ESCAPED_TAG: Final = re.compile(r"\\([,= ])")
_ESCAPED_TEXT: Final = re.compile(r'\\(["\\])')


def read_line(text: str) -> Point:
    """The point that a line (without its newline) tells; ``ValueError`` for any other text.

    Whether a store takes such a point is for the store to say.
    """
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a line of a backup: {text[:80]!r}")
    measurement, tags = _head(match[1])
    fields = {name: _value(given) for name, given in _FIELD.findall(match[2])}
    return Point(measurement, dict(tags), int(match[3]), fields)


@lru_cache(maxsize=20_000)
def _head(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise ValueError(f"not a series: {text[:80]!r}")
    tags = [(name, _ESCAPED_TAG.sub(r"\1", value)) for name, value in _TAG.findall(match[2])]
    return match[1], tuple(tags)


def _value(given: str) -> Value:
    return _ESCAPED_TEXT.sub(r"\1", given[1:-1]) if given[0] == '"' else float(given)
