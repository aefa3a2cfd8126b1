"""A sheet that is one table: a title, a frozen header with filters, rows, and live sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from math import fsum
from typing import Final, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from api.statements.reading import Reading

DAY_S: Final = 86_400
HEAD: Final = 2  # the header's row; the title stands above it
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0, local to its reader

FORMATS: Final = {
    "text": {},
    "kr": {"num_format": '#,##0.00 "kr";[Red]-#,##0.00 "kr"'},
    "exact": {"num_format": "#,##0.0000;[Red]-#,##0.0000"},
    "hours": {"num_format": "[h]:mm:ss"},
    "units": {"num_format": "#,##0.00"},
    "percent": {"num_format": "0.0%"},
    "day": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}


class Column(NamedTuple):
    """``sums``: does a formula at the end add the column up?"""

    key: str
    format: str = "text"
    width: float = 14
    sums: bool = False


Cell = str | float | None


class Book:
    """The workbook, its formats by name, and the words of its reader."""

    def __init__(self, file: Workbook, reading: Reading) -> None:
        self.file, self.reading = file, reading
        self.formats = {name: file.add_format(given) for name, given in FORMATS.items()}
        strong = {"bold": True, "top": 1}
        self.sums = {name: file.add_format(given | strong) for name, given in FORMATS.items()}
        self.head = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.title = file.add_format({"bold": True, "font_size": 14})
        self.wrap = file.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, key: str) -> Worksheet:
        """A new sheet with its title, set up for print."""
        word = self.reading.word
        sheet = self.file.add_worksheet(word(f"sheet_{key}"))
        state = self.reading.number_and_version
        sheet.write_string(0, 0, f"{self.reading.title} · {state}", self.title)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        # "&" begins a code in a footer, and a footer has at most 255 signs
        sheet.set_footer(f"&L{state.replace('&', '&&')}&R&P / &N")
        return sheet

    def table(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        top: int = HEAD,
    ) -> int:
        """Writes header, rows and sums; returns the first row below it."""
        for c, column in enumerate(columns):
            sheet.set_column(c, c, column.width)
            sheet.write_string(top, c, self.reading.word(column.key), self.head)
        formats = [self.formats[column.format] for column in columns]
        text, number = sheet._write_string, sheet._write_number
        for r, row in enumerate(rows, top + 1):
            for c, cell in enumerate(row):
                if type(cell) is str:
                    text(r, c, cell, formats[c])
                elif cell is not None:
                    number(r, c, cell, formats[c])
        if top == HEAD:
            sheet.freeze_panes(HEAD + 1, 1)
            sheet.repeat_rows(HEAD)
        last = top + len(rows)
        sheet.autofilter(top, 0, last, len(columns) - 1)
        if rows and any(column.sums for column in columns):
            self._sums(sheet, columns, rows, top)
            last += 1
        return last + 2

    def _sums(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        top: int,
    ) -> None:
        end = top + len(rows) + 1
        for c, column in enumerate(columns):
            style = self.sums[column.format]
            if column.sums:
                name = xl_col_to_name(c)
                cells = [row[c] for row in rows if c < len(row)]
                value = fsum(cell for cell in cells if isinstance(cell, int | float))
                sheet.write_formula(end, c, f"=SUM({name}{top + 2}:{name}{end})", style, value)
            else:
                sheet.write_string(end, c, self.reading.word("sum") if c == 0 else "", style)


def kronor(ore: int | Fraction) -> float:
    return float(Fraction(ore) / 100)


def length(seconds: int | Fraction) -> float:
    return float(seconds) / DAY_S


def local(at: datetime) -> float:
    """A local time as Excel counts it: days since 1899-12-30 by the wall clock."""
    return (at.replace(tzinfo=None) - _EPOCH).total_seconds() / DAY_S
