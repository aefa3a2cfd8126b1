"""Passwords, and Mosquitto's hashes of them.

Format of a line in ``password_file``: ``name:$7$iterations$salt$hash``, both in base64; PBKDF2
with HMAC-SHA512 over 64 bytes (``mosquitto_passwd`` and ``libcommon/password_common.c`` of
Mosquitto 2.1; 2.0 takes salts of 12 bytes only, 2.1 those too).
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode, b64encode
from hmac import compare_digest
from typing import Final

# Mosquitto 2.1's own number. Our passwords are 192 random bits: nobody guesses them, however
# fast; and the broker computes this at each login, also of 500 devices after a power cut.
_ITERATIONS: Final = 1000
_SALT: Final = 12
_KEY: Final = 64
_TAG: Final = "7"


def new_password() -> str:
    """Letters, digits, ``-`` and ``_``: can be typed into any device's form."""
    return secrets.token_urlsafe(24)


def hashed(password: str) -> str:
    return _hash(password, secrets.token_bytes(_SALT), _ITERATIONS)


def _hash(password: str, salt: bytes, iterations: int) -> str:
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, iterations, _KEY)
    return f"${_TAG}${iterations}${b64encode(salt).decode()}${b64encode(key).decode()}"


def fits(password: str, kept: str) -> bool:
    """Is ``kept`` a hash of this password, made with our own number of iterations?"""
    try:
        before, tag, iterations, salt, _ = kept.split("$")
        if (before, tag, iterations) != ("", _TAG, str(_ITERATIONS)):
            return False
        return compare_digest(_hash(password, b64decode(salt, validate=True), _ITERATIONS), kept)
    except ValueError:
        return False
