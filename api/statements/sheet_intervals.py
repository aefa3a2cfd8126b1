"""The sheets that list what was measured, interval by interval, and what the words mean."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from api.statements.paper_appendix import DEFINED
from api.statements.reading import Reading, evidence
from api.statements.sheet import Book, Cell, Column, kronor, length, local
from rooms.statement.inputs import NOBODY, Clash, Empty, Stay
from rooms.texts.times import moment

_COLUMNS = (
    Column("room", width=26),
    Column("kind", width=16),
    Column("from", "time", 20),
    Column("to", "time", 20),
    Column("partner", width=34),
    Column("by", width=18),
    Column("outside", width=16),
    Column("length", "hours", 12, sums=True),
)


def intervals(book: Book) -> None:
    """Used time, no-shows and clashes, room by room in order of time. Unattributed time has a
    sheet of its own."""
    statement = book.reading.statement
    listed: list[Stay | Empty | Clash] = [s for s in statement.stays if s.partner != NOBODY]
    listed += statement.empty
    listed += statement.clashes
    listed.sort(key=lambda one: (one.room, one.start, one.stop))
    book.table(book.sheet("intervals"), _COLUMNS, _rows(book.reading, listed))


def unattributed(book: Book) -> None:
    """Nobody's time by pool, what it costs and how it was split; then its intervals."""
    reading, sheet = book.reading, book.sheet("unattributed")
    key = "your_part" if reading.own else "amount"
    columns = [
        Column("pool", width=26),
        Column("time", "hours", 16),
        Column("weighted", "units", 20),
        Column("price_short", "exact", 20),
        Column(key, "exact", 34, sums=True),
    ]
    rows = [
        [
            reading.name(pool.name),
            length(pool.unattributed_s),
            float(pool.unattributed_units / 3600),
            None if pool.price is None else kronor(pool.price),
            kronor(sum((part.unattributed for part in pool.parts), Fraction(0))),
        ]
        for pool in reading.statement.pools
    ]
    below = book.table(sheet, columns, rows)
    stays = [one for one in reading.statement.stays if one.partner == NOBODY]
    # a sheet has one filter: the last table's, which is the long one
    book.table(sheet, _COLUMNS, _rows(reading, stays), top=below)


def _rows(reading: Reading, listed: Iterable[Stay | Empty | Clash]) -> list[list[Cell]]:
    word, language = reading.word, reading.language
    used, empty, clash, yes = (word(k) for k in ("kind_used", "kind_empty", "kind_clash", "yes"))
    rows: list[list[Cell]] = []
    for one in listed:
        zone = reading.zone(one.room)
        times = (local(moment(one.start, zone)), local(moment(one.stop, zone)))
        seconds = length((one.stop - one.start) // 1000)
        room = reading.room(one.room)
        if isinstance(one, Stay):
            by, outside = evidence(one.by, language), yes if one.outside else None
            who = reading.partner(one.partner)
            rows.append([room, used, *times, who, by, outside, seconds])
        elif isinstance(one, Empty):
            rows.append([room, empty, *times, reading.partner(one.partner), None, None, seconds])
        else:
            who = f"{reading.partner(one.first)} / {reading.partner(one.second)}"
            rows.append([room, clash, *times, who, None, None, seconds])
    return rows


def definitions(book: Book) -> None:
    reading, sheet = book.reading, book.sheet("definitions")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    version = reading.word("definitions_version", metrics=reading.statement.head.metrics)
    sheet.write_string(1, 0, version)
    for r, key in enumerate(DEFINED, 3):
        sheet.write_string(r, 0, reading.word(f"define_{key}"), book.wrap)
        sheet.write_string(r, 1, reading.word(f"define_{key}_as"), book.wrap)
