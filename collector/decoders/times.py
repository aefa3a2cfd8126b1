"""Device times to whole milliseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rooms.readings import DecodeError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MS: Final = -62_135_596_800_000  # 0001-01-01T00:00:00Z
_LAST_MS: Final = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z
_SECONDS_BELOW: Final = 100_000_000_000  # as seconds the year 5138, as ms March 1973


def device_time(value: Any, address: str = "") -> int | None:
    """RFC 3339 text or epoch milliseconds -> ms; ``None`` where no instant is told.

    Not told: ``None``, and text without an offset, whose time zone is anyone's guess.
    Raises ``DecodeError`` (``bad_time``, or ``wrong_type`` for other types).
    """
    if value is None:
        return None
    if isinstance(value, str):
        return rfc3339(value, address)
    if isinstance(value, int | float) and type(value) is not bool and value % 1 == 0:
        if _FIRST_MS <= value <= _LAST_MS:
            return int(value)
        raise DecodeError("bad_time", "time lies outside the years 1 to 9999", address)
    raise DecodeError(
        "wrong_type", "time is neither RFC 3339 text nor whole epoch milliseconds", address
    )


def epoch_or_text(value: Any, address: str = "") -> int | None:
    """Like ``device_time``, for sources that may count seconds: small numbers are seconds."""
    if type(value) in (int, float) and abs(value) < _SECONDS_BELOW:
        milliseconds: int = round(value * 1000)
        return milliseconds
    return device_time(round(value) if type(value) is float else value, address)


def rfc3339(text: str, address: str = "") -> int | None:
    """RFC 3339 date-time -> ms, fractions cut off; ``None`` if it has no offset.

    A leap second (``:60``) counts as the first second of the next minute.
    Raises ``DecodeError`` ``bad_time``.
    """
    # fromisoformat takes week dates, bare dates and basic format too: fix the shape first
    if not (
        19 <= len(text) <= 64
        and text.isascii()
        and text[4] == text[7] == "-"
        and text[10] in "Tt "
        and text[13] == text[16] == ":"
    ):
        raise _bad(text, address)
    leap = text[17:19] == "60"
    try:
        at = datetime.fromisoformat((f"{text[:17]}59{text[19:]}" if leap else text).upper())
    except ValueError:
        raise _bad(text, address) from None
    if at.tzinfo is None:
        return None
    since: timedelta = at - _EPOCH
    seconds = since.days * 86_400 + since.seconds + leap
    return seconds * 1000 + since.microseconds // 1000


def _bad(text: str, address: str) -> DecodeError:
    return DecodeError("bad_time", f"time {text[:64]!r} is not RFC 3339", address)
