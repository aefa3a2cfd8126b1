"""A tiny reader of line protocol, written from its description and not from our writer."""

from __future__ import annotations

from typing import NamedTuple

FLOAT = frozenset("0123456789+-.eE")


class Line(NamedTuple):
    measurement: str
    tags: dict[str, str]
    fields: dict[str, float | str]
    time: int


def parse_line(text: str) -> Line:
    """``ValueError`` for anything else than floats and strings with a time."""
    head, rest = _until(text, 0, " ")
    measurement, *pairs = _split(head, ",")
    tags = dict(_pair(pair) for pair in pairs)
    fields, at = _fields(text, rest)
    if not fields or not measurement or "" in tags.values():
        raise ValueError(f"unable to parse '{text}'")
    return Line(_plain(measurement), tags, fields, int(text[at:]))


def _fields(text: str, at: int) -> tuple[dict[str, float | str], int]:
    fields: dict[str, float | str] = {}
    while True:
        key, at = _until(text, at, "=")
        if text[at : at + 1] == '"':
            fields[_plain(key)], at = _string(text, at + 1)
        else:
            end = at
            while end < len(text) and text[end] in FLOAT:
                end += 1
            fields[_plain(key)], at = float(text[at:end]), end
        if text[at : at + 1] not in {",", " "}:
            raise ValueError(f"unable to parse '{text}': invalid field format")
        if text[at] == " ":
            return fields, at + 1
        at += 1


def _string(text: str, at: int) -> tuple[str, int]:
    out = ""
    while text[at : at + 1] != '"':
        if at >= len(text):
            raise ValueError(f"unable to parse '{text}': unbalanced quotes")
        if text[at] == "\\" and text[at + 1 : at + 2] in {'"', "\\"}:
            at += 1
        out += text[at]
        at += 1
    return out, at + 1


def _until(text: str, at: int, stop: str) -> tuple[str, int]:
    start = at
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == stop:
            return text[start:at], at + 1
        else:
            at += 1
    raise ValueError(f"unable to parse '{text}': missing {stop!r}")


def _split(text: str, separator: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == separator:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _pair(text: str) -> tuple[str, str]:
    key, at = _until(text, 0, "=")
    return _plain(key), _plain(text[at:])


def _plain(text: str) -> str:
    for special in ",= ":
        text = text.replace("\\" + special, special)
    return text
