"""Rooms: now, and in a window of time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import schemas
from api.depends import Lang, Now, PartsOf, Reader, problems
from api.parameters import only_known
from api.problems import Problem
from api.queries import occupancy, window
from api.views import room_view, rooms_view

router = APIRouter(prefix="/api/v1/rooms", tags=["rooms"], dependencies=[Depends(only_known)])

RoomId = Annotated[str, Path(examples=["granen"])]
_TIME = {"format": "date-time"}
Time = Annotated[str | None, Query(json_schema_extra=_TIME, examples=["2026-11-23T08:00:00+01:00"])]


@router.get("", responses=problems())
def all_rooms(_: Reader, now: Now, language: Lang) -> schemas.Rooms:
    """Every room now."""
    return rooms_view(now, language)


@router.get("/{room}", responses=problems(404))
def one_room(_: Reader, room: RoomId, now: Now, language: Lang) -> schemas.Room:
    """One room now."""
    if room not in now.registry.rooms:
        raise Problem(404, "no_room", room=room)
    return room_view(now, room, language)


@router.get("/{room}/occupancy", responses=problems(404))
def room_occupancy(
    caller: Reader,
    room: RoomId,
    parts: PartsOf,
    language: Lang,
    start: Time = None,
    end: Time = None,
) -> schemas.Occupancy:
    """How the room was used in `[start, end)`, at most 31 days; by default today until now.

    A room that is private all that time answers with `private: true` and nothing else.
    """
    registry = parts.registry()
    if room not in registry.rooms:
        raise Problem(404, "no_room", room=room)
    zone = registry.zone(registry.rooms[room][0].id)
    asked = window(start, end, parts.clock(), zone, language)
    return occupancy(parts, room, asked, devices=caller.sees_devices)
