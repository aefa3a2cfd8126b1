"""The page on utilisation: how the rooms were used in a period, and how sure that is."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import schemas
from api.access import Caller
from api.board.heat import week
from api.board.numbers import Told, covered, date_words, duration, hours, percent, place, told
from api.board.period import Asked, asked
from api.board.whose import whose
from api.depends import Lang, PartsOf, Reader
from api.parts import Parts
from api.usage.report import site_peaks, utilisation
from api.words import clock
from rooms.calendar import opening
from rooms.figures import Figures, Ratio, figures
from rooms.texts import Language, text
from rooms.utilisation import Use

router = APIRouter(include_in_schema=False)

_TEAMS_S = 8 * 3600


class RoomLine(NamedTuple):
    """A room's row in both tables: its share, and booked beside used time."""

    name: str
    href: str
    removed: bool
    use: Use
    told: Told
    booked: str
    used: str
    bookable: str
    booked_width: str  # of bookable time, for SVG
    used_width: str
    no_shows: str
    walkin: str


@router.get("/utilisation")
def page(caller: Reader, request: Request, parts: PartsOf, language: Lang) -> Response:
    """``?period|month|from&to``, ``site``, ``room``; see ``api.board.period``."""
    what = asked(request.query_params, parts.registry(), parts.clock(), language)
    made: Response = request.app.state.pages.page(
        request, "utilisation.html", caller=caller, **_all(parts, what, caller, language)
    )
    return made


def _all(parts: Parts, what: Asked, caller: Caller, language: Language) -> dict[str, Any]:
    by_room = utilisation(parts, what.site, what.period, "room", language, what.only)
    by_hour = utilisation(parts, what.site, what.period, "hour-of-week", language, what.only)
    owners = whose(parts, what, caller, language)
    use = _use(by_room.total)
    return {
        "what": what,
        "room": next((choice.label for choice in what.rooms if choice.chosen), ""),
        "head": by_room,
        "notes": _notes(parts, what, by_room, language),
        "use": use,
        "told": told(use, figures(use), language),
        "cards": [*_cards(use, language), *_peak(parts, what, language), _outside(use, language)],
        "lines": _lines(by_room, what, language),
        "week": week(by_hour, language),
        "whose": owners,
        "more": _more(use, figures(use), language),
        "others": _others(what, by_room, use, language),
        "sources": sorted({*by_room.source, *by_hour.source, *owners.source}),
        "files": _files(what),
        "hm": partial(duration, language=language),
    }


def _use(row: schemas.UseTotal) -> Use:
    return Use(**row.sums.model_dump())


def _notes(parts: Parts, what: Asked, head: schemas.Head, language: Language) -> list[str]:
    """How fresh the numbers are."""
    if head.as_of is None:
        return [text(language, "use.never_computed")]
    at = round(head.as_of.timestamp() * 1000)
    as_of = clock(at, parts.clock(), what.period.zone, language)
    key = "use.provisional" if head.provisional else "use.as_of"
    notes = [text(language, key, as_of=as_of)]
    if count := head.pending_hours:
        form = "one" if count == 1 else "many"
        notes.append(text(language, f"use.pending.{form}", count=count))
    return notes


class Card(NamedTuple):
    title: str
    value: str
    lines: list[str]


def _cards(use: Use, language: Language) -> list[Card]:
    made = figures(use)
    coverage = text(language, "use.coverage", coverage=covered(made.coverage))
    booked = text(
        language,
        "use.booked.of",
        booked=duration(use.booked_s, language),
        bookable=duration(use.bookable_s, language),
    )
    walkin = Ratio(use.walkin_s, use.occupied_s)
    return [
        Card(text(language, "use.booked"), percent(made.booking_rate), [booked]),
        Card(text(language, "use.no_show"), percent(made.no_show), _no_shows(use, language)),
        Card(
            text(language, "use.walkin"),
            percent(walkin),
            [
                text(language, "use.walkin.share"),
                text(language, "use.walkin.of", walkin=duration(use.walkin_s, language)),
                coverage,
            ],
        ),
    ]


def _no_shows(use: Use, language: Language) -> list[str]:
    if not use.bookings:
        return [text(language, "use.no_bookings")]
    lines = [text(language, "use.no_show.of", no_shows=use.no_shows, assessable=use.assessable)]
    if left := use.bookings - use.assessable:
        lines.append(text(language, "use.no_show.not", count=left))
    return lines


def _peak(parts: Parts, what: Asked, language: Language) -> list[Card]:
    """Of all rooms together: one room is in use or not."""
    if what.room is not None:
        return []
    found = site_peaks(parts, what.site, what.period)
    lines: list[str] = []
    value = "–"
    if found.highest is not None and found.percentile_95 is not None:
        value = percent(_ratio(found.highest.share))
        day = date_words(found.highest.start, language)
        at = found.highest.start.strftime("%H.%M" if language == "sv" else "%H:%M")
        high = percent(_ratio(found.percentile_95.share))
        lines = [
            text(language, "use.peak.at", day=day, time=at),
            text(language, "use.peak.high", share=high),
        ]
    lines.append(text(language, "use.coverage", coverage=covered(_ratio(found.coverage))))
    return [Card(text(language, "use.peak"), value, lines)]


def _outside(use: Use, language: Language) -> Card:
    value = duration(use.outside_s, language)
    return Card(text(language, "use.outside"), value, [text(language, "use.outside.of")])


def _ratio(ratio: schemas.Ratio) -> Ratio:
    return Ratio(ratio.numerator, ratio.denominator)


def _lines(body: schemas.Utilisation, what: Asked, language: Language) -> list[RoomLine]:
    """The most used first; of equals, as rooms.yaml has them."""
    lines = [_line(row, what, language) for row in body.rows]
    return sorted(lines, key=lambda line: -(figures(line.use).frequency.value or -1.0))


def _line(row: schemas.UseRow, what: Asked, language: Language) -> RoomLine:
    use = _use(row)
    made = figures(use)
    link = {"room": row.key, "from": what.first.isoformat(), "to": what.last.isoformat()}
    if len(what.sites) > 1:
        link["site"] = what.site.id
    return RoomLine(
        name=row.label,
        href="" if row.removed else f"/utilisation?{urlencode(link)}",
        removed=row.removed,
        use=use,
        told=told(use, made, language),
        booked=hours(use.booked_s),
        used=hours(use.occupied_s),
        bookable=hours(use.bookable_s),
        booked_width=place(made.booking_rate.value or 0.0),
        used_width=place(made.lowest.value or 0.0),
        no_shows=f"{use.no_shows}/{use.assessable}" if use.assessable else "–",
        walkin=hours(use.walkin_s),
    )


def _more(use: Use, made: Figures, language: Language) -> list[tuple[str, str, str]]:
    """(name, value, how) of what few ask for."""
    return [
        (
            text(language, "use.utilisation"),
            percent(made.utilisation),
            text(language, "use.utilisation.how"),
        ),
        (
            text(language, "use.seat_fill"),
            percent(made.seat_fill),
            text(language, "use.seat_fill.how"),
        ),
        (text(language, "use.people_max"), str(use.people_max) if use.people_max else "–", ""),
        (text(language, "use.lost"), duration(use.lost_s, language), ""),
    ]


def _others(
    what: Asked, body: schemas.Utilisation, use: Use, language: Language
) -> list[tuple[str, str]]:
    """What other products would call utilisation (metrics.md 2, the appendix)."""
    rooms = sum(1 for row in body.rows if row.sums.bookable_s)
    days = sum(1 for day in what.period.days if opening(what.site, day))
    made = figures(use)
    return [
        (
            text(language, "use.compare.teams"),
            percent(Ratio(use.booked_s, rooms * days * _TEAMS_S)),
        ),
        (text(language, "use.compare.opening"), percent(made.lowest)),
        (text(language, "use.compare.valid"), percent(made.frequency)),
    ]


def _files(what: Asked) -> list[tuple[str, str]]:
    """(what by, address) of the same numbers as CSV."""
    period = {"start": what.first.isoformat(), "site": what.site.id, "format": "csv"}
    if not what.period.open:
        period["end"] = what.period.days[-1].fromordinal(what.last.toordinal() + 1).isoformat()
    if what.room is not None:
        period["room"] = what.room
    return [
        (by, f"/api/v1/utilisation?{urlencode({'by': by, **period})}")
        for by in ("room", "day", "hour-of-week", "partner")
    ]
