"""A statement as a workbook: live sums that agree with what is printed, text that stays text.

Amounts stand as kronor, times as local times without offset (Excel knows none), lengths as
parts of a day. What only a formula says has its value beside it, for readers that do not compute.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import xlsxwriter

from api.statements import sheet_intervals, sheet_lines
from api.statements.reading import Reading
from api.statements.sheet import Book
from rooms.statement.document import Statement
from rooms.texts import Language

_DRAFTED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a draft has no time of its own
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(statement: Statement, language: Language) -> bytes:
    """The same bytes for the same statement with the same XlsxWriter."""
    reading = Reading(statement, language)
    out = io.BytesIO()
    issued = statement.head.issued
    at = _DRAFTED if issued is None else datetime.fromisoformat(issued).astimezone(UTC)
    with _uncollected(), xlsxwriter.Workbook(out, _OPTIONS) as file:
        file.set_properties(
            {
                "title": f"{reading.title}, {reading.number_and_version}",
                "author": reading.issuers,
                "created": at.replace(tzinfo=None),
            }
        )
        book = Book(file, reading)
        sheet_lines.summary(book)
        sheet_lines.lines(book)
        sheet_lines.use(book)
        sheet_lines.rooms(book)
        sheet_intervals.intervals(book)
        sheet_intervals.unattributed(book)
        sheet_intervals.definitions(book)
    return out.getvalue()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Every cell is a small object until the book is written: looking through them for cycles
    again and again is a quarter of the work, and finds none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
