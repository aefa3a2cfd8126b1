"""One room's period with its evidence, and whose time it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Depends, Response

from api import schemas
from api.csv import CONTENT, WantsCsv, csv_response
from api.depends import Lang, PartsOf, Reader, problems
from api.parameters import only_known
from api.problems import Problem
from api.queries import window
from api.routes.rooms import RoomId, Time
from api.timeline import timeline

router = APIRouter(prefix="/api/v1/rooms", tags=["utilisation"], dependencies=[Depends(only_known)])

# what a row of the CSV is about, the list of the body, and the fields that only some have
_LISTS = {
    "state": "intervals",
    "people": "people",
    "evidence": "evidence",
    "share": "shares",
    "booking": "bookings",
    "distrusted": "distrusted",
    "bookable": "bookable",
    "cleaning": "cleaning",
}
_COLUMNS = ("kind", "start", "end", "state", "provisional", "people", "device", "evidence")
_MORE = ("partner", "by", "came", "conflict", "code", "text")


@router.get("/{room}/timeline", response_model=schemas.Timeline, responses=problems(404) | CONTENT)
def room_timeline(
    caller: Reader,
    room: RoomId,
    parts: PartsOf,
    language: Lang,
    csv: WantsCsv,
    start: Time = None,
    end: Time = None,
) -> schemas.Timeline | Response:
    """`/occupancy` of `[start, end)`, and whose the occupied time was, bookings, devices that
    were not to be trusted, bookable and cleaning time, and why the house was closed.

    At most 31 days; by default today until now. With a partner's key other partners have no
    names. As CSV: one row per interval, its list in `kind`.
    """
    registry = parts.registry()
    if room not in registry.rooms:
        raise Problem(404, "no_room", room=room)
    zone = registry.zone(registry.rooms[room][0].id)
    asked = window(start, end, parts.clock(), zone, language)
    body = timeline(parts, room, asked, caller, language)
    if csv:
        name = f"timeline-{room}-{body.start:%Y-%m-%d}-to-{body.end:%Y-%m-%d}"
        return csv_response(csv, _rows(body), _COLUMNS + _MORE, name)
    return body


def _rows(body: schemas.Timeline) -> Iterator[dict[str, Any]]:
    for kind, name in _LISTS.items():
        for item in getattr(body, name):
            yield {"kind": kind, **dict(item)}
