"""Who is calling, and may they? Every route names its roles (docs/decisions/0006).

A manager may do what a maintainer may, a maintainer what a viewer may; a partner stands
apart and must be named. OpenID Connect will be one more way to get a session.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from starlette.requests import Request

from api.limits import Limit
from api.parts import Parts
from api.problems import Problem
from api.sessions import COOKIE, Sessions
from storage.state.access import Role

How = Literal["key", "session", "display", "demo"]

_ABOVE: Final[dict[Role, tuple[Role, ...]]] = {
    "viewer": ("maintainer", "manager"),
    "maintainer": ("manager",),
    "manager": (),
    "partner": (),
}
_SAFE: Final = frozenset({"GET", "HEAD"})
_FORWARDED: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Caller(NamedTuple):
    role: Role
    partner: str | None
    name: str
    how: How
    key: int | None = None

    def may(self, role: Role) -> bool:
        return self.role == role or self.role in _ABOVE[role]

    @property
    def sees_devices(self) -> bool:
        """May rooms be told with the devices in them? Partners share the rooms only."""
        return self.role != "partner"

    @property
    def is_billed(self) -> bool:
        """May statements be told? To a partner its own."""
        return self.role in {"manager", "partner"}

    @property
    def only(self) -> str | None:
        """The one partner that the caller may be told of by name ("" where its key names
        none); ``None``: all of them."""
        return (self.partner or "") if self.role == "partner" else None


class Allow:
    """A dependency that lets in the named roles and those above them."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles).union(*(_ABOVE[role] for role in roles))

    def __call__(self, request: Request) -> Caller:
        caller = identify(request)
        if caller is None:
            raise Problem(401, "no_access", {"WWW-Authenticate": "Bearer"})
        if caller.role not in self.roles:
            raise Problem(403, "role", role=caller.role)
        if request.method not in _SAFE and caller.how == "display":
            raise Problem(403, "read_only")
        if caller.how != "key":
            require_same_site(request)
        request.state.caller = caller
        return caller


def allow(*roles: Role) -> Callable[[Request], Caller]:
    return Allow(*roles)


class Open:
    """A dependency that names why a route asks for no role."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __call__(self) -> None:
        return None


def identify(request: Request) -> Caller | None:
    """By key, else by cookie, else as a guest of demo mode; a wrong key is refused at once."""
    parts: Parts = request.app.state.parts
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":  # others are between the browser and a proxy
        return _by_key(request, secret.strip())
    sessions: Sessions = request.app.state.sessions
    session = sessions.read(request.cookies.get(COOKIE, ""), parts.clock())
    if session is not None and session.key is None:
        return Caller(session.role, session.partner, session.label, "session")
    if session is not None and session.key is not None:
        key = parts.state.access.key(session.key)
        if key is not None and key.kind == "display" and key.revoked is None:
            return Caller("viewer", None, key.label, "display", key.id)
    if parts.demo and from_this_computer(request):
        return Caller("manager", None, "demo", "demo")
    return None


def _by_key(request: Request, secret: str) -> Caller:
    key = request.app.state.parts.state.access.key_of(secret)
    if key is None:
        raise refused(
            request, 401, "wrong_key", {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        )
    return Caller(key.role, key.partner, key.label, "key", key.id)


def refused(
    request: Request, status: int, code: str, headers: dict[str, str] | None = None
) -> Problem:
    """A wrong secret: the given problem, or "too many" after too many of them."""
    limit: Limit = request.app.state.failures
    address = request.client.host if request.client else ""
    wait = limit.count(address, request.app.state.parts.clock())
    if wait is None:
        return Problem(status, code, headers)
    return Problem(429, "too_many_failures", {"Retry-After": str(wait)}, seconds=wait)


def require_same_site(request: Request) -> None:
    """Refuse what another web site makes a browser send with our cookie (CSRF)."""
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        same = site == "same-origin"
    else:  # plain http to another name than localhost: browsers leave Sec-Fetch-Site out
        origin = urlsplit(request.headers.get("origin", "")).netloc
        ours = {request.headers.get("host"), urlsplit(request.app.state.parts.public_url).netloc}
        same = bool(origin) and origin in ours
    if not same:
        raise Problem(403, "cross_site")


def from_this_computer(request: Request) -> bool:
    """Is the caller on this computer, and did it mean to call this computer?

    The name matters too: a web page can have its own name resolve to 127.0.0.1
    (DNS rebinding), and a proxy brings the world in from a local address.
    """
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _loopback(request.client.host) and (host == "localhost" or _loopback(host))


def _loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
