"""Statements as people read them: months, times, rows of tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from api.board.numbers import covered, percent, place
from rooms.figures import Ratio
from rooms.statement.document import Change, Part, PoolLine, RoomLine, Statement
from rooms.statement.money import exact, hours, kronor
from rooms.texts import Language, text
from rooms.texts.times import moment


def month_name(month: str, language: Language) -> str:
    """``oktober 2026``."""
    return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=language)


def day_and_time(at: int, zone: ZoneInfo, language: Language) -> str:
    """``9 nov. 2026 kl. 09.15``."""
    then = moment(at, zone)
    day = format_date(then.date(), "d MMM y", locale=language)
    time = then.strftime("%H.%M" if language == "sv" else "%H:%M")
    return text(language, "use.at", day=day, time=time)


def sentence(statement: Statement, language: Language) -> str:
    """What page one says: what was used, and what it costs."""
    issued = statement.head.state == "issued"
    values = {
        "month": month_name(statement.head.month, language),
        "used": hours(statement.used_s, language),
    }
    if statement.partner is None:
        key = "all" if issued else "all.draft"
        total = sum(one.amount for one in statement.totals)
        values |= {"amount": kronor(total, language), "partners": str(len(statement.totals))}
    else:
        key = "own" if issued else "own.draft"
        (own,) = statement.totals
        values |= {"own": hours(own.used_s, language), "amount": kronor(own.amount, language)}
    return text(language, f"statement.says.{key}", **values)


class TotalRow(NamedTuple):
    name: str
    used: str
    pools: str
    direct: str
    carried: str
    amount: str
    bounds: str  # "" where nothing was unknown
    width: str  # of its bar, for SVG


def total_rows(statement: Statement, language: Language) -> list[TotalRow]:
    """The largest amount first."""
    most = max((abs(one.amount) for one in statement.totals), default=0)
    return [
        TotalRow(
            statement.name_of(one.partner),
            hours(one.used_s, language),
            kronor(one.pools, language),
            kronor(one.direct, language) if one.direct else "–",
            kronor(one.carried, language) if one.carried else "–",
            kronor(one.amount, language),
            _bounds(one.low, one.high, language),
            place(max(0, one.amount) / most if most else 0.0),
        )
        for one in sorted(statement.totals, key=lambda one: (-one.amount, one.partner))
    ]


def _bounds(low: int, high: int, language: Language) -> str:
    if high - low < 100:  # öre: what rounding alone can make, and nobody asks about
        return ""
    least, most = kronor(low, language), kronor(high, language)
    return text(language, "statement.bounds", low=least, high=most)


class PartRow(NamedTuple):
    """How an amount comes about; parts in kronor before rounding."""

    name: str
    share: str
    used: str
    no_show: str
    weighted: str
    capacity: str
    usage: str
    unattributed: str
    fixed: str
    credit: str
    amount: str


class PoolTable(NamedTuple):
    name: str
    total: str
    how: str  # a sentence
    rows: list[PartRow]
    fixed: bool  # do columns have anything to tell?
    credit: bool
    no_show: bool


def pool_tables(statement: Statement, language: Language) -> list[PoolTable]:
    return [
        PoolTable(
            pool.name.in_(language),
            kronor(pool.total, language),
            _how(pool, language),
            [_part(statement, part, language) for part in pool.parts],
            any(part.fixed for part in pool.parts),
            any(part.credit for part in pool.parts),
            any(part.no_show_s for part in pool.parts),
        )
        for pool in statement.pools
        if pool.parts
    ]


def _how(pool: PoolLine, language: Language) -> str:
    words = text(
        language,
        "statement.pool.how",
        total=kronor(pool.total, language),
        capacity=exact(pool.capacity / 100, 2, language),
        usage=exact(pool.usage / 100, 2, language),
    )
    if pool.price is None:
        return words
    weighted = exact(pool.units / 3600, 2, language)
    price = exact(pool.price / 100, 2, language)
    return f"{words} {text(language, 'statement.pool.price', hours=weighted, price=price)}"


def _part(statement: Statement, part: Part, language: Language) -> PartRow:
    def money(amount: Fraction) -> str:
        return exact(amount / 100, 2, language) if amount else "–"

    return PartRow(
        statement.name_of(part.partner),
        f"{format_decimal(round(float(part.share * 100), 2), locale=language)}\N{NO-BREAK SPACE}%",
        hours(part.used_s, language),
        hours(part.no_show_s, language) if part.no_show_s else "–",
        exact(part.units / 3600, 2, language),
        money(part.capacity),
        money(part.usage),
        money(part.unattributed),
        money(part.fixed),
        money(part.credit),
        kronor(part.amount, language),
    )


class RoomRow(NamedTuple):
    id: str
    name: str
    used: str
    share: str  # of known time in use
    bookable: str
    coverage: str
    weak: bool
    unattributed: str
    lost: str
    treatment: str
    evidence: bool  # are there intervals to show?


def room_rows(statement: Statement, language: Language) -> list[RoomRow]:
    told = {one.room for one in statement.stays}
    told |= {one.room for one in statement.empty} | {one.room for one in statement.clashes}
    return [_room(room, room.room in told, language) for room in statement.rooms]


def _room(room: RoomLine, evidence: bool, language: Language) -> RoomRow:
    return RoomRow(
        room.room,
        room.name.in_(language),
        hours(room.occupied_s, language),
        percent(Ratio(room.occupied_s, room.known_s)),
        hours(room.bookable_s, language),
        covered(Ratio(room.known_s, room.bookable_s)),
        room.treatment != "private" and not room.sufficient,
        hours(room.unattributed_s, language) if room.unattributed_s else "–",
        hours(room.lost_s, language) if room.lost_s else "–",
        text(language, f"statement.room.{room.treatment}"),
        evidence,
    )


class ChangeRow(NamedTuple):
    name: str
    before: str
    now: str
    difference: str


def change_rows(
    changes: tuple[Change, ...], names: dict[str, str], language: Language
) -> Iterator[ChangeRow]:
    for one in changes:
        if one.difference:
            plus = "+" if one.difference > 0 else ""
            yield ChangeRow(
                names.get(one.partner, one.partner),
                kronor(one.before, language),
                kronor(one.now, language),
                f"{plus}{kronor(one.difference, language)}",
            )
