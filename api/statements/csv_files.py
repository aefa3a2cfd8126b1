"""A statement's lines and intervals as CSV: for machines (UTF-8, comma, decimal point, öre,
times with their offset), and as a Swedish Excel opens it (with BOM, semicolon, decimal comma,
kronor, local times, Swedish words). Text never becomes a formula (``api.csv``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from api.csv import cell, excel_cell, table
from api.statements.csv_rows import INTERVALS, LINES, Row, intervals, lines
from rooms.statement.document import Statement
from rooms.statement.money import exact, plain
from rooms.texts import text

_PLACES: Final = 8  # of an exact number's decimals: a pool's parts sum to the öre by far
_WORDS: Final = frozenset({"kind", "state", "treatment", "evidence", "outside"})


def lines_csv(statement: Statement) -> bytes:
    return _for_machines(lines(statement), LINES)


def lines_excel(statement: Statement) -> bytes:
    # A spreadsheet would take 3/2 for a day in February.
    return _for_excel(lines(statement), [name for name in LINES if name != "exact_fraction"])


def intervals_csv(statement: Statement) -> bytes:
    return _for_machines(_with_minutes(statement), INTERVALS)


def intervals_excel(statement: Statement) -> bytes:
    return _for_excel(_with_minutes(statement), INTERVALS)


def _with_minutes(statement: Statement) -> Iterable[Row]:
    return (row | {"minutes": Fraction(row["seconds"], 60)} for row in intervals(statement))


def _for_machines(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    told = ([_machine(name, row.get(name)) for name in columns] for row in rows)
    return table("csv", columns, told).encode()


def _for_excel(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    told = ([_excel(name, row.get(name)) for name in columns] for row in rows)
    header = [text("sv", f"statement_file.column.{name}") for name in columns]
    return table("excel", header, told).encode()


def _machine(name: str, value: object) -> str:
    if isinstance(value, Fraction):
        return str(value) if name == "exact_fraction" else exact(value, _PLACES)
    return cell(value)


def _excel(name: str, value: object) -> str:
    if value is not None and name in _WORDS:
        return text("sv", f"statement_file.{name}.{cell(value)}")
    if name.endswith("_ore") and isinstance(value, int):
        return plain(value).replace(".", ",")
    if isinstance(value, Fraction):
        number = value / 100 if name.endswith("_ore") else value
        return exact(number, _PLACES).replace(".", ",")
    return excel_cell(value)
