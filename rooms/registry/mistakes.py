"""A person's mistakes in a file: where each stands, and one line that says what to do."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from rooms.texts import Language, text

MOST: Final = 20  # more lines than this help nobody: mend these first
_MAX_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """``key`` names a text of ``rooms.texts.errors`` ("mistake." + key), filled with ``values``.

    ``line`` and ``column`` count from 1, 0 where there is none. ``field`` is the
    path in the file, e.g. ``devices[3].room``; "" is the file as a whole.
    """

    file: str
    line: int
    column: int
    field: str
    key: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    suggestion: str = ""

    def render(self, language: Language) -> str:
        """``rooms.yaml:41: placements[3].room: "grannen" is not a room here. Did you mean …?``"""
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = text(language, f"mistake.{self.key}", **self.values)
        if self.suggestion:
            what += " " + text(language, "mistake.did_you_mean", suggestion=shown(self.suggestion))
        return ": ".join(part for part in (where, self.field, what) if part)


class RegistryError(Exception):
    """The files cannot be used: show the lines, keep what ran before.

    Holds the first ``MOST`` mistakes in order of file and line; ``more`` counts the rest.
    """

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        ordered = sorted(mistakes, key=lambda m: (m.file, m.line, m.column, m.field))
        self.mistakes: Sequence[Mistake] = tuple(ordered[:MOST])
        self.more = len(ordered) - len(self.mistakes)
        super().__init__("\n".join(self.lines("en")))

    def lines(self, language: Language) -> list[str]:
        lines = [mistake.render(language) for mistake in self.mistakes]
        if self.more:
            lines.append(text(language, "mistake.more", count=self.more))
        return lines


def shown(value: object) -> str:
    """A value as its writer would recognise it, on one short line."""
    if isinstance(value, date):
        return value.isoformat()
    try:
        written = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # huge integers, deep nesting
        written = "…"
    return written if len(written) <= _MAX_SHOWN else written[: _MAX_SHOWN - 1] + "…"


def nearest(given: object, known: Iterable[str]) -> str:
    """The known word that ``given`` was probably meant to be, or ""."""
    if not isinstance(given, str) or len(given) > 64:
        return ""
    by_folded = {word.casefold(): word for word in known}
    close = get_close_matches(given.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""
