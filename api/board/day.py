"""All rooms' day, one under the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import schemas
from api.asked import YEARS, invalid, parse_day
from api.board.numbers import Told, told
from api.board.period import Choice, site_asked
from api.board.strip import Axis, Names, Strip, axis, legend, strip
from api.depends import Lang, PartsOf, Reader
from api.parts import Parts
from api.queries import Window
from api.timeline import timeline
from api.usage.period import Period
from api.usage.report import utilisation
from rooms.calendar import closed_because, day_bounds
from rooms.figures import figures
from rooms.registry import Site
from rooms.texts import Language, text
from rooms.texts.times import moment
from rooms.utilisation import Use

router = APIRouter(include_in_schema=False)


class Day(NamedTuple):
    """A local day of a site, and its neighbours."""

    site: Site
    day: date
    period: Period
    label: str
    closed: str | None  # why
    before: str  # its address
    after: str | None  # none after today
    sites: list[Choice]

    @property
    def window(self) -> Window:
        """All of it: bookings ahead are shown as well."""
        return Window(*day_bounds(self.day, self.period.zone))


class Line(NamedTuple):
    id: str
    name: str
    href: str
    private: bool
    told: Told | None
    strip: Strip | None
    words: list[str]  # the strip, for those who do not see it


def day_asked(
    parts: Parts, site: Site, path: str, given: str | None, language: Language, **keep: str
) -> Day:
    """Today where no date is given. Raises ``Problem`` 422."""
    registry, now = parts.registry(), parts.clock()
    zone = registry.zone(site.id)
    today = moment(now, zone).date()
    day = _date(given, language) if given else today
    if day > today:
        raise invalid("date", text(language, "use.field.future"))
    start, stop = day_bounds(day, zone)

    def href(other: date) -> str:
        return f"{path}?{urlencode({'date': other.isoformat(), **keep})}"

    return Day(
        site,
        day,
        Period(start, min(stop, now), zone, now),
        format_date(day, "EEEE d MMMM y", locale=language),
        closed_because(site, day, language),
        href(day - timedelta(days=1)),
        href(day + timedelta(days=1)) if day < today else None,
        [
            Choice(
                other.id,
                other.name.in_(language),
                other.id == site.id,
                f"{path}?{urlencode({'date': day.isoformat(), 'site': other.id})}",
            )
            for other in registry.sites.values()
        ],
    )


def _date(value: str, language: Language) -> date:
    try:
        day = parse_day(value)
        if day.year not in YEARS:
            raise ValueError(value)
    except ValueError:
        raise invalid("date", text(language, "api.field.day", value=value[:80])) from None
    return day


@router.get("/day")
def page(caller: Reader, request: Request, parts: PartsOf, language: Lang) -> Response:
    registry = parts.registry()
    query = request.query_params
    site = site_asked(query.get("site"), registry)
    keep = {"site": site.id} if len(registry.sites) > 1 else {}
    what = day_asked(parts, site, "/day", query.get("date"), language, **keep)
    lines = {
        room.id: timeline(parts, room.id, what.window, caller, language) for room in site.rooms
    }
    names = Names(site, language, caller.role == "partner")
    scale = axis(what.day, what.period.zone, lines.values())
    made: Response = request.app.state.pages.page(
        request,
        "day.html",
        caller=caller,
        what=what,
        axis=scale,
        legend=legend([*lines.values()], names),
        lines=_lines(parts, what, lines, scale, names),
        gone=gone(what, lines.values()),
    )
    return made


def gone(what: Day, lines: Iterable[schemas.Timeline]) -> bool:
    """Are the readings of the day deleted, so that only sums are left?"""
    return any(line.readings_from.timestamp() * 1000 > what.window.start for line in lines)


def _lines(
    parts: Parts, what: Day, lines: dict[str, schemas.Timeline], scale: Axis, names: Names
) -> list[Line]:
    sums = day_sums(parts, what, names.language)
    return [
        _line(room.id, room.name.in_(names.language), what, lines[room.id], sums, scale, names)
        for room in what.site.rooms
    ]


def _line(
    room: str,
    name: str,
    what: Day,
    line: schemas.Timeline,
    sums: dict[str, Use],
    scale: Axis,
    names: Names,
) -> Line:
    if line.private:
        return Line(room, name, "", True, None, None, [])
    use = sums.get(room, Use())
    drawn = strip(line, scale, names, what.period.now)
    return Line(
        room,
        name,
        f"/rooms/{room}/day?{urlencode({'date': what.day.isoformat()})}",
        False,
        told(use, figures(use), names.language),
        drawn,
        [piece.words for piece in (*drawn.states, *drawn.bookings)],
    )


def day_sums(
    parts: Parts, what: Day, language: Language, rooms: list[str] | None = None
) -> dict[str, Use]:
    """By room, as they are stored: the same numbers as on the page on utilisation."""
    body = utilisation(parts, what.site, what.period, "room", language, rooms)
    return {row.key: Use(**row.sums.model_dump()) for row in body.rows}
