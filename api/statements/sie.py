"""An issued statement as a voucher file, SIE type 4I (format 4B of the SIE group, sie.se).

Records end in CRLF, characters are those of code page 437, credit is negative, and every
voucher sums to zero. What the partners owe is booked per partner (dimension 21); the costs are
taken off their accounts, per room (dimension 20). A later version books differences only.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.statements.cp437 import LONGEST, LONGEST_TEXT, pc8
from api.statements.sie_rows import PARTNER, ROOM, Row, rows_by_series
from rooms.statement.document import Statement
from rooms.statement.money import plain
from rooms.texts import text


def voucher(statement: Statement) -> bytes:
    """One voucher for each series of the sites, with the statement's number.

    Raises ``ValueError`` for a draft and for a partner's statement: neither is booked.
    """
    if statement.head.issued is None or statement.partner is not None:
        raise ValueError("only a whole, issued statement is booked")
    vouchers = rows_by_series(statement)
    rows = [row for group in vouchers.values() for row in group]
    lines = [
        *_head(statement, statement.head.issued),
        *_objects(statement, rows),
        *_accounts(statement, rows),
    ]
    for series, group in vouchers.items():
        lines += _voucher(statement, series, group)
    return "".join(f"{line}\r\n" for line in lines).encode("cp437")


def _head(statement: Statement, issued: str) -> Iterator[str]:
    site = statement.sites[0]
    made = datetime.fromisoformat(issued).astimezone(ZoneInfo(site.timezone))
    program, _, version = statement.head.program.rpartition(" ")
    yield "#FLAGGA 0"
    yield f"#PROGRAM {_quoted(program, 'Rumskoll')} {_quoted(version, '0')}"
    yield "#FORMAT PC8"
    yield f"#GEN {made:%Y%m%d}"
    yield "#SIETYP 4"
    yield f"#FNAMN {_quoted(site.issuer, site.id)}"
    if site.organisation and len({one.organisation for one in statement.sites}) == 1:
        yield f"#ORGNR {site.organisation}"


def _objects(statement: Statement, rows: list[Row]) -> Iterator[str]:
    names = {(ROOM, one.room): one.name.sv for one in statement.rooms}
    names |= {(PARTNER, one.id): one.name for one in statement.partners}
    used = sorted({(row.dimension, row.object) for row in rows if row.object})
    for number in sorted({dimension for dimension, _ in used}):
        word = "room" if number == ROOM else "partner"
        yield f"#DIM {number} {_quoted(text('sv', f'statement_file.sie.{word}'), word)}"
    for number, one in used:
        yield f"#OBJEKT {number} {_quoted(one, one)} {_quoted(names.get((number, one), ''), one)}"


def _accounts(statement: Statement, rows: list[Row]) -> Iterator[str]:
    names: dict[str, str] = {}
    for site in reversed(statement.sites):  # of two names, the first site's
        names |= site.account_names
    for account in sorted({row.account for row in rows} & names.keys()):
        yield f"#KONTO {account} {_quoted(names[account], account)}"


def _voucher(statement: Statement, series: str, rows: list[Row]) -> Iterator[str]:
    head = statement.head
    first = date.fromisoformat(f"{head.month}-01")
    day = f"{first:%Y%m}{calendar.monthrange(first.year, first.month)[1]}"
    key = "statement_file.sie.difference" if statement.before else "statement_file.sie.voucher"
    told = text("sv", key, number=head.number, month=head.month, version=head.version)
    said = _quoted(told, head.month, LONGEST_TEXT)
    yield f"#VER {_quoted(series, series)} {head.number} {day} {said}"
    yield "{"
    for row in rows:
        objects = f"{row.dimension} {_quoted(row.object, row.object)}" if row.object else ""
        said = _quoted(row.text, row.account, LONGEST_TEXT)
        yield f"#TRANS {row.account} {{{objects}}} {plain(row.amount)} {day} {said}"
    yield "}"


def _quoted(said: str, otherwise: str, most: int = LONGEST) -> str:
    """A field of text; ``otherwise`` where nothing of it can be written."""
    field = (pc8(said, most) or otherwise).replace('"', '\\"')
    return f'"{field}"'
