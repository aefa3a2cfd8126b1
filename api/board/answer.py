"""The page behind an alert's link: acknowledges without a login, by the page's button, once.

Opening it changes nothing: mail scanners and previews open links too.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Open, refused
from api.board.fault_words import next_booking, where
from api.board.faults import seen_to
from api.depends import Lang, PartsOf
from api.faults import zone_of_fault
from api.parts import Parts
from api.problems import Problem
from api.snapshot import Snapshot, snapshot
from api.words import problem_text, zone_of
from rooms.alerts.links import read_alert_token
from rooms.alerts.message import Alert
from rooms.faults import Fault
from rooms.texts import Language, text
from rooms.texts.times import clock
from rooms.units import DAY_MS

router = APIRouter(include_in_schema=False)

# No cookie is used, so another web site has nothing to ride on: whoever can send this form has
# the message with the token.
Token = Annotated[
    None, Depends(Open("the token in the alert's link is the credential; it names one alert"))
]


class Line(NamedTuple):
    severity: str
    what: str
    where: str
    booking: str
    state: str  # over, seen to, or "" where somebody is needed


@router.api_route("/answer/{token}", methods=["GET", "HEAD"])
def answer_page(_: Token, request: Request, token: str, parts: PartsOf, language: Lang) -> Response:
    alert = _admit(request, token)
    now = snapshot(parts)
    faults = _faults(parts, alert)
    answered = alert.answered
    page: Response = request.app.state.pages.page(
        request,
        "answer.html",
        lines=_lines(parts, now, faults, language),
        waiting=sum(_waits(fault) for fault in faults),
        answered=None
        if answered is None
        else clock(answered, now.now, zone_of(now, None), language),
        any_open=any(fault.open for fault in faults),
        done=request.query_params.get("done", ""),
    )
    return page


@router.post("/answer/{token}")
def answer(_: Token, request: Request, token: str, parts: PartsOf) -> Response:
    alert = _admit(request, token)
    used = acknowledge(parts, alert)
    return RedirectResponse(f"/answer/{token}{'?done=1' if used else ''}", 303)


def acknowledge(parts: Parts, alert: Alert) -> bool:
    """Every fault of the alert that waits for somebody, as that person; false where the link was
    used, or nothing waits any more."""
    now = parts.clock()
    with parts.state.transaction():
        waiting = [fault for fault in _faults(parts, alert) if _waits(fault)]
        if not waiting or not parts.state.alerts.answer(alert.id, now):
            return False
        for fault in waiting:
            parts.state.faults.act(fault.id, "acknowledged", now, alert.person)
    return True


def _admit(request: Request, token: str) -> Alert:
    """Raises ``Problem``: 403 for a forged token (429 for too many), 410 for one that has expired
    or whose alert is forgotten."""
    parts: Parts = request.app.state.parts
    link = read_alert_token(request.app.state.signing_secret, token)
    if link is None:
        raise refused(request, 403, "answer_link")
    alert = parts.state.alerts.get(link.alert)
    if alert is None or alert.person != link.person or parts.clock() >= link.expires:
        raise Problem(410, "answer_expired")
    return alert


def _faults(parts: Parts, alert: Alert) -> list[Fault]:
    ids = dict.fromkeys(entry.fault for entry in alert.entries)
    return [fault for id_ in ids if (fault := parts.state.faults.get(id_)) is not None]


def _waits(fault: Fault) -> bool:
    return fault.open and fault.acknowledged is None


def _lines(parts: Parts, now: Snapshot, faults: list[Fault], language: Language) -> list[Line]:
    bookings = parts.state.claims.to_come(now.now, now.now + DAY_MS)
    return [
        Line(
            fault.severity,
            problem_text(fault, now.now, zone_of_fault(now.registry, fault), language),
            where(now, fault, language),
            next_booking(now, fault, bookings, language) if fault.open else "",
            _state(now, fault, language),
        )
        for fault in faults
    ]


def _state(now: Snapshot, fault: Fault, language: Language) -> str:
    if fault.resolved is None:
        return seen_to(now, fault, language)
    zone = zone_of_fault(now.registry, fault)
    return text(language, "faults.over", at=clock(fault.resolved, now.now, zone, language))
