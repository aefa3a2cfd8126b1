"""The other page behind a room's QR code: what is broken here? Needs no login and no script."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.board.checkin import Signed, admit
from api.checkin_links import checkin_path
from api.depends import Lang, Now, PartsOf
from api.forms import Form
from api.limits import Limit
from api.problems import Problem
from api.snapshot import Snapshot
from api.words import problem_text, zone_of
from rooms.faults import Fault
from rooms.faults.lifecycle import NotPossible
from rooms.faults.report import LONGEST, REPORTED, THINGS, one_line
from rooms.texts import TEXTS, Language, text
from rooms.texts.times import clock

router = APIRouter(include_in_schema=False)

# what people in the room would report again: what the equipment says of itself
_SEEN: Final = ("equipment_error", "equipment_warning", "peripheral_missing")
_DONE: Final = ("new", "known", "words")


@router.get("/report/{room}")
def report_page(
    _: Signed, request: Request, room: str, now: Now, language: Lang, k: str = ""
) -> Response:
    admit(request, now, room, k)
    done = request.query_params.get("done", "")
    page: Response = request.app.state.pages.page(
        request,
        "report.html",
        name=now.registry.rooms[room][1].name.in_(language),
        things=THINGS,
        longest=LONGEST,
        known=list(
            dict.fromkeys(_words(now, room, fault, language) for fault in _known(now, room))
        ),
        done=done if done in _DONE else "",
        signature=k,
        checkin=checkin_path(request.app.state.signing_secret, room),
    )
    return page


@router.post("/report/{room}")
def report(
    _: Signed, request: Request, room: str, now: Now, parts: PartsOf, form: Form
) -> Response:
    signature = form.get("k", "")
    admit(request, now, room, signature)
    thing, words = form.get("what", ""), one_line(form.get("words", ""))
    if thing not in THINGS:
        raise Problem(422, "report_thing")
    if len(words) > LONGEST:
        raise Problem(422, "report_long", most=LONGEST)
    often: Limit = request.app.state.reports
    if (wait := often.count(room, now.now)) is not None:
        raise Problem(429, "too_many_reports", {"Retry-After": str(wait)}, seconds=wait)
    known = any(fault.code == REPORTED and fault.detail == thing for fault in _known(now, room))
    try:
        parts.state.faults.report(
            room, thing, words, now.now, lambda subject: now.registry.place_of(subject, now.now)
        )
    except NotPossible:
        raise Problem(429, "reported_often") from None
    done = ("words" if words else "known") if known else "new"
    return RedirectResponse(f"/report/{room}?{urlencode({'k': signature, 'done': done})}", 303)


def _known(now: Snapshot, room: str) -> list[Fault]:
    """What is open here and would be reported again, the worst first.

    Whoever has the code is told what is broken, not what equipment says of itself or is called.
    """
    known = []
    for fault in now.problems_of(room):
        word = fault.detail.partition(": ")[0]
        if fault.code in _SEEN and f"problem.{fault.code}.{word}" not in TEXTS:
            word = "other"
        if fault.code in (REPORTED, *_SEEN) and f"problem.{fault.code}.{word}" in TEXTS:
            known.append(fault._replace(detail=word))
    return known


def _words(now: Snapshot, room: str, fault: Fault, language: Language) -> str:
    zone = zone_of(now, room)
    if fault.code != REPORTED:
        return problem_text(fault, now.now, zone, language)
    key = "report.known.open" if fault.acknowledged is None else "report.known.acknowledged"
    since = clock(fault.since, now.now, zone, language)
    return text(language, key, thing=text(language, f"report.thing.{fault.detail}"), since=since)
