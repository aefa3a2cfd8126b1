"""What all checks between the parts of a file look with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rooms.registry.document import Document, Path
from rooms.registry.mistakes import Mistake, nearest, shown

Entries = list[tuple[int, dict[str, Any]]]


def entries(document: Document, section: str) -> Entries:
    """The mappings in a list at the top of the file, with their positions."""
    given = document.data.get(section) if isinstance(document.data, dict) else None
    items = enumerate(given) if isinstance(given, list) else ()
    return [(i, item) for i, item in items if isinstance(item, dict)]


def texts(value: Any) -> Iterator[tuple[int, str]]:
    """The texts in a list, with their positions; none of what is no list."""
    for i, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield i, item


def twice(document: Document, found: Iterable[tuple[object, Path]], key: str) -> Iterator[Mistake]:
    """A mistake for each thing that stands a second time, naming the line of the first."""
    first: dict[object, Path] = {}
    for thing, path in found:
        before = first.setdefault(thing, path)
        if before != path:
            line = document.marks[before][0]
            value = shown(document.written.get(path, thing))
            yield document.mistake(path, key, value=value, first=line)


def ids_twice(document: Document, section: str) -> Iterator[Mistake]:
    """A mistake for each id that stands a second time in a list at the top of the file."""
    ids = [
        (item["id"], (section, i, "id"))
        for i, item in entries(document, section)
        if isinstance(item.get("id"), str)
    ]
    yield from twice(document, ids, "id_twice")


def known(
    document: Document,
    path: Path,
    given: Any,
    words: Sequence[Any],
    key: str,
    *,
    at_key: bool = False,
) -> Iterator[Mistake]:
    """A mistake if ``given`` is text and none of ``words``."""
    if isinstance(given, str) and given not in words:
        suggestion = nearest(given, (word for word in words if isinstance(word, str)))
        yield document.mistake(path, key, at_key=at_key, suggestion=suggestion, value=shown(given))


def day_of(value: Any, otherwise: date) -> date | None:
    """A date as the models read it; ``None`` for what they refuse."""
    if value is None:
        return otherwise
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
