"""A room's month in a statement, day by day: what stands behind the hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date

from api.board.strip import clock_span
from api.corrections import first_open_day
from api.disputes import state_name
from api.parts import Parts
from rooms.statement.document import Statement
from rooms.statement.inputs import NOBODY, Empty, Stay
from rooms.statement.money import hours
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.state.disputes import Dispute


class Entry(NamedTuple):
    at: int
    time: str
    length: str
    whose: str
    what: str  # by which evidence, or what else it is
    start: str  # RFC 3339, for the form that disputes it
    end: str
    may_dispute: bool
    disputed: str  # what became of it


class DayEntries(NamedTuple):
    label: str
    href: str  # the day itself
    entries: list[Entry]


class Told(NamedTuple):
    """What evidence is told with."""

    parts: Parts
    statement: Statement
    room: str
    zone: ZoneInfo
    language: Language
    disputes: Sequence[Dispute]

    def name(self, partner: str) -> str:
        if partner == NOBODY:
            return text(self.language, "usage.unattributed")
        return self.statement.name_of(partner)

    def open_from(self) -> date | None:
        """Since when a partner can dispute; ``None``: not at all."""
        registry = self.parts.registry()
        if self.statement.partner is None or self.room not in registry.rooms:
            return None
        if registry.private(self.room, self.parts.clock()):
            return None
        return first_open_day(self.parts, self.room)


def days(told: Told) -> list[DayEntries]:
    """By day, each by time. What a partner is not told of is in no statement of it."""
    made = sorted([*_stays(told), *_empty(told), *_clashes(told)], key=lambda one: one.at)

    def day_of(one: Entry) -> date:
        return moment(one.at, told.zone).date()

    known = told.room in told.parts.registry().rooms
    return [
        DayEntries(
            format_date(day, "EEE d MMM", locale=told.language),
            f"/rooms/{told.room}/day?date={day}" if known else "",
            list(entries),
        )
        for day, entries in groupby(made, day_of)
    ]


def _disputable(told: Told, one: Stay | Empty, since: date | None) -> bool:
    """Only what is the reader's own, and can still be computed again."""
    own = one.partner != NOBODY and one.partner == told.statement.partner
    return own and since is not None and moment(one.start, told.zone).date() >= since


def _stays(told: Told) -> Iterator[Entry]:
    since = told.open_from()
    for one in told.statement.stays:
        if one.room == told.room:
            words = [text(told.language, f"statement.by.{one.by}")]
            if one.outside:
                words.append(text(told.language, "day.not_bookable"))
            may = _disputable(told, one, since)
            yield _entry(told, (one.start, one.stop), told.name(one.partner), words, may)


def _empty(told: Told) -> Iterator[Entry]:
    since = told.open_from()
    for one in told.statement.empty:
        if one.room == told.room:
            words = [text(told.language, "statement.empty")]
            may = _disputable(told, one, since)
            yield _entry(told, (one.start, one.stop), told.name(one.partner), words, may)


def _clashes(told: Told) -> Iterator[Entry]:
    for one in told.statement.clashes:
        if one.room == told.room:
            # in a partner's statement the other one has no name
            first, second = (
                text(told.language, "day.another")
                if partner == NOBODY and told.statement.partner is not None
                else told.name(partner)
                for partner in (one.first, one.second)
            )
            words = [text(told.language, "statement.clash", first=first, second=second)]
            yield _entry(told, (one.start, one.stop), "", words, False)


def _entry(told: Told, span: tuple[int, int], whose: str, words: Sequence[str], may: bool) -> Entry:
    start, end = (moment(at, told.zone) for at in span)
    states = [
        one.state
        for one in told.disputes
        if may and one.room == told.room and one.start < span[1] and one.stop > span[0]
    ]
    return Entry(
        span[0],
        clock_span(start, end, told.language),
        hours((span[1] - span[0]) // 1000, told.language),
        whose,
        ", ".join(words),
        start.isoformat(),
        end.isoformat(),
        may and "open" not in states,
        state_name(states[-1], told.language) if states else "",
    )
