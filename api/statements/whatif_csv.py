"""What each would have paid, as CSV for machines: öre told as kronor with a decimal point."""

from __future__ import annotations

from typing import Final

from api.csv import cell
from api.csv import table as written
from rooms.statement.money import plain
from rooms.statement.whatif import WhatIf

COLUMNS: Final = ("month", "partner", "name", "as_is", "as_proposed", "difference")


def table(found: WhatIf) -> bytes:
    """A line for each month and partner. Sums are left to the reader."""
    rows = [
        [
            month.month,
            line.partner,
            cell(found.names.get(line.partner, line.partner)),
            *(plain(amount) for amount in (line.now, line.then, line.difference)),
        ]
        for month in found.months
        for line in month.lines
    ]
    return written("csv", COLUMNS, rows).encode()
