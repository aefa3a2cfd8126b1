"""Times and numbers as people's spreadsheets write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite
from typing import Final
from zoneinfo import ZoneInfo

from collector.decoders.times import epoch_or_text
from rooms.readings import DecodeError

_EMPTY: Final = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
_WORDS: Final = {"true": 1.0, "on": 1.0, "yes": 1.0, "false": 0.0, "off": 0.0, "no": 0.0}
_NUMBER: Final = re.compile(r"[-+]?\d+(?:([.,])\d+)?(?:[eE][-+]?\d{1,3})?")
_EPOCH: Final = re.compile(r"\d{9,13}(?:[.,]\d+)?")
_EARLIEST: Final = 0  # 1970-01-01
_LATEST: Final = 4_102_444_800_000  # 2100-01-01, ms; a plot counts the days
_WHEN: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[Tt ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*(?:([Zz])|([-+])(\d\d):?(\d\d))?"
)


class BadCell(Exception):
    """The row cannot be used; ``key`` and ``values`` name the text that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(slots=True)
class Numbers:
    """Reads the numbers of one file: with a decimal point or a comma, but not both."""

    _mark: str | None = None

    def read(self, cell: str) -> float | None:
        """``None`` for a cell that tells nothing. Raises ``BadCell``."""
        word = cell.strip()
        if word.lower() in _EMPTY:
            return None
        if word.lower() in _WORDS:
            return _WORDS[word.lower()]
        found = _NUMBER.fullmatch(word)
        if found is None:
            raise BadCell("evaluate.row.number", cell=_shown(word))
        self._mark = self._mark or found[1]
        if found[1] is not None and found[1] != self._mark:
            raise BadCell("evaluate.row.decimals", cell=_shown(word), mark=self._mark)
        value = float(word.replace(",", "."))
        if not isfinite(value):
            raise BadCell("evaluate.row.number", cell=_shown(word))
        return value


@dataclass(slots=True)
class TimeReader:
    """Reads the times of one file; ``zone`` is for those without an offset.

    In the hour that autumn's clock change repeats, rows are taken to follow each other,
    forward or backward.
    """

    zone: ZoneInfo
    _before: int | None = None
    _backward: bool = False

    def read(self, cell: str) -> int:
        """ms of UTC, fractions of them cut off. Raises ``BadCell``.

        ``YYYY-MM-DD HH:MM[:SS]`` with - or /, a T or spaces, with or without an offset;
        or seconds or milliseconds since 1970.
        """
        word = cell.strip()
        try:
            if _EPOCH.fullmatch(word):
                time = epoch_or_text(float(word.replace(",", ".")))
            else:
                time = self._written(word)
        except (DecodeError, ValueError, OverflowError):
            time = None
        if time is None:
            raise BadCell("evaluate.row.time", cell=_shown(word))
        if not _EARLIEST <= time < _LATEST:
            raise BadCell("evaluate.row.years", cell=_shown(word))
        if self._before not in (None, time):
            self._backward = time < self._before
        self._before = time
        return time

    def _written(self, word: str) -> int | None:
        found = _WHEN.fullmatch(word)
        if found is None:
            return None
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        micro = int((found[7] or "0").ljust(6, "0")[:6])
        local = datetime(year, month, day, hour, minute, second, micro)  # noqa: DTZ001
        if found[8]:
            return _ms(local.replace(tzinfo=UTC))
        if found[9]:
            offset = timedelta(hours=int(found[10]), minutes=int(found[11]))
            sign = -1 if found[9] == "-" else 1
            return _ms(local.replace(tzinfo=timezone(sign * offset)))
        first, second_time = (_ms(local.replace(tzinfo=self.zone, fold=n)) for n in (0, 1))
        if first > second_time:
            raise BadCell("evaluate.row.no_such_time", cell=_shown(word), zone=self.zone.key)
        if first == second_time or self._before is None:
            return first
        if self._backward:
            return second_time if second_time < self._before else first
        return first if first > self._before else second_time


def _ms(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _shown(word: str) -> str:
    """Short, and without control codes: it comes from outside."""
    plain = "".join(c if c.isprintable() else "?" for c in word)
    return plain if len(plain) <= 40 else plain[:39] + "…"
