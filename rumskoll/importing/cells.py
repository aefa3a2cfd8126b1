"""What stands in a cell: numbers with point or comma, words, times of the wall clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from collector.decoders.times import epoch_or_text
from rooms.fold import place_time
from rooms.readings import DecodeError, Field
from rumskoll.importing.map import ImportMap

NOTHING: Final = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
_FLAGS: Final = {"true": True, "false": False}
_NUMBER: Final = re.compile(r"[-+]?\d{1,30}(?:([.,])\d{1,30})?(?:[eE][-+]?\d{1,2})?")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Nobody has readings from before; a time that does is a clock that was never set.
EARLIEST: Final = 946_684_800_000  # 2000-01-01, ms


class Refusal(Exception):
    """The row cannot be used: ``import.row.<reason>`` says why."""

    def __init__(self, reason: str, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column, self.value = reason, column, value


@dataclass(slots=True)
class Numbers:
    """Reads one column's numbers; ``marks`` tells which decimal marks were seen, and where."""

    decimal: str
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)

    def read(self, cell: str, line: int, column: str) -> float | int:
        """Raises ``Refusal`` (``number``, ``decimal``)."""
        found = _NUMBER.fullmatch(cell)
        if found is None:
            raise Refusal("number", column, cell)
        mark = found[1]
        if mark is not None:
            self.marks.setdefault(mark, (line, cell))
            if mark != self.decimal:
                raise Refusal("decimal", column, cell)
        plain = cell.replace(",", ".")
        return float(plain) if mark or "e" in plain.lower() else int(plain)


def value_of(field: Field, cell: str, numbers: Numbers, line: int, column: str) -> Any:
    """A cell as JSON has it, for the field that it is mapped to; the decoder checks it."""
    if field.type == "text":
        return cell
    if field.type == "bool" and cell.lower() in _FLAGS:
        return _FLAGS[cell.lower()]
    return numbers.read(cell, line, column)


@dataclass(slots=True)
class Clock:
    """Reads one device's times, in the order in which they stand in the file.

    The hour that autumn's change of clocks repeats is told apart by that order: rows follow
    each other, forward or backward. ``repeated`` counts the rows that were placed so.
    """

    zone: ZoneInfo
    repeated: int = 0
    _before: int | None = None
    _backward: bool = False

    def read(self, given: ImportMap, cell: str, now: int) -> int:
        """ms of UTC. Raises ``Refusal`` (``time``, ``no_such_time``, ``too_early``,
        ``future``), without a column."""
        at = self._instant(given.time.format, cell)
        if at < EARLIEST:
            raise Refusal("too_early", value=cell)
        if place_time(at, now, None) is None:
            raise Refusal("future", value=cell)
        if self._before is not None and at != self._before:
            self._backward = at < self._before
        self._before = at
        return at

    def _instant(self, format_: str, cell: str) -> int:
        try:
            if format_ == "epoch":
                told = epoch_or_text(float(cell.replace(",", ".")))
                assert told is not None
                return told
            if format_ == "iso":
                if ":" not in cell or "\0" in cell:  # Python reads past a NUL
                    raise Refusal("time", value=cell)
                wall = datetime.fromisoformat(cell.replace("/", "-"))
            else:
                wall = datetime.strptime(cell, format_)  # noqa: DTZ007 (its zone comes now)
            return _ms(wall) if wall.tzinfo is not None else self._on_the_wall(wall, cell)
        except (DecodeError, ValueError, OverflowError):
            raise Refusal("time", value=cell) from None

    def _on_the_wall(self, wall: datetime, cell: str) -> int:
        first, second = (_ms(wall.replace(tzinfo=self.zone, fold=n)) for n in (0, 1))
        if first > second:
            raise Refusal("no_such_time", value=cell)
        if first == second:
            return first
        self.repeated += 1
        if self._before is None:
            return first
        if self._backward:
            return second if second < self._before else first
        return first if first > self._before else second


def _ms(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)
