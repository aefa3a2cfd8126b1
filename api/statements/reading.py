"""A statement in a reader's language: names, amounts, times and days as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from rooms.statement import money, notes
from rooms.statement.document import Note, Part, PoolLine, Statement, Total
from rooms.statement.inputs import NOBODY, Name
from rooms.texts import Language, text
from rooms.texts.times import moment


class Reading:
    """Looks names up once; everything that it returns is data, never markup."""

    def __init__(self, statement: Statement, language: Language) -> None:
        self.statement = statement
        self.language: Language = language
        self.own = statement.partner is not None
        self._partners = {one.id: one.name for one in statement.partners}
        self._rooms = {one.room: one.name.in_(language) for one in statement.rooms}
        self._pools = {one.id: one.name.in_(language) for one in statement.pools}
        zones = {one.id: ZoneInfo(one.timezone) for one in statement.sites}
        self._zones = {one.room: zones[one.site] for one in statement.rooms}

    def word(self, key: str, /, **values: object) -> str:
        return text(self.language, f"paper.{key}", **values)

    def name(self, name: Name) -> str:
        return name.in_(self.language)

    def partner(self, id_: str) -> str:
        return self.word("nobody") if id_ == NOBODY else self._partners.get(id_, id_)

    def room(self, id_: str) -> str:
        return self._rooms.get(id_, id_)

    def pool(self, id_: str | None) -> str:
        return "" if id_ is None else self._pools.get(id_, id_)

    def zone(self, room: str) -> ZoneInfo:
        return self._zones[room]

    def kr(self, ore: int) -> str:
        return money.kronor(ore, self.language)

    def exact(self, ore: Fraction) -> str:
        """Öre as kronor with four decimals."""
        return money.exact(ore / 100, 4, self.language)

    def hours(self, seconds: int) -> str:
        return money.hours(seconds, self.language).replace(" ", money.NBSP)

    def weighted(self, units: Fraction) -> str:
        """Weighted seconds as hours with two decimals."""
        return money.exact(units / 3600, 2, self.language)

    def percent(self, part: Fraction) -> str:
        return f"{money.exact(part * 100, 1, self.language)}\N{NO-BREAK SPACE}%"

    def number(self, value: Fraction) -> str:
        """A weight or factor: ``0,5``, or as a fraction where decimals would not end."""
        for places in range(10):
            if (value * 10**places).denominator == 1:
                return money.exact(value, places, self.language)
        return str(value)

    @property
    def month(self) -> str:
        return self.month_of(self.statement.head.month)

    def month_of(self, month: str) -> str:
        day = date.fromisoformat(f"{month}-01")
        return str(format_date(day, "MMMM y", locale=self.language))

    def day(self, day: date) -> str:
        return _day(day, self.language)

    def long_day(self, day: date) -> str:
        return str(format_date(day, "d MMMM y", locale=self.language))

    def clock(self, at: datetime) -> str:
        return at.strftime("%H.%M" if self.language == "sv" else "%H:%M")

    def span(self, room: str, start: int, stop: int) -> str:
        """``08.55–09.40``, local; seconds only where they matter are in the workbook."""
        zone = self.zone(room)
        return f"{self.clock(moment(start, zone))}–{self.clock(moment(stop, zone))}"

    def local_day(self, room: str, at: int) -> date:
        return moment(at, self.zone(room)).date()

    @property
    def title(self) -> str:
        return self.word("title", month=self.month)

    @property
    def number_and_version(self) -> str:
        head = self.statement.head
        if head.number is None:
            return self.word("draft")
        return self.word("numbered", number=head.number, version=head.version)

    @property
    def issuers(self) -> str:
        return ", ".join(dict.fromkeys(site.issuer for site in self.statement.sites))

    def total_of(self, partner: str) -> Total:
        """The partner's total; zeros for one that takes no part this month."""
        found = (one for one in self.statement.totals if one.partner == partner)
        return next(found, Total(partner, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    def note(self, note: Note) -> str:
        return notes.say(note, self.statement, self.language)

    @property
    def first_zone(self) -> ZoneInfo:
        return ZoneInfo(self.statement.sites[0].timezone)

    def carried(self) -> Iterable[tuple[str, str | None, str, int]]:
        """Month, pool, partner and öre of each small difference of an earlier month."""
        return (
            (self.month_of(carry.month), part.pool, part.partner, part.amount)
            for carry in self.statement.carries
            for part in carry.parts
        )

    def parts(self) -> Iterable[tuple[PoolLine, Part]]:
        return ((pool, part) for pool in self.statement.pools for part in pool.parts)


@lru_cache(maxsize=128)
def _day(day: date, language: Language) -> str:
    return str(format_date(day, "EEE d MMM", locale=language))


@cache
def evidence(by: str, language: Language) -> str:
    """The class of evidence in words."""
    return text(language, f"paper.by.{by}")
