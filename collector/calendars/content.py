"""iCalendar text as components with their lines (RFC 5545, 3.1 and 3.4).

Splits by lines before anything is parsed, so that a broken event costs no other one and
can be named by its line. Of events only the properties that matter are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from collector.calendars.protocol import FeedError

_TIMES: Final = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_STATES: Final = {"UID", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}
_PEOPLE: Final = {"ORGANIZER", "ATTENDEE", "CATEGORIES", "SUMMARY"}
WANTED: Final = _TIMES | _STATES | _PEOPLE
_BREAK: Final = re.compile("\r\n|\n|\r")
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")


class Block(NamedTuple):
    """One VEVENT or VTIMEZONE: its unfolded lines without BEGIN and END."""

    name: str
    line: int  # of its BEGIN, from 1
    lines: list[str]
    cancelled: bool = False  # by the METHOD of its calendar


@dataclass
class Content:
    """``broken`` are the lines of events that do not end."""

    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    zone: str = ""  # X-WR-TIMEZONE


def read_content(text: str) -> Content:
    """Raises ``FeedError`` for what is no whole calendar."""
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise FeedError("html" if text.lstrip().startswith("<") else "not_a_calendar")
    content = Content()
    block: Block | None = None
    depth = 0  # of calendars
    cancelled = False
    for number, line in _unfolded(text):
        kind, _, value = line.partition(":")
        kind, name = kind.upper(), value.strip().upper()
        if kind == "BEGIN" and name in {"VEVENT", "VTIMEZONE", "VCALENDAR"}:
            _left_open(content, block)
            block = None if name == "VCALENDAR" else Block(name, number, [], cancelled)
            depth += name == "VCALENDAR"
        elif kind == "END" and name == "VCALENDAR":
            _left_open(content, block)
            block, depth, cancelled = None, depth - 1, False
        elif block is not None and kind == "END" and name == block.name:
            (content.events if name == "VEVENT" else content.zones).append(block)
            block = None
        elif block is not None:
            block.lines.append(line)
        elif kind == "METHOD":
            cancelled = name == "CANCEL"
        elif kind.partition(";")[0] == "X-WR-TIMEZONE":
            content.zone = value.strip()
    if depth > 0:
        raise FeedError("cut_off")
    return content


def own_properties(block: Block) -> list[str]:
    """An event's wanted lines, without those of alarms and the like inside it."""
    kept: list[str] = []
    inside = 0
    for line in block.lines:
        named = _NAME.match(line)
        name = named[0].upper() if named else ""
        inside += (name == "BEGIN") - (name == "END")
        if inside == 0 and name in WANTED:
            kept.append(line)
    return kept


def _left_open(content: Content, block: Block | None) -> None:
    if block is not None and block.name == "VEVENT":
        content.broken.append(block.line)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """(number of its first line, logical line)."""
    parts: list[str] = []
    first = 1
    for number, line in enumerate(_BREAK.split(text), 1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield first, _readable("".join(parts))
        first, parts = number, [line]
    yield first, _readable("".join(parts))


def _readable(line: str) -> str:
    """A fold may have cut a letter in two, and a few programs still write Latin-1."""
    if line.isascii():
        return line
    content = line.encode("utf-8", "surrogateescape")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
