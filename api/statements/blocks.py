"""What a page is made of, as ``statement.typ`` sets it: plain data, every text shown as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from typing import Any, Final, TypeVar

Block = dict[str, Any]
Row = Sequence[str]

T = TypeVar("T")

MOST: Final = 15  # rooms that a table on paper lists; workbook and CSV list all
NEW_PAGE: Final[Block] = {"kind": "page"}


def heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def paragraph(text: str, *, soft: bool = False) -> Block:
    return {"kind": "text", "text": text, "soft": soft, "size": 9 if soft else 10}


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def facts(rows: Iterable[tuple[str, str]], *, mono: bool = False) -> Block:
    """Labels and values; ``mono`` for hashes."""
    return {"kind": "facts", "rows": list(rows), "mono": mono}


def table(
    columns: str, head: Row, rows: Iterable[Row], foot: Iterable[Row] = (), *, size: float = 9
) -> Block:
    """``columns``: one word each, ``<`` or ``>`` for the side its text stands on, followed by
    ``auto`` or its part of the width that is left: ``"<1 >auto"``."""
    words = columns.split()
    return {
        "kind": "table",
        "align": ["right" if word[0] == ">" else "left" for word in words],
        "columns": [word[1:] for word in words],
        "head": list(head),
        "rows": list(rows),
        "foot": list(foot),
        "size": size,
    }


def bars(
    alt: str,
    rows: Iterable[tuple[str, Sequence[tuple[int, float]], str]],
    legend: Iterable[tuple[int, str]] = (),
) -> Block:
    """A bar for each row: label, parts (tone, 0 to 1 of the width) from the left, value."""
    return {
        "kind": "bars",
        "alt": alt,
        "rows": [{"label": label, "parts": parts, "value": told} for label, parts, told in rows],
        "legend": list(legend),
    }


def foremost(rooms: Sequence[T], weight: Callable[[T], Any]) -> tuple[list[T], list[T]]:
    """The ``MOST`` rooms of most weight, in their order, and all others."""
    ranked = nlargest(MOST, range(len(rooms)), key=lambda i: weight(rooms[i]))
    shown = set(ranked)
    return (
        [room for i, room in enumerate(rooms) if i in shown],
        [room for i, room in enumerate(rooms) if i not in shown],
    )
