"""The sheets that list what was measured, interval by interval, and what the words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from xlsxwriter.worksheet import Worksheet

from api.statements.paper_appendix import DEFINED
from api.statements.paper_evidence import LISTED
from api.statements.reading import Reading, evidence
from api.statements.sheet import HEAD, Book, Cell, Column, kronor, length, local
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
_PARTNER: Final = 4
_BY_ROOM = (
    Column("room", width=26),
    Column("time", "hours", 16, sums=True),
    Column("outside", "hours", 20, sums=True),
)


def intervals(book: Book) -> None:
    """Used time, no-shows and clashes, room by room in order of time. Unattributed time has a
    sheet of its own."""
    statement = book.reading.statement
    listed: list[Stay | Empty | Clash] = [s for s in statement.stays if s.partner != NOBODY]
    listed += statement.empty
    listed += statement.clashes
    listed.sort(key=lambda one: (one.room, one.start, one.stop))
    _listed(book, book.sheet("intervals"), listed)


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
    if reading.own and len(stays) > LISTED:
        sheet.write_string(below, 0, reading.word("unattributed_elsewhere", count=len(stays)))
        book.table(sheet, _BY_ROOM, list(_by_room(reading, stays)), top=below + 1)
    else:
        _listed(book, sheet, stays, top=below)


def _listed(
    book: Book, sheet: Worksheet, listed: Iterable[Stay | Empty | Clash], top: int = HEAD
) -> None:
    """In a partner's own book nobody needs to be told whose time it is."""
    columns, rows = list(_COLUMNS), _rows(book.reading, listed)
    if book.reading.own:
        del columns[_PARTNER]
        for row in rows:
            del row[_PARTNER]
    book.table(sheet, columns, rows, top=top)


def _by_room(reading: Reading, stays: Iterable[Stay]) -> Iterator[list[Cell]]:
    """Time in opening hours, and outside them."""
    seconds: dict[str, list[int]] = {}
    for one in stays:
        seconds.setdefault(one.room, [0, 0])[one.outside] += (one.stop - one.start) // 1000
    for room, (inside, outside) in seconds.items():
        yield [reading.room(room), length(inside), length(outside)]


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
