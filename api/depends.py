"""What routes ask for, and what they promise to answer when something is wrong."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Depends, Request

from api.access import Allow, Caller
from api.language import language_of
from api.parts import Parts
from api.problems import MEDIA_TYPE
from api.snapshot import Snapshot, snapshot
from rooms.texts import Language


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsOf = Annotated[Parts, Depends(_parts)]
Lang = Annotated[Language, Depends(language_of)]

# Who may do what, in one place: a partner sees the rooms, but no devices.
Reader = Annotated[Caller, Depends(Allow("viewer", "partner"))]
Viewer = Annotated[Caller, Depends(Allow("viewer"))]
Maintainer = Annotated[Caller, Depends(Allow("maintainer"))]
Booker = Annotated[Caller, Depends(Allow("maintainer", "partner"))]  # says whose the room is
Manager = Annotated[Caller, Depends(Allow("manager"))]
Partner = Annotated[Caller, Depends(Allow("partner"))]  # disputes what is its own
Billed = Annotated[Caller, Depends(Allow("manager", "partner"))]  # sees money


def _snapshot(request: Request) -> Snapshot:
    now = snapshot(request.app.state.parts)
    caller: Caller | None = getattr(request.state, "caller", None)  # let in by the route's gate
    return now if caller is not None and caller.sees_devices else now.without_devices()


Now = Annotated[Snapshot, Depends(_snapshot)]  # as the caller may see it

_MEANING: Final = {
    401: "No key, or a wrong one",
    403: "The role is not enough",
    404: "There is no such thing",
    409: "It is not in a state that allows this",
    422: "Something in the request is wrong",
    429: "Too many wrong keys",
    503: "Something that is needed does not answer",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of errors as problem+json."""
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {
            "description": _MEANING[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in (401, 403, 422, 429, 503, *statuses)
    }
