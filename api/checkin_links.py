"""The address behind a room's QR code: its signature lets whoever stands in the room check in
and report what is broken there.

The signature names one room, never expires (it hangs on a wall) and gives nothing else. To end
all of them, change the signing secret and print the sheet again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

_PURPOSE: Final = b"rumskoll check-in 1"
_BYTES: Final = 15  # 120 bits: hopeless to guess, 20 characters in the QR code


def signature(secret: str, room: str) -> str:
    """HMAC-SHA-256 of the room's id, by a key made from the signing secret for this alone."""
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    digest = hmac.digest(key, room.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()


def is_signature(secret: str, room: str, given: str) -> bool:
    return hmac.compare_digest(signature(secret, room).encode(), given.encode())


def checkin_path(secret: str, room: str) -> str:
    return f"/checkin/{room}?k={signature(secret, room)}"


def report_path(secret: str, room: str) -> str:
    """By the same signature: the one code in the room leads to both pages."""
    return f"/report/{room}?k={signature(secret, room)}"
