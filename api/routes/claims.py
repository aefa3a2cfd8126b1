"""Whose time is it? Check-ins, and a manager's corrections of what was decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api import schemas
from api.access import Caller
from api.asked import invalid, time_asked
from api.checkins import check_in, checked_in
from api.corrections import check_partner, correct, correction_asked, correction_view, withdraw
from api.depends import Booker, Lang, Manager, Now, PartsOf, problems
from api.parameters import only_known
from api.problems import Problem
from api.queries import window
from api.routes.rooms import RoomId, Time
from rooms.attribution import LOOKBACK, CheckIn
from rooms.registry import Registry
from rooms.texts import text
from rooms.texts.times import moment

router = APIRouter(prefix="/api/v1/rooms", tags=["whose time"], dependencies=[Depends(only_known)])

CorrectionId = Annotated[int, Path(ge=1, le=2**53, examples=[7])]


@router.post("/{room}/checkin", responses=problems(404))
def post_checkin(
    caller: Booker,
    room: RoomId,
    asked: schemas.CheckInAsked,
    now: Now,
    parts: PartsOf,
    language: Lang,
) -> schemas.CheckedIn:
    """From now on the room is the partner's, until it checks out (`partner: null`), another
    check-in comes, `until`, 15 vacant minutes, or somebody else's booking.

    A partner's key checks in that partner, and out nobody else.
    """
    registry = now.registry
    zone = registry.zone(registry.rooms[_shared(registry, room, now.now)][0].id)
    _check_own(caller, asked.partner, checked_in(parts, room))
    check_partner(registry, room, asked.partner, language)
    until = None if asked.until is None else time_asked("until", asked.until, language, "body")
    if until is not None and not now.now < until <= now.now + LOOKBACK:
        raise invalid("until", text(language, "usage.field.until"), "body")
    check_in(parts, room, asked.partner, "api", until)
    return schemas.CheckedIn(
        room=room,
        partner=asked.partner,
        time=moment(now.now, zone),
        until=None if until is None else moment(until, zone),
    )


@router.get("/{room}/corrections", responses=problems(404))
def get_corrections(
    _: Manager,
    room: RoomId,
    parts: PartsOf,
    language: Lang,
    start: Time = None,
    end: Time = None,
) -> schemas.Corrections:
    """The corrections that touch `[start, end)`, at most 31 days, withdrawn ones too; by
    default those of today."""
    registry, now = parts.registry(), parts.clock()
    zone = registry.zone(registry.rooms[_known(registry, room)][0].id)
    asked = window(start, end, now, zone, language)
    found = parts.state.claims.corrections(room, *asked)
    return schemas.Corrections(corrections=[correction_view(registry, one) for one in found])


@router.post("/{room}/corrections", status_code=201, responses=problems(404))
def post_correction(
    caller: Manager,
    room: RoomId,
    asked: schemas.CorrectionAsked,
    parts: PartsOf,
    language: Lang,
) -> schemas.Correction:
    """Give time to another partner, or to nobody. The reason stands in the audit trail; the
    numbers follow as soon as they are computed again."""
    registry = parts.registry()
    _shared(registry, room, parts.clock())
    wanted = correction_asked(parts, room, asked, language)
    return correction_view(registry, correct(parts, room, wanted, caller.name))


@router.delete("/{room}/corrections/{correction}", responses=problems(404))
def delete_correction(
    caller: Manager, room: RoomId, correction: CorrectionId, parts: PartsOf
) -> schemas.Correction:
    """It no longer holds. It stays in the list, as withdrawn."""
    registry = parts.registry()
    _known(registry, room)
    return correction_view(registry, withdraw(parts, room, correction, caller.name))


def _known(registry: Registry, room: str) -> str:
    if room not in registry.rooms:
        raise Problem(404, "no_room", room=room)
    return room


def _shared(registry: Registry, room: str, now: int) -> str:
    if registry.private(_known(registry, room), now):
        raise Problem(422, "room_private", room=room)
    return room


def _check_own(caller: Caller, partner: str | None, holder: CheckIn | None) -> None:
    """A partner speaks for itself only: it checks out nobody else."""
    whose = partner if partner is not None else (holder and holder.partner)
    if caller.role == "partner" and whose not in (None, caller.partner):
        raise Problem(403, "other_partner", partner=caller.partner)
