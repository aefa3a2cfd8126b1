"""One room's day, interval by interval, and a manager's corrections of whose it was."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import schemas
from api.board.day import Day, day_asked, day_sums, gone
from api.board.numbers import duration, told
from api.board.strip import Names, axis, booked, clock_span, ms, outside, said, span, strip
from api.checkin_links import checkin_path
from api.corrections import correct, correction_asked, first_open_day, withdraw
from api.depends import Lang, Manager, PartsOf, Reader
from api.forms import Form
from api.parts import Parts
from api.problems import Problem
from api.timeline import timeline
from rooms.figures import figures
from rooms.intervals import Interval
from rooms.registry import Registry
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.state import StoredCorrection

router = APIRouter(include_in_schema=False)


class Row(NamedTuple):
    """A stretch of one state and one owner."""

    time: str
    length: str
    state: str  # and what there is to say of it: provisional, outside bookable time
    look: str
    evidence: str  # what showed that somebody was there
    whose: str
    by: str
    start: str  # RFC 3339, for the form that corrects it
    end: str
    partner: str
    may_correct: bool
    may_dispute: bool  # a partner its own


class Correction(NamedTuple):
    id: int
    words: str
    reason: str
    withdrawn: bool


@router.get("/rooms/{room}/day")
def page(caller: Reader, request: Request, room: str, parts: PartsOf, language: Lang) -> Response:
    registry = parts.registry()
    _shared(registry, room, parts.clock())
    site, entry = registry.rooms[room]
    path = f"/rooms/{room}/day"
    what = day_asked(parts, site, path, request.query_params.get("date"), language)
    line = timeline(parts, room, what.window, caller, language)
    names = Names(site, language, caller.role == "partner")
    scale = axis(what.day, what.period.zone, [line])
    use = day_sums(parts, what, language, [room])[room]
    open_ = what.day >= first_open_day(parts, room)
    secret = request.app.state.signing_secret
    made: Response = request.app.state.pages.page(
        request,
        "room_day.html",
        caller=caller,
        what=what,
        room=room,
        name=entry.name.in_(language),
        use=use,
        told=told(use, figures(use), language),
        axis=scale,
        strip=strip(line, scale, names, what.period.now),
        rows=rows(
            line,
            names,
            registry,
            may=open_ and caller.may("manager"),
            own=caller.only if open_ else None,
        ),
        bookings=[said(one, booked(one, names), language) for one in line.bookings],
        distrusted=[f"{one.text} {one.device or ''}".strip() for one in line.distrusted],
        corrections=_corrections(parts, what, room, names) if caller.may("manager") else [],
        partners=site.partners,
        checkin=checkin_path(secret, room) if caller.may("maintainer") else "",
        done=request.query_params.get("done", ""),
        gone=gone(what, [line]),
        use_href=_use_href(what, room),
        all_rooms=f"/day?{urlencode({'date': what.day.isoformat(), 'site': site.id})}",
    )
    return made


def _use_href(what: Day, room: str) -> str:
    """The room's month; a partner of two houses is told of the right one."""
    query = {"month": f"{what.day:%Y-%m}", "room": room}
    if len(what.sites) > 1:
        query["site"] = what.site.id
    return f"/utilisation?{urlencode(query)}"


@router.post("/rooms/{room}/corrections")
def post_correction(
    caller: Manager, room: str, parts: PartsOf, language: Lang, form: Form
) -> Response:
    """From the form beside an interval; other web sites are kept out by the manager's gate."""
    _shared(parts.registry(), room, parts.clock())
    asked = schemas.CorrectionAsked(
        start=form.get("start", ""),
        end=form.get("end", ""),
        partner=form.get("partner") or None,
        reason=form.get("reason", ""),
    )
    correct(parts, room, correction_asked(parts, room, asked, language), caller.name)
    return _back(room, form, "corrected")


@router.post("/rooms/{room}/corrections/{correction}/withdraw")
def post_withdraw(
    caller: Manager, room: str, correction: int, parts: PartsOf, form: Form
) -> Response:
    _shared(parts.registry(), room, parts.clock())
    withdraw(parts, room, correction, caller.name)
    return _back(room, form, "withdrawn")


def _back(room: str, form: dict[str, str], done: str) -> Response:
    """To the day that the form was on."""
    query = urlencode({"date": form.get("date", ""), "done": done})
    return RedirectResponse(f"/rooms/{room}/day?{query}", 303)


def _shared(registry: Registry, room: str, now: int) -> None:
    if room not in registry.rooms:
        raise Problem(404, "no_room", room=room)
    if registry.private(room, now):
        raise Problem(404, "room_private", room=room)


def rows(
    line: schemas.Timeline, names: Names, registry: Registry, *, may: bool, own: str | None
) -> list[Row]:
    """The day's states in order; what is occupied, by whose it was. ``may`` correct it, or
    dispute one's ``own``."""
    parts: list[tuple[schemas.StateInterval, schemas.ShareInterval | None, Interval]] = []
    for one in line.intervals:
        start, stop = span(one)
        shares = [s for s in line.shares if ms(s.start) < stop and ms(s.end) > start]
        if one.state == "occupied" and shares:
            parts += [(one, s, (max(start, ms(s.start)), min(stop, ms(s.end)))) for s in shares]
        else:
            parts.append((one, None, (start, stop)))
    return [_row(line, *part, names, registry, may=may, own=own) for part in parts]


def _row(
    line: schemas.Timeline,
    state: schemas.StateInterval,
    share: schemas.ShareInterval | None,
    times: Interval,
    names: Names,
    registry: Registry,
    *,
    may: bool,
    own: str | None,
) -> Row:
    language = names.language
    start = max(state.start, share.start) if share else state.start
    end = min(state.end, share.end) if share else state.end
    notes = [text(language, f"state.{state.state}")]
    if state.provisional:
        notes.append(text(language, "day.provisional"))
    if outside(times, [span(one) for one in line.bookable]):
        notes.append(text(language, "day.not_bookable"))
    return Row(
        clock_span(start, end, language),
        duration((times[1] - times[0]) // 1000, language),
        ", ".join(notes),
        names.look(share.partner) if share else state.state,
        ", ".join(_evidence(line, times, registry, language)) if share else "",
        names.whose(share) if share else "",
        text(language, f"day.by.{share.by}") if share else "",
        start.isoformat(),
        end.isoformat(),
        (share.partner or "") if share else "",
        share is not None and may,
        bool(own) and share is not None and share.partner == own,
    )


def _evidence(
    line: schemas.Timeline, times: Interval, registry: Registry, language: Language
) -> list[str]:
    """What showed that somebody was there: ``rörelse (granen-pir)``."""
    seen = {
        (one.evidence, one.device): None
        for one in line.evidence
        if ms(one.start) < times[1] and ms(one.end) > times[0]
    }
    words = []
    for kind, device in seen:
        word = text(language, f"day.evidence.{kind}")
        entry = None if device is None else registry.devices.get(device)
        own = None if entry is None or entry.device.name is None else entry.device.name
        name = device if own is None else own.in_(language)
        words.append(word if name is None else f"{word} ({name})")
    return words


def _corrections(parts: Parts, what: Day, room: str, names: Names) -> list[Correction]:
    def words(one: StoredCorrection) -> str:
        start, stop = (moment(at, what.period.zone) for at in (one.start, one.stop))
        partner = names.of(one.partner) or text(names.language, "usage.unattributed")
        key = "day.correction.withdrawn" if one.withdrawn else "day.correction"
        span_ = clock_span(start, stop, names.language)
        return text(names.language, key, span=span_, partner=partner, actor=one.actor)

    found = parts.state.claims.corrections(room, *what.window)
    return [Correction(c.id, words(c), c.reason, c.withdrawn is not None) for c in found]
