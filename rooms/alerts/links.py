"""The link by which an alert is answered without a login: signed, expiring, for one alert.

Opening it changes nothing, as mail scanners open every link; the page's button acts, once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final, NamedTuple

from rooms.units import DAY_MS

VALID_MS: Final = 7 * DAY_MS
_PURPOSE: Final = b"rumskoll alert 1"
_BYTES: Final = 18


class AlertLink(NamedTuple):
    alert: int
    person: str
    expires: int  # ms


def alert_token(secret: str, link: AlertLink) -> str:
    """``<alert>.<person>.<expires>.<signature>``, fit for an address."""
    said = f"{link.alert}.{link.person}.{link.expires}"
    return f"{said}.{_sign(secret, said)}"


def read_alert_token(secret: str, token: str) -> AlertLink | None:
    """``None`` for what was not signed by us; whether it has expired is the caller's to say."""
    said, _, signature = token.rpartition(".")
    if not hmac.compare_digest(_sign(secret, said).encode(), signature.encode()):
        return None
    alert, person, expires = said.split(".")
    return AlertLink(int(alert), person, int(expires))


def alert_path(secret: str, link: AlertLink) -> str:
    return f"/answer/{alert_token(secret, link)}"


def _sign(secret: str, said: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    digest = hmac.digest(key, said.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
