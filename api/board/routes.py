"""The pages and the fragments that keep them live."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access import Caller, Open
from api.board.attribution_note import AttributionNote
from api.board.devices import device_lines, unknown_lines
from api.board.pages import YEAR_S, Pages
from api.board.walktest import walk
from api.board.words import summary, tile
from api.depends import Lang, Maintainer, Now, PartsOf, Reader
from api.problems import Problem
from api.snapshot import Snapshot
from rooms.texts import Language

router = APIRouter(include_in_schema=False)

Style = Annotated[None, Depends(Open("style and script of the login page; tells nothing of rooms"))]


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


@router.get("/")
def board(caller: Reader, request: Request, now: Now, language: Lang) -> Response:
    """Rooms as tiles, grouped by site."""
    groups = [
        (site.name.in_(language), [tile(now, room.id, language) for room in site.rooms])
        for site in now.registry.sites.values()
    ]
    return _pages(request).page(
        request,
        "board.html",
        caller=caller,
        groups=groups,
        notes=_notes(request, caller, now, language),
        summary=summary(now, language),
        seq=now.seq,
    )


def _notes(request: Request, caller: Caller, now: Snapshot, language: Language) -> list[str]:
    """For those who can do something about it."""
    if not caller.may("maintainer"):
        return []
    note: AttributionNote = request.app.state.attribution_note
    return [line for site in now.registry.sites.values() for line in note.of(site, language)]


@router.get("/tiles/{room}")
def room_tile(_: Reader, request: Request, room: str, now: Now, language: Lang) -> Response:
    if room not in now.registry.rooms:
        raise Problem(404, "no_room", room=room)
    return _pages(request).fragment(request, "tile.html", tile=tile(now, room, language))


@router.get("/summary")
def board_summary(_: Reader, request: Request, now: Now, language: Lang) -> Response:
    return _pages(request).fragment(request, "summary.html", summary=summary(now, language))


@router.get("/devices")
def devices(caller: Maintainer, request: Request, now: Now, language: Lang) -> Response:
    lines = device_lines(now, language)
    return _pages(request).page(request, "devices.html", caller=caller, lines=lines)


@router.get("/unknown")
def unknown(
    caller: Maintainer, request: Request, parts: PartsOf, now: Now, language: Lang
) -> Response:
    found = [] if parts.quarantine is None else parts.quarantine.unknown_devices()
    lines = unknown_lines(now, found, language)
    return _pages(request).page(request, "unknown.html", caller=caller, lines=lines)


Since = Annotated[int | None, Query(ge=0, le=2**53, description="When the walk began, ms")]


@router.get("/walktest")
def walk_test(
    caller: Maintainer, request: Request, now: Now, language: Lang, since: Since = None
) -> Response:
    """Which device notices the one who walks through the rooms."""
    walked = walk(now, now.now if since is None else since, language)
    return _pages(request).page(
        request, "walktest.html", caller=caller, walk=walked, seq=now.seq, current=now.connected
    )


@router.get("/walktest/now")
def walk_now(
    _: Maintainer, request: Request, now: Now, language: Lang, since: Since = None
) -> Response:
    walked = walk(now, now.now if since is None else since, language)
    return _pages(request).fragment(request, "walk.html", walk=walked)


@router.get("/static/{name}")
def static(_: Style, request: Request, name: str) -> Response:
    """From memory: nothing but these files can be asked for."""
    item = _pages(request).static.get(name)
    if item is None:
        raise Problem(404, "not_found")
    headers = {"Cache-Control": f"public, max-age={YEAR_S}, immutable"}  # addressed by version
    return Response(item.body, media_type=item.media_type, headers=headers)
