"""A room's day as a strip to draw: what it was like, whose it was, what was booked.

Places are SVG percentages of the hours shown, so that pages need no inline style.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from api import schemas
from api.board.numbers import place
from rooms.calendar import day_bounds, hours_of
from rooms.intervals import Interval, Intervals, subtract
from rooms.registry import Site
from rooms.texts import Language, text

COLOURS: Final = 8
_DAYTIME: Final = (8, 17)  # shown of a day on which nothing was open or happened


class Piece(NamedTuple):
    """A rectangle and what it says."""

    x: str
    width: str
    look: str
    words: str


class Mark(NamedTuple):
    """An hour on the axis."""

    x: str
    label: str


class Axis(NamedTuple):
    """The hours of a local day that are shown, ``[start, stop)`` ms."""

    start: int
    stop: int
    marks: list[Mark]

    def at(self, time: int) -> float:
        """Where on the strip, 0 to 1."""
        return (min(max(time, self.start), self.stop) - self.start) / (self.stop - self.start)

    def piece(self, span: Interval, look: str, words: str) -> Piece:
        a, b = self.at(span[0]), self.at(span[1])
        return Piece(place(a), place(b - a), look, words)


class Strip(NamedTuple):
    closed: list[Piece]
    states: list[Piece]
    bookings: list[Piece]
    now: str | None  # where the day has come to


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def span(interval: schemas.Interval) -> Interval:
    return ms(interval.start), ms(interval.end)


def axis(day: date, zone: ZoneInfo, lines: Iterable[schemas.Timeline]) -> Axis:
    """From the first whole hour in which a room could be booked, was booked or was in use, to
    the last."""
    start, stop = day_bounds(day, zone)
    hours = hours_of(day, zone)
    spans = [
        span(item)
        for line in lines
        for item in (
            *line.bookable,
            *line.bookings,
            *(one for one in line.intervals if one.state == "occupied"),
        )
    ]
    if not spans:
        spans = [(h.start, h.stop) for h in hours if _DAYTIME[0] <= h.hour < _DAYTIME[1]]
    low = max(min((a for a, _ in spans), default=start), start)
    high = min(max((b for _, b in spans), default=stop), stop)
    shown = [hour for hour in hours if hour.stop > low and hour.start < high]
    bare = Axis(shown[0].start, shown[-1].stop, [])
    marks = [Mark(place(bare.at(hour.start)), f"{hour.hour:02}") for hour in shown]
    return bare._replace(marks=marks)


class Names(NamedTuple):
    """What partners are called and how they are drawn, the same all over a page."""

    site: Site
    language: Language
    own: bool  # a partner looks: others have no names

    def of(self, partner: str | None) -> str:
        return next((p.name for p in self.site.partners if p.id == partner), partner or "")

    def look(self, partner: str | None) -> str:
        order = [p.id for p in self.site.partners]
        return f"p{order.index(partner) % COLOURS}" if partner in order else "nobody"

    def whose(self, share: schemas.ShareInterval) -> str:
        """The partner, "another partner" to those who may not know, or nobody's."""
        if share.partner is not None:
            return self.of(share.partner)
        if share.by == "unattributed" or not self.own:
            return text(self.language, "usage.unattributed")
        return text(self.language, "day.another")


def strip(line: schemas.Timeline, axis: Axis, names: Names, now: int) -> Strip:
    open_ = [span(one) for one in line.bookable]
    kept = ms(line.readings_from)
    language = names.language
    states = [
        axis.piece(span(one), "unknown", said(one, text(language, "state.unknown"), language))
        for one in line.intervals
        if one.state == "unknown" and ms(one.end) > kept
    ]
    states += [
        axis.piece(span(one), names.look(one.partner), said(one, _used(one, names), language))
        for one in line.shares
    ]
    return Strip(
        [
            axis.piece(one, "closed", text(language, "day.closed"))
            for one in subtract([(axis.start, axis.stop)], open_)
        ],
        states,
        [
            axis.piece(span(one), _look(one), said(one, booked(one, names), language))
            for one in line.bookings
        ],
        place(axis.at(now)) if axis.start < now < axis.stop else None,
    )


def _look(booking: schemas.BookingInterval) -> str:
    return "booking empty" if booking.came is False else "booking"


def _used(share: schemas.ShareInterval, names: Names) -> str:
    return f"{text(names.language, 'state.occupied')}, {names.whose(share)}"


def booked(booking: schemas.BookingInterval, names: Names) -> str:
    """``Bokat, Norrsken Digital AB, ingen kom``; without a name where there is none to tell."""
    words = [text(names.language, "day.booked")]
    if booking.partner is not None:
        words.append(names.of(booking.partner))
    if booking.came is False:
        words.append(text(names.language, "day.nobody_came"))
    if booking.conflict:
        words.append(text(names.language, "day.conflict"))
    return ", ".join(words)


def said(interval: schemas.Interval, words: str, language: Language) -> str:
    return f"{clock_span(interval.start, interval.end, language)} {words}"


def clock_span(start: datetime, end: datetime, language: Language) -> str:
    """``08.10–09.40``; midnight at the day's end is 24."""
    pattern = "%H.%M" if language == "sv" else "%H:%M"
    stop = end.strftime(pattern)
    if end.date() > start.date() and end.hour == end.minute == 0:
        stop = stop.replace("00", "24", 1)
    return f"{start.strftime(pattern)}–{stop}"


def legend(lines: Sequence[schemas.Timeline], names: Names) -> Mapping[str, str]:
    """Look -> name, of those who appear, as rooms.yaml has them, nobody last."""
    there = {share.partner for line in lines for share in line.shares}
    found = {names.look(p.id): p.name for p in names.site.partners if p.id in there}
    if None in there:
        key = "day.others" if names.own else "usage.unattributed"
        found["nobody"] = text(names.language, key)
    return found


def outside(interval: Interval, open_: Intervals) -> bool:
    """Does nothing of it lie in bookable time?"""
    return subtract([interval], open_) == [interval]
