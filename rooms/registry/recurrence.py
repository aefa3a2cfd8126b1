"""Rules of recurrence (RFC 5545, 3.3.10) with which ``dateutil`` can be trusted.

It never returns from INTERVAL=0, and from a rule that finds no day only after it has tried
every one up to the year 9999, again at each question; so such rules are refused at once.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Final

from dateutil.rrule import rrulestr
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

YEARS: Final = range(2000, 2101)
_LOCAL: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d{1,2}:\d\d)(:00)?", re.ASCII)
_DAY: Final = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH: Final = r"(?:[1-9]|1[0-2])"
_OF_MONTH: Final = r"[+-]?(?:[1-9]|[12]\d|3[01])"
_NUMBER: Final = r"[+-]?[1-9]\d{0,2}"
# what says days: the time of day is that of the beginning
_PARTS: Final = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}(?:T\d{6})?",
    "BYDAY": f"{_DAY}(?:,{_DAY})*",
    "BYMONTH": f"{_MONTH}(?:,{_MONTH})*",
    "BYMONTHDAY": f"{_OF_MONTH}(?:,{_OF_MONTH})*",
    "BYSETPOS": f"{_NUMBER}(?:,{_NUMBER})*",
    "WKST": "MO|SU",
}
_ENDS: Final = ("COUNT=", "UNTIL=")
_ANY: Final = datetime.fromisoformat("2000-01-01")


def _local(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    match = _LOCAL.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if match is None or int(match[1][:4]) not in YEARS:
            raise ValueError
        return datetime.fromisoformat(f"{match[1]} {match[2]:0>5}")
    except ValueError:
        raise PydanticCustomError("local_time", "not a local date and time") from None


LocalTime = Annotated[
    datetime,
    BeforeValidator(_local),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\d[ T]\d{1,2}:\d\d$",
            "examples": ["2026-12-01 22:00"],
        }
    ),
]


def _rule(value: str) -> str:
    rule = value.strip().upper().removeprefix("RRULE:")
    parts = [part.partition("=")[::2] for part in rule.split(";")]
    names = [name for name, _ in parts]
    try:
        known = all(re.fullmatch(_PARTS[name], said, re.ASCII) for name, said in parts)
        if not known or "FREQ" not in names or len(set(names)) < len(names):
            raise ValueError
        said = dict(parts)
        if "COUNT" in said and "UNTIL" in said:  # they may not occur together
            raise ValueError
        # the first Monday of a day or week: dateutil would pass over the number
        if said["FREQ"] in {"DAILY", "WEEKLY"} and re.search(r"\d", said.get("BYDAY", "")):
            raise ValueError
        rrulestr(rule, dtstart=_ANY)
    except (ValueError, KeyError):
        raise PydanticCustomError("rrule", "not a rule of recurrence") from None
    return rule


Recurrence = Annotated[str, Field(max_length=200), AfterValidator(_rule)]


def occurs(rule: str, begins: datetime) -> bool:
    """Does a ``Recurrence`` ever fall on a day from ``begins`` on?

    The calendar repeats itself every 400 years, so this is asked where ``dateutil`` has only
    about 300 left to try; ``rule`` itself is asked only after it is known to come to an end.
    """
    endless = ";".join(part for part in rule.split(";") if not part.startswith(_ENDS))
    late = begins.replace(year=9600 + begins.year % 400)
    return _falls(endless, late) and _falls(rule, begins)


def _falls(rule: str, begins: datetime) -> bool:
    return next(iter(rrulestr(rule, dtstart=begins)), None) is not None
