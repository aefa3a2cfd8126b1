"""How a browser gets in and out: a login link, a display link, logging out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Allow, Caller, Open, refused, require_same_site
from api.depends import PartsOf
from api.sessions import Session

router = APIRouter(include_in_schema=False)

Secret = Annotated[None, Depends(Open("the secret in the address is the credential"))]
Anyone = Annotated[Caller, Depends(Allow("viewer", "partner"))]


@router.get("/login/{secret}")
def login_page(_: Secret, request: Request, secret: str, parts: PartsOf) -> Response:
    """Only shows a button: mail scanners and previews open links too, and must not use it up."""
    link = parts.state.access.link(secret, parts.clock())
    if link is None:
        raise refused(request, 410, "used_link")
    page: Response = request.app.state.pages.login(request, link)
    return page


@router.post("/login/{secret}")
def login(_: Secret, request: Request, secret: str, parts: PartsOf) -> Response:
    require_same_site(request)
    now = parts.clock()
    link = parts.state.access.use_link(secret, now)
    if link is None:
        raise refused(request, 410, "used_link")
    response = RedirectResponse("/", 303)
    session = Session(link.role, link.partner, link.label, None)
    request.app.state.sessions.set(response, session, now)
    return response


@router.get("/display/{secret}")
def display(_: Secret, request: Request, secret: str, parts: PartsOf) -> Response:
    """The secret leaves the address bar at once; the cookie names the key."""
    key = parts.state.access.key_of(secret, "display")
    if key is None:
        raise refused(request, 410, "used_link")
    response = RedirectResponse("/", 303)
    session = Session("viewer", None, key.label, key.id)
    request.app.state.sessions.set(response, session, parts.clock())
    return response


@router.post("/logout")
def logout(_: Anyone, request: Request) -> Response:
    response = RedirectResponse("/", 303)
    request.app.state.sessions.clear(response)
    return response
