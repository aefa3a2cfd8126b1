"""The page behind a room's QR code: whose meeting is it? Needs no login and no script."""

from __future__ import annotations

from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Open, refused
from api.board.words import Tile, tile
from api.checkin_links import is_signature, report_path
from api.checkins import booked_now, check_in, checked_in
from api.depends import Lang, Now, PartsOf
from api.forms import Form
from api.limits import Limit
from api.problems import Problem
from api.snapshot import Snapshot
from api.words import zone_of
from rooms.attribution import Booking
from rooms.texts import Language, text
from rooms.texts.times import clock

router = APIRouter(include_in_schema=False)

# No cookie is used, so another web site has nothing to ride on: whoever can send this form
# has read the signature in the room.
Signed = Annotated[
    None, Depends(Open("the signature in the room's QR code is the credential; it names one room"))
]


class Choice(NamedTuple):
    id: str
    name: str
    booked: bool  # it has booked the room now
    chosen: bool  # it is checked in


@router.get("/checkin/{room}")
def checkin_page(
    _: Signed, request: Request, room: str, now: Now, parts: PartsOf, language: Lang, k: str = ""
) -> Response:
    admit(request, now, room, k)
    holder = checked_in(parts, room)
    booking = booked_now(parts, room, now.now)
    choices = [
        Choice(
            partner.id,
            partner.name,
            booking is not None and booking.partner == partner.id,
            holder is not None and holder.partner == partner.id,
        )
        for partner in now.registry.rooms[room][0].partners
    ]
    page: Response = request.app.state.pages.page(
        request,
        "checkin.html",
        tile=_told(now, room, language),
        name=now.registry.rooms[room][1].name.in_(language),
        holder=next((choice for choice in choices if choice.chosen), None),
        since=None if holder is None else clock(holder.time, now.now, zone_of(now, room), language),
        booked=None if booking is None else _booked(now, room, booking, language),
        choices=choices,
        done=request.query_params.get("done", ""),
        signature=k,
        report=report_path(request.app.state.signing_secret, room),
    )
    return page


@router.post("/checkin/{room}")
def checkin(
    _: Signed, request: Request, room: str, now: Now, parts: PartsOf, form: Form
) -> Response:
    signature = form.get("k", "")
    admit(request, now, room, signature)
    partner = form.get("partner", "")
    known = {entry.id for entry in now.registry.rooms[room][0].partners}
    if "partner" not in form or (partner and partner not in known):
        raise Problem(422, "checkin_partner")
    often: Limit = request.app.state.checkins
    if (wait := often.count(room, now.now)) is not None:
        raise Problem(429, "too_many_checkins", {"Retry-After": str(wait)}, seconds=wait)
    check_in(parts, room, partner or None, "page")
    done = urlencode({"k": signature, "done": "in" if partner else "out"})
    return RedirectResponse(f"/checkin/{room}?{done}", 303)


def admit(request: Request, now: Snapshot, room: str, signature: str) -> None:
    """Raises ``Problem``: 403 for a wrong signature (429 for too many), then 404 for a room that
    is gone or is one person's office."""
    if not is_signature(request.app.state.signing_secret, room, signature):
        raise refused(request, 403, "checkin_link")
    if room not in now.registry.rooms or now.registry.private(room, now.now):
        raise Problem(404, "no_room", room=room)


def _told(now: Snapshot, room: str, language: Language) -> Tile:
    return tile(now.without_devices(), room, language)


def _booked(now: Snapshot, room: str, booking: Booking, language: Language) -> str:
    site = now.registry.rooms[room][0]
    names = {partner.id: partner.name for partner in site.partners}
    zone = zone_of(now, room)
    span = {
        "start": clock(booking.start, now.now, zone, language),
        "stop": clock(booking.stop, now.now, zone, language),
    }
    if booking.partner not in names:
        return text(language, "checkin.booked_by_somebody", **span)
    return text(language, "checkin.booked", partner=names[booking.partner], **span)
