"""Disputes on the board: filed beside an interval, answered by a manager."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from api import schemas
from api.access import Caller
from api.asked import invalid
from api.board.strip import clock_span
from api.corrections import first_open_day
from api.depends import Billed, Lang, Partner, PartsOf
from api.disputes import answer_dispute, file_dispute, site_of, state_name
from api.forms import Form
from api.parts import Parts
from api.routes.disputes import DisputeId
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.state.disputes import Dispute

router = APIRouter(include_in_schema=False)

MOST_CLOSED: Final = 50  # shown; the API lists all
_PLACES: Final = re.compile(
    r"/statements(/\d{1,9}|/draft/20\d\d-\d\d)?|/rooms/[a-z][a-z0-9-]*/day", re.ASCII
)


class Row(NamedTuple):
    id: int
    what: str  # room, day, time
    who: str
    reason: str
    state: str
    answer: str
    open: bool
    partner: str
    partners: list[tuple[str, str]]  # to whom the time can be given
    frozen: bool  # its numbers can no longer be computed
    day: str  # its address


def rows(
    parts: Parts, disputes: Iterable[Dispute], caller: Caller, language: Language
) -> list[Row]:
    """Open ones first, then the newest of the others."""
    newest = sorted(disputes, key=lambda one: -one.id)
    open_ = [one for one in newest if one.state == "open"]
    closed = [one for one in newest if one.state != "open"][:MOST_CLOSED]
    return [_row(parts, one, caller, language) for one in (*open_, *closed)]


def _row(parts: Parts, one: Dispute, caller: Caller, language: Language) -> Row:
    registry = parts.registry()
    zone = registry.zone(site_of(registry, one.room))
    start, stop = moment(one.start, zone), moment(one.stop, zone)
    known = registry.rooms.get(one.room)
    name = one.room if known is None else known[1].name.in_(language)
    day = format_date(start.date(), "d MMM y", locale=language)
    site = registry.sites[site_of(registry, one.room)]
    names = {entry.id: entry.name for entry in site.partners}
    return Row(
        one.id,
        f"{name}, {day} {clock_span(start, stop, language)}",
        names.get(one.partner, one.partner),
        one.message,
        state_name(one.state, language),
        one.answer,
        one.state == "open",
        one.partner,
        list(names.items()) if caller.only is None else [],
        known is None or start.date() < first_open_day(parts, one.room),
        "" if known is None else f"/rooms/{one.room}/day?date={start.date()}",
    )


@router.post("/statements/disputes")
def post_dispute(caller: Partner, parts: PartsOf, language: Lang, form: Form) -> Response:
    """From the form beside an interval; other web sites are kept out by the gate."""
    given = {name: form.get(name, "") for name in ("room", "start", "end", "reason")}
    file_dispute(parts, schemas.DisputeAsked.model_validate(given), caller, language)
    return _back(form, "disputed")


@router.post("/statements/disputes/{dispute}")
def post_answer(
    caller: Billed, dispute: DisputeId, parts: PartsOf, language: Lang, form: Form
) -> Response:
    """To correct, a partner must have been chosen; ``-`` gives the time to nobody."""
    given: dict[str, str | None] = {"do": form.get("do"), "reason": form.get("reason", "")}
    if form.get("do") == "correct" and form.get("partner"):
        given["partner"] = None if form["partner"] == "-" else form["partner"]
    try:
        asked = schemas.DisputeAnswer.model_validate(given)
    except ValidationError:
        raise invalid("do", text(language, "dispute.field.do"), "body") from None
    done = answer_dispute(parts, dispute, asked, caller, language)
    return _back(form, f"dispute_{done.state}")


def _back(form: dict[str, str], done: str) -> Response:
    """To the page that the form was on, if it is one of ours."""
    place = form.get("back", "")
    known = _PLACES.fullmatch(place) is not None
    keep = {name: form[name] for name in ("room", "date") if known and form.get(name)}
    query = urlencode(keep | {"done": done})
    return RedirectResponse(f"{place if known else '/statements'}?{query}", 303)
