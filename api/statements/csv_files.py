"""A statement's lines and intervals as CSV: for machines (UTF-8, comma, decimal point, öre,
times with their offset), and as a Swedish Excel opens it (with BOM, semicolon, decimal comma,
kronor, local times, Swedish words). Text never becomes a formula (``api.csv``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from api.csv import cell, excel_cell, table
from api.statements.csv_rows import (
    INTERVALS,
    LINES,
    Interval,
    Row,
    interval_row,
    intervals,
    lines,
)
from rooms.statement.document import Statement
from rooms.statement.money import exact, plain
from rooms.texts import text

_PLACES: Final = 8  # of an exact number's decimals: a pool's parts sum to the öre by far
_KEPT: Final = 16_384  # intervals: a month of a house of 100 rooms
_WORDS: Final = frozenset({"kind", "state", "treatment", "evidence", "outside"})


def lines_csv(statement: Statement) -> bytes:
    return _for_machines(lines(statement), LINES)


def lines_excel(statement: Statement) -> bytes:
    # A spreadsheet would take 3/2 for a day in February.
    return _for_excel(lines(statement), [name for name in LINES if name != "exact_fraction"])


def intervals_csv(statement: Statement) -> bytes:
    return table("csv", INTERVALS, map(_interval_machine, intervals(statement))).encode()


def intervals_excel(statement: Statement) -> bytes:
    return table("excel", _header(INTERVALS), map(_interval_excel, intervals(statement))).encode()


# Each interval stands in the manager's file and in its partner's, nobody's in all of them.
@lru_cache(maxsize=_KEPT)
def _interval_machine(interval: Interval) -> list[str]:
    return _cells(_machine, interval_row(interval), INTERVALS)


@lru_cache(maxsize=_KEPT)
def _interval_excel(interval: Interval) -> list[str]:
    return _cells(_excel, interval_row(interval), INTERVALS)


def _for_machines(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    told = (_cells(_machine, row, columns) for row in rows)
    return table("csv", columns, told).encode()


def _for_excel(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    told = (_cells(_excel, row, columns) for row in rows)
    return table("excel", _header(columns), told).encode()


def _cells(tell: Callable[[str, object], str], row: Row, columns: Sequence[str]) -> list[str]:
    """Most cells of most rows are empty."""
    return ["" if (value := row.get(name)) is None else tell(name, value) for name in columns]


def _header(columns: Sequence[str]) -> list[str]:
    return [text("sv", f"statement_file.column.{name}") for name in columns]


def _machine(name: str, value: object) -> str:
    if type(value) is Fraction:
        return str(value) if name == "exact_fraction" else _decimals(value)
    return cell(value)


def _excel(name: str, value: object) -> str:
    if name in _WORDS:
        return _word(name, cell(value))
    if type(value) is Fraction:
        return _decimals(value / 100 if name.endswith("_ore") else value).replace(".", ",")
    if type(value) is int and name.endswith("_ore"):
        return plain(value).replace(".", ",")
    return excel_cell(value)


@lru_cache(maxsize=4096)
def _decimals(number: Fraction) -> str:
    return exact(number, _PLACES)


@cache
def _word(name: str, value: str) -> str:
    return text("sv", f"statement_file.{name}.{value}")
