"""Statements and their differences as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from rooms.statement.money import hours, kronor
from rooms.texts import Language, text
from rumskoll.commands.common import out

if TYPE_CHECKING:
    from api.statements.drafting import Block
    from api.statements.late import Newer
    from rooms.statement.document import Change, Statement


def drafted(statement: Statement, language: Language) -> None:
    """What each owes, within which bounds, and of which rooms too little is known."""

    table = table_of(language, "partner", "used", "no_show", "amount", "low", "high")
    for one in statement.totals:
        money = [kronor(amount, language) for amount in (one.amount, one.low, one.high)]
        times = [hours(seconds, language) for seconds in (one.used_s, one.no_show_s)]
        table.add_row(statement.name_of(one.partner), *times, *money)
    used, total = hours(statement.used_s, language), kronor(statement.total, language)
    month = statement.head.month
    out.print(text(language, "statement.cli.draft", month=month, used=used, total=total))
    out.print(table)
    for room in statement.rooms:
        if room.treatment != "private" and not room.sufficient and room.bookable_s:
            known = room.known_s * 100 // room.bookable_s
            name = room.name.in_(language)
            out.print(text(language, "statement.cli.room", room=name, known=known))


def changed(changes: Iterable[Change], statement: Statement, language: Language) -> None:
    table = table_of(language, "partner", "before", "now", "difference")
    for one in changes:
        money = [kronor(ore, language) for ore in (one.before, one.now, one.difference)]
        table.add_row(statement.name_of(one.partner), *money)
    out.print(table)


def newer(one: Newer, language: Language) -> str:
    """That there is a newer result, and what becomes of it."""
    key = "newer_version" if one.reaches else "newer_carried"
    issued = one.issued
    return text(language, f"statement.cli.{key}", month=issued.month, number=issued.number)


def blocked(blocks: Sequence[Block], language: Language) -> str:
    """Why it cannot be issued, one line each."""
    lines = (f"- {block.text(language)}" for block in blocks)
    return "\n".join([text(language, "statement.cli.blocked"), *lines])


def table_of(language: Language, *columns: str) -> Table:
    """``columns`` after the first stand to the right."""
    table = Table(box=None, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(
            text(language, f"statement.cli.{name}"),
            justify="right" if number else "left",
            no_wrap=bool(number),
            overflow="fold",
        )
    return table
