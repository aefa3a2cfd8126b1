"""What a request says of times and days, checked; every refusal names the field."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, Literal

from api.problems import Problem
from rooms.texts import Language, text

Where = Literal["query", "body"]

YEARS: Final = range(2000, 2101)
_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


def one_line(said: str, most: int) -> str:
    """What somebody wrote, on one line: nothing that hides (control characters, marks that turn
    the direction of what follows), at most ``most`` characters. Raises ``ValueError``."""
    plain = " ".join(said.split())
    if len(plain) > most or not plain.isprintable():
        raise ValueError(said)
    return plain


def invalid(field: str, message: str, where: Where = "query") -> Problem:
    """A 422 about one field; ``message`` is in the caller's language."""
    name = f"{where}.{field}"
    return Problem(422, "invalid", errors=[{"field": name, "message": message}], fields=name)


def parse_time(value: str) -> int:
    """RFC 3339 with offset -> ms. A plus sign that came as a space is understood.

    Raises ``ValueError``.
    """
    value = re.sub(r" (\d\d:\d\d)$", r"+\1", value)
    if _RFC3339.fullmatch(value) is None or int(value[:4]) not in YEARS:
        raise ValueError(value)
    return int(datetime.fromisoformat(value.upper()).timestamp() * 1000)


def parse_day(value: str) -> date:
    """``YYYY-MM-DD`` and nothing else. Raises ``ValueError``."""
    day = date.fromisoformat(value)
    if day.isoformat() != value:
        raise ValueError(value)
    return day


def time_asked(field: str, value: str, language: Language, where: Where = "query") -> int:
    """A time in ms. Raises ``Problem`` 422."""
    try:
        return parse_time(value)
    except ValueError:
        raise invalid(field, text(language, "api.field.time", value=value[:80]), where) from None


def day_asked(value: str, language: Language) -> str:
    """``YYYY-MM-DD`` as it was written. Raises ``Problem`` 422."""
    try:
        return parse_day(value).isoformat()
    except ValueError:
        raise invalid("day", text(language, "api.field.day", value=value[:80])) from None
