"""What a person is told of an import: every row's fate, and every day's."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from typing import TextIO

from rooms.texts import Language, text
from rumskoll.importing.reach import Reach, RoomDay, Shares
from rumskoll.importing.rows import DUPLICATE, EMPTY, PRIVATE, REFUSED, STORED, Fate
from rumskoll.importing.survey import Survey

_FORMULA = ("=", "+", "-", "@", "\t")


def rows_told(found: Survey, language: Language, when: Callable[[int], str]) -> Iterator[str]:
    """rows = stored + duplicate + empty + private + refused, these by reason."""
    names = (STORED, DUPLICATE, EMPTY, PRIVATE, REFUSED)
    counts = {name: found.outcomes[name] for name in names}
    yield text(language, "import.rows", rows=found.rows, **counts)
    for reason, count in found.reasons.most_common():
        why = text(language, f"import.row.{reason}")
        yield text(language, "import.reason", count=count, why=why)
        for line, column, value in found.examples[reason]:
            key = "import.example" if value else "import.example_line"
            yield text(language, key, line=line, column=column, value=_short(value))
    if found.first is not None and found.last is not None:
        yield text(language, "import.span", first=when(found.first), last=when(found.last))
    if found.repeated:
        yield text(language, "import.repeated", count=found.repeated)


def days_told(reach: Reach, shares: Shares, kept_days: int, language: Language) -> Iterator[str]:
    """By room: which days are computed, which of them at once, and which stay as they are."""
    for room, days in _by_room(reach.told - shares.kept):
        yield text(language, "import.days", room=room, **_span(days))
        straight = sum((room, day) in shares.ours for day in days)
        if straight:
            yield text(language, "import.straight", count=straight, kept=kept_days)
    for room, days in _by_room(reach.told & shares.kept):
        yield text(language, "import.frozen", room=room, **_span(days))


def _by_room(days: Set[RoomDay]) -> Iterator[tuple[str, list[date]]]:
    for room in sorted({room for room, _ in days}):
        yield room, sorted(day for other, day in days if other == room)


def _span(days: list[date]) -> dict[str, object]:
    return {"count": len(days), "first": days[0], "last": days[-1]}


class RefusedFile:
    """Writes refused rows as a CSV file: their line, and why."""

    def __init__(self, file: TextIO, language: Language) -> None:
        self._writer = csv.writer(file)
        self._language = language
        self._row(("line", "reason", "column", "value", "what to do"))

    def note(self, line: int, fate: Fate) -> None:
        why = text(self._language, f"import.row.{fate.reason}")
        self._row((str(line), fate.reason, fate.column, fate.value, why))

    def _row(self, cells: Iterable[str]) -> None:
        """A spreadsheet must not take a cell for a formula."""
        self._writer.writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])


def _short(value: str) -> str:
    plain = "".join(c if c.isprintable() else "?" for c in value)
    return plain if len(plain) <= 40 else plain[:39] + "…"
