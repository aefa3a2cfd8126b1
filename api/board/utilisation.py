"""The page on utilisation: how the rooms were used in a period, and how sure that is."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import schemas
from api.access import Caller
from api.board.cards import cards, most
from api.board.days import days
from api.board.heat import week
from api.board.numbers import NONE, Told, duration, hours, percent, place, told, when
from api.board.period import Asked, asked
from api.board.whose import whose
from api.depends import Lang, PartsOf, Reader
from api.parts import Parts
from api.usage.report import utilisation
from rooms.calendar import opening
from rooms.figures import Figures, Ratio, figures
from rooms.texts import Language, text
from rooms.texts.times import moment
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
    seats: str  # how full it was, and the most people
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
        "all_rooms": f"/utilisation?{urlencode(_link(what))}",
        "head": by_room,
        "notes": _notes(what, by_room, language),
        "use": use,
        "told": told(use, figures(use), language),
        "cards": cards(parts, what, use, language),
        "lines": _lines(by_room, what, language),
        "seats": bool(use.counted_s),
        "days": days(parts, what, language),
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


def _notes(what: Asked, head: schemas.Head, language: Language) -> list[str]:
    """How fresh the numbers are. Hours that are just over always wait for a moment: only days
    that are over are worth a word."""
    if head.as_of is None:
        return [text(language, "use.never_computed")]
    key = "use.provisional" if head.provisional else "use.as_of"
    notes = [text(language, key, as_of=when(head.as_of, language))]
    today = moment(what.period.now, what.period.zone).date()
    since = head.provisional_from
    if head.pending_hours and since is not None and since.date() < today:
        form = "one" if head.pending_hours == 1 else "many"
        notes.append(text(language, f"use.pending.{form}", count=head.pending_hours))
    return notes


def _lines(body: schemas.Utilisation, what: Asked, language: Language) -> list[RoomLine]:
    """The most used first; of equals, as rooms.yaml has them."""
    lines = [_line(row, what, language) for row in body.rows]
    return sorted(lines, key=lambda line: -(figures(line.use).frequency.value or -1.0))


def _line(row: schemas.UseRow, what: Asked, language: Language) -> RoomLine:
    use = _use(row)
    made = figures(use)
    fill = f"{percent(made.seat_fill)} ({most(use, language)})" if use.counted_s else NONE
    return RoomLine(
        name=row.label,
        href="" if row.removed else f"/utilisation?{urlencode(_link(what, room=row.key))}",
        removed=row.removed,
        use=use,
        told=told(use, made, language),
        booked=hours(use.booked_s),
        used=hours(use.occupied_s),
        seats=fill,
        bookable=hours(use.bookable_s),
        booked_width=place(made.booking_rate.value or 0.0),
        used_width=place(made.lowest.value or 0.0),
        no_shows=f"{use.no_shows}/{use.assessable}" if use.assessable else "–",
        walkin=hours(use.walkin_s),
    )


def _link(what: Asked, **more: str) -> dict[str, str]:
    """To the same period."""
    several = {"site": what.site.id} if len(what.sites) > 1 else {}
    return {"from": what.first.isoformat(), "to": what.last.isoformat(), **several, **more}


def _more(use: Use, made: Figures, language: Language) -> list[tuple[str, str, str]]:
    """(name, value, how) of what few ask for."""
    return [
        (
            text(language, "use.utilisation"),
            percent(made.utilisation),
            text(language, "use.utilisation.how"),
        ),
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
    """(what by, address) of the same numbers as CSV for Excel."""
    period = {"start": what.first.isoformat(), "site": what.site.id, "format": "excel"}
    if not what.period.open:
        period["end"] = what.period.days[-1].fromordinal(what.last.toordinal() + 1).isoformat()
    if what.room is not None:
        period["room"] = what.room
    return [
        (by, f"/api/v1/utilisation?{urlencode({'by': by, **period})}")
        for by in ("room", "day", "hour-of-week", "partner")
    ]
