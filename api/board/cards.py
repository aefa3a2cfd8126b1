"""The figures below the headline: one card each, with what it was made of and its coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api import schemas
from api.board.numbers import NONE, covered, duration, percent, when
from api.board.period import Asked
from api.parts import Parts
from api.usage.report import site_peaks
from rooms.figures import Figures, Ratio, figures
from rooms.texts import Language, text
from rooms.utilisation import Use


class Card(NamedTuple):
    title: str
    value: str
    lines: list[str]


def cards(parts: Parts, what: Asked, use: Use, language: Language) -> list[Card]:
    """Raises ``StoreError``."""
    made = figures(use)
    booked = _booked(use, made, language)
    if not use.bookings and not _calendars(parts, what):
        # what nobody could book is not known to be unbooked
        said = [text(language, "use.no_calendar")]
        booked = [Card(card.title, NONE, said) for card in booked]
    return [
        *booked,
        *_seats(use, made, language),
        *_peak(parts, what, language),
        _out(use, language),
    ]


def _calendars(parts: Parts, what: Asked) -> bool:
    """Does a calendar tell of any of the rooms?"""
    feeds = parts.state.claims.feeds()
    rooms = what.only if what.only is not None else [room.id for room in what.site.rooms]
    return any(room in feeds for room in rooms)


def _booked(use: Use, made: Figures, language: Language) -> list[Card]:
    booked = text(
        language,
        "use.booked.of",
        booked=duration(use.booked_s, language),
        bookable=duration(use.bookable_s, language),
    )
    walkin = [
        text(language, "use.walkin.share"),
        text(language, "use.walkin.of", walkin=duration(use.walkin_s, language)),
        text(language, "use.coverage", coverage=covered(made.coverage)),
    ]
    share = Ratio(use.walkin_s, use.occupied_s)
    return [
        Card(text(language, "use.booked"), percent(made.booking_rate), [booked]),
        Card(text(language, "use.no_show"), percent(made.no_show), _no_shows(use, language)),
        Card(text(language, "use.walkin"), percent(share), walkin),
    ]


def _no_shows(use: Use, language: Language) -> list[str]:
    if not use.bookings:
        return [text(language, "use.no_bookings")]
    lines = [text(language, "use.no_show.of", no_shows=use.no_shows, assessable=use.assessable)]
    if left := use.bookings - use.assessable:
        lines.append(text(language, "use.no_show.not", count=left))
    return lines


def _seats(use: Use, made: Figures, language: Language) -> Iterator[Card]:
    """Where people are counted."""
    if not use.counted_s:
        return
    counted = text(
        language,
        "use.seat_fill.counted",
        counted=duration(use.counted_s, language),
        used=duration(use.occupied_s, language),
    )
    lines = [text(language, "use.seat_fill.of"), most(use, language), counted]
    yield Card(text(language, "use.seat_fill"), percent(made.seat_fill), lines)


def most(use: Use, language: Language) -> str:
    """``högst 9 personer``."""
    form = "one" if use.people_max == 1 else "many"
    return text(language, f"use.people.{form}", count=use.people_max)


def _peak(parts: Parts, what: Asked, language: Language) -> Iterator[Card]:
    """Of all rooms together: one room is in use or not."""
    if what.room is not None:
        return
    found = site_peaks(parts, what.site, what.period)
    lines: list[str] = []
    value = NONE
    if found.highest is not None and found.percentile_95 is not None:
        value = percent(_ratio(found.highest.share))
        high = percent(_ratio(found.percentile_95.share))
        lines = [
            text(language, "use.peak.of"),
            when(found.highest.start, language, "EEE d MMM"),
            text(language, "use.peak.high", share=high),
        ]
    lines.append(text(language, "use.coverage", coverage=covered(_ratio(found.coverage))))
    yield Card(text(language, "use.peak"), value, lines)


def _ratio(ratio: schemas.Ratio) -> Ratio:
    return Ratio(ratio.numerator, ratio.denominator)


def _out(use: Use, language: Language) -> Card:
    value = duration(use.outside_s, language)
    return Card(text(language, "use.outside"), value, [text(language, "use.outside.of")])
