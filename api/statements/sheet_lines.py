"""The sheets with amounts: what is owed, how it comes about, and the rooms."""

from __future__ import annotations

from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from api.statements.paper_lines import PARTS
from api.statements.reading import Reading
from api.statements.sheet import HEAD, Book, Cell, Column, kronor, length
from rooms.statement.document import RoomLine


def summary(book: Book) -> None:
    """What each partner owes: a row's sum and the columns' sums are formulas."""
    reading, sheet = book.reading, book.sheet("summary")
    money = [Column(key, "kr", 18, True) for key in ("pools", "direct", "carried", "amount")]
    columns = [
        Column("partner", width=34),
        Column("reference"),
        Column("cost_centre"),
        Column("time", "hours", 12, sums=True),
        *money,
        Column("low", "kr", 16),
        Column("high", "kr", 16),
    ]
    known = {one.id: one for one in reading.statement.partners}
    rows: list[list[Cell]] = []
    for one in reading.statement.totals:
        partner = known.get(one.partner)
        rows.append(
            [
                reading.partner(one.partner),
                (partner and partner.reference) or "",
                (partner and partner.cost_centre) or "",
                length(one.used_s),
                *map(kronor, (one.pools, one.direct, one.carried, one.amount)),
                kronor(one.low),
                kronor(one.high),
            ]
        )
    below = book.table(sheet, columns, rows)
    for r, row in enumerate(rows, HEAD + 1):
        first, last = xl_rowcol_to_cell(r, 4), xl_rowcol_to_cell(r, 6)
        sheet.write_formula(r, 7, f"=SUM({first}:{last})", book.formats["kr"], row[7])
    for line in _said(reading):
        sheet.write_string(below, 0, line)
        below += 1


def _said(reading: Reading) -> list[str]:
    """What a reader must know beside the numbers."""
    head, word = reading.statement.head, reading.word
    lines = [reading.note(one) for one in reading.statement.notes]
    if head.reason:
        lines.append(word("changes_reason", reason=head.reason))
    lines.append(word("footer", program=head.program or "Rumskoll", metrics=head.metrics))
    if head.seal:
        lines.append(f"{word('seal_head')}: {head.seal}")
    return lines


def lines(book: Book) -> None:
    """A row for each partner's part of a pool, direct cost and carry; parts add up in a row."""
    reading, sheet = book.reading, book.sheet("lines")
    columns = [
        Column("line", width=30),
        Column("partner", width=34),
        Column("vat", width=10),
        Column("share", "percent", 10),
        Column("time", "hours", 12),
        Column("empty", "hours", 12),
        Column("weighted", "units", 12, sums=True),
        *(Column(f"part_{name}", "exact", 16, True) for name in PARTS),
        Column("exact", "exact", 16, True),
        Column("rounding", "exact", 12, True),
        Column("amount", "kr", 18, True),
    ]
    rows: list[list[Cell]] = [
        [
            reading.name(pool.name),
            reading.partner(part.partner),
            pool.vat,
            float(part.share),
            length(part.used_s),
            length(part.no_show_s),
            float(part.units / 3600),
            *(kronor(getattr(part, name)) for name in PARTS),
            kronor(part.exact),
            kronor(part.remainder),
            kronor(part.amount),
        ]
        for pool, part in reading.parts()
    ]
    computed = len(rows)
    bare: list[Cell] = [None] * (len(PARTS) + 6)
    for one in reading.statement.direct:
        name, amount = reading.name(one.cost.name), kronor(one.cost.amount)
        rows.append([name, reading.partner(one.partner), one.cost.vat, *bare, amount])
    for month, pool_id, id_, ore in reading.carried():
        name = f"{reading.word('carried_from', month=month)}: {reading.pool(pool_id)}"
        rows.append([name, reading.partner(id_), "", *bare, kronor(ore)])
    book.table(sheet, columns, rows)
    for r, row in enumerate(rows[:computed], HEAD + 1):
        first, last = xl_rowcol_to_cell(r, 7), xl_rowcol_to_cell(r, 6 + len(PARTS))
        at = 7 + len(PARTS)
        sheet.write_formula(r, at, f"=SUM({first}:{last})", book.formats["exact"], row[at])


def use(book: Book) -> None:
    """What the weighted hours are the sum of: a row for each partner, pool, room, agreement and
    weight."""
    reading = book.reading
    columns = [
        Column("pool", width=26),
        Column("partner", width=34),
        Column("room", width=26),
        Column("agreement_id", width=18),
        Column("counted_by", width=18),
        Column("weight", width=10),
        Column("time", "hours", 12, True),
        Column("empty", "hours", 14, True),
        Column("outside", "hours", 18, True),
        Column("weighted", "units", 16, True),
        Column("kronor", "exact", 16, True),
    ]
    rows: list[list[Cell]] = [
        [
            reading.name(pool.name),
            reading.partner(part.partner),
            reading.room(one.room),
            one.agreement,
            reading.word(f"treatment_{one.treatment}"),
            float(one.weight),
            *map(length, (one.used_s, one.no_show_s, one.outside_s)),
            float(one.units / 3600),
            kronor(one.exact),
        ]
        for pool, part in reading.parts()
        for one in part.rooms
    ]
    book.table(book.sheet("use"), columns, rows)


def rooms(book: Book) -> None:
    columns = [
        Column("room", width=30),
        Column("counted_by", width=24),
        Column("weight", width=16),
        Column("bookable", "hours", 14, True),
        Column("known", "hours", 14, True),
        Column("coverage", "percent", 12),
        Column("time", "hours", 14, True),
        Column("outside", "hours", 14, True),
        Column("nobody", "hours", 14, True),
        Column("lost", "hours", 14, True),
    ]
    rows = [_room(book.reading, one) for one in book.reading.statement.rooms]
    book.table(book.sheet("rooms"), columns, rows)


def _room(reading: Reading, one: RoomLine) -> list[Cell]:
    how = reading.word(f"treatment_{one.treatment}")
    if one.treatment == "private":
        return [reading.room(one.room), how]
    covered = float(Fraction(one.known_s, one.bookable_s)) if one.bookable_s else None
    used = (one.occupied_s, one.outside_s, one.unattributed_s, one.lost_s)
    times = [length(s) for s in (one.bookable_s, one.known_s, *used)]
    return [reading.room(one.room), how, _weight(reading, one), *times[:2], covered, *times[2:]]


def _weight(reading: Reading, one: RoomLine) -> Cell:
    """One number, or each with the day from which it held."""
    first, *later = one.weights
    if not later:
        return float(first.weight)
    return "; ".join(f"{step.since}: {reading.number(step.weight)}" for step in one.weights)
