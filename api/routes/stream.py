"""The live stream: server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from api.access import Caller
from api.depends import Lang, Reader, problems
from api.problems import Problem
from api.tail import Stream, Tail
from rooms.texts import Language

router = APIRouter(prefix="/api/v1", tags=["stream"])

BEAT_S: Final = 15
LIFE_S: Final = 3600  # then the browser comes back by itself, and is asked who it is again
_MOST: Final = 2**53
_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Events `room`, `problem`, `service`, `device` (on request) and `reload`;"
        " the id is the number of the change",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get("/stream", response_class=StreamingResponse, responses={**problems(), **_STREAM})
async def stream(
    request: Request,
    caller: Reader,
    language: Lang,
    devices: Annotated[bool, Query(description="Device events too (maintainers)")] = False,
    after: Annotated[
        int | None, Query(ge=0, le=_MOST, description="As Last-Event-ID, for the first connection")
    ] = None,
    last_event_id: Annotated[str | None, Header(description="Where the last one ended")] = None,
) -> StreamingResponse:
    """What changes, as it changes: the bodies of `/rooms/{room}` and `/devices/{device}`, and
    with `problem` all that is wrong with one subject. `reload` says that too much was missed:
    read everything again. `service` says whether anything is being collected."""
    if devices and not caller.may("maintainer"):
        raise Problem(403, "role", role=caller.role)
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        after = min(int(last_event_id[:16]), _MOST)
    tail: Tail = request.app.state.tail
    listener = await tail.subscribe(after, devices=devices)
    return StreamingResponse(
        _events(request, caller, tail, listener, language),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    request: Request, caller: Caller, tail: Tail, listener: Stream, language: Language
) -> AsyncIterator[str]:
    ends = asyncio.get_running_loop().time() + LIFE_S
    try:
        yield f"retry: 3000\nid: {listener.start}\n\n"
        while asyncio.get_running_loop().time() < ends:
            try:
                event = await asyncio.wait_for(listener.queue.get(), BEAT_S)
            except TimeoutError:
                event = None
                beat = ": still here\n\n"
            else:
                if event is None:
                    return
                body = event.told(language, devices=caller.sees_devices)
                if not body:
                    continue
                beat = f"id: {event.seq}\nevent: {event.kind}\ndata: {body}\n\n"
            if await asyncio.to_thread(_revoked, request, caller):
                return
            yield beat
    finally:
        tail.leave(listener)


def _revoked(request: Request, caller: Caller) -> bool:
    if caller.key is None:
        return False
    key = request.app.state.parts.state.access.key(caller.key)
    return key is None or key.revoked is not None
