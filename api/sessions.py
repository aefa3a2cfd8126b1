"""What a browser carries: a signed cookie. What it says is not secret, but cannot be forged.

A session from a login link stands for itself until it expires; a display's cookie only
names its key, which is looked up on every request, so that revoking it works at once.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.responses import Response

from storage.state.access import Role

COOKIE: Final = "rumskoll"
DAY_S: Final = 86_400
SESSION_S: Final = 30 * DAY_S
DISPLAY_S: Final = 400 * DAY_S  # the longest that browsers keep a cookie


class Session(NamedTuple):
    role: Role
    partner: str | None
    label: str
    key: int | None  # a display's key; None: from a login link


class Sessions:
    def __init__(self, secret: str, *, https: bool) -> None:
        self._signer = URLSafeSerializer(secret, salt="rumskoll session 1")
        self._https = https

    def set(self, response: Response, session: Session, now: int) -> None:
        """Sign the session into the response's cookie."""
        seconds = SESSION_S if session.key is None else DISPLAY_S
        value = self._signer.dumps([*session, now + seconds * 1000])
        response.set_cookie(COOKIE, str(value), max_age=seconds, **self._attributes())

    def clear(self, response: Response) -> None:
        response.delete_cookie(COOKIE, **self._attributes())

    def _attributes(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._https, "httponly": True, "samesite": "lax"}

    def read(self, cookie: str, now: int) -> Session | None:
        """The session, unless it is forged or has expired."""
        try:
            *fields, expires = self._signer.loads(cookie)
        except BadSignature:
            return None
        return Session(*fields) if now < expires else None
