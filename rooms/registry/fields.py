"""Building blocks of rooms.yaml: ids, durations, dated values, hours, texts.

An error's type, e.g. "duration", is a key of ``rooms.texts.errors`` ("mistake." before
it) and its context the values, so that both languages can say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

T = TypeVar("T")

ID_PATTERN = r"^[a-z][a-z0-9-]*$"
WEIGHT_PATTERN = r"^[0-9]{1,9}(/[1-9][0-9]{0,8}|\.[0-9]{1,9})?$"
DOMAIN_PATTERN = r"^[^@\s.]+(\.[^@\s.]+)+$"

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=64)]
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True)]

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(s|min|h|d)", re.ASCII)
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}


class Model(BaseModel):
    """Every part of rooms.yaml: unknown names are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, date) or isinstance(value, datetime):
        raise PydanticCustomError("day", "not a date")
    return value


Day = Annotated[date, BeforeValidator(_day)]


def _weight(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and value is not True else value


Weight = Annotated[
    str,
    Field(pattern=WEIGHT_PATTERN),
    BeforeValidator(_weight),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": WEIGHT_PATTERN}, {"type": "number", "minimum": 0}]}
    ),
]
Domain = Annotated[
    str,
    Field(pattern=DOMAIN_PATTERN, max_length=253),
    BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
]


def parse_duration(value: Any) -> Any:
    """``"90s"``, ``"10 min"``, ``"2h"``, ``"7d"`` or whole seconds -> seconds."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is not None:
        return round(float(match[1]) * _SECONDS[match[2]])
    if type(value) is not int:
        raise PydanticCustomError("duration", "not a duration")
    return value


def length(seconds: int) -> str:
    """As ``parse_duration`` reads it, in the largest unit that needs no fraction."""
    unit = next(unit for unit in ("d", "h", "min", "s") if seconds % _SECONDS[unit] == 0)
    return f"{seconds // _SECONDS[unit]} {unit}" if seconds else "0"


_DURATION_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*\d{1,9}(\.\d{1,3})?\s*(s|min|h|d)\s*$"},
        {"type": "integer", "minimum": 0},
    ],
    "examples": ["90s", "10 min", "7d"],
}
_LONGEST = 3660 * 86400  # ten years


Duration = Annotated[
    int,
    Field(gt=0, le=_LONGEST),
    BeforeValidator(parse_duration),
    WithJsonSchema(_DURATION_SCHEMA),
]
Hold = Annotated[
    int,
    Field(ge=0, le=86400),
    BeforeValidator(parse_duration),
    WithJsonSchema(_DURATION_SCHEMA),
]


class From(Model, Generic[T]):
    """A value that holds from a day on (local midnight)."""

    since: Day = Field(alias="from")
    value: T


def undated(steps: Sequence[Any]) -> int:
    """1 if the first of dated values says no date (it holds from the beginning), else 0."""
    return int(isinstance(steps[0], dict) and set(steps[0]) == {"value"})


class Dated(BaseModel, Generic[T]):
    """A value that may have changed: a plain value, or a list of ``{from, value}``.

    Recomputing a past month uses the value of that month, so that it never
    rewrites the past.
    """

    model_config = ConfigDict(frozen=True)
    first: T
    later: tuple[From[T], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, given: Any) -> Any:
        if isinstance(given, Dated):
            return given
        if isinstance(given, dict) and "first" in given and given.keys() <= {"first", "later"}:
            return given  # the constructor's own keywords: Dated(first=...)
        if isinstance(given, list) and given and isinstance(given[0], dict) and "value" in given[0]:
            days = [str(i["from"]) for i in given if isinstance(i, dict) and "from" in i]
            if days != sorted(set(days)):
                raise PydanticCustomError("dated_order", "dates must ascend, each once")
            return {"first": given[0]["value"], "later": given[undated(given) :]}
        return {"first": given}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A plain value, or a list of dated ones, as people write it."""
        plain = handler.resolve_ref_schema(handler(core_schema))["properties"]["first"]
        plain = {k: v for k, v in plain.items() if k != "title"}
        step = {
            "type": "object",
            "additionalProperties": False,
            "properties": {"from": {"type": "string", "format": "date"}, "value": plain},
            "required": ["value"],
        }
        return {"anyOf": [plain, {"type": "array", "minItems": 1, "items": step}]}

    def at(self, day: date) -> T:
        """The value on a local day; before the first date, the first value."""
        value = self.first
        for step in self.later:
            if step.since <= day:
                value = step.value
        return value


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDER: dict[str, int] = {day: i for i, day in enumerate(WEEKDAYS)}


_SPAN = re.compile(r"^(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)$", re.ASCII)


class Span(Model):
    """Local clock times, half-open; written ``"08:00-17:00"``."""

    start: time
    stop: time | None  # None: midnight at the day's end, written 24:00

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("start"), time):
            return given
        if not isinstance(given, str):
            raise PydanticCustomError("span", "not a span of time")
        match = _SPAN.fullmatch(given.strip())
        try:
            if match is None:
                raise ValueError
            h1, m1, h2, m2 = map(int, match.groups())
            stop = None if (h2, m2) == (24, 0) else time(h2, m2)
            start = time(h1, m1)
        except ValueError:
            raise PydanticCustomError("span", "not a span of time") from None
        if stop is not None and stop <= start:
            raise PydanticCustomError("span_order", "ends before it starts")
        return {"start": start, "stop": stop}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del core_schema, handler
        return {"type": "string", "pattern": _SPAN.pattern, "examples": ["08:00-17:00"]}


def expand_days(key: str) -> Sequence[Weekday]:
    """``"mon-fri"``, ``"sat"`` or ``"mon,wed"`` -> weekdays."""
    days: list[Weekday] = []
    for part in key.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in _ORDER or (last and _ORDER.get(last, -1) < _ORDER[first]):
            raise PydanticCustomError("weekday", "not a weekday: {key}", {"key": key})
        days += WEEKDAYS[_ORDER[first] : _ORDER[last or first] + 1]
    return days


def _expand_hours(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    hours: dict[str, Any] = {}
    for key, spans in given.items():
        for day in expand_days(str(key)):
            if day in hours:
                raise PydanticCustomError(
                    "weekday_twice", "given twice: {day}", {"key": str(key), "day": day}
                )
            hours[day] = spans if isinstance(spans, list) else [spans]
    return hours


Hours = Annotated[
    dict[Weekday, tuple[Span, ...]],
    BeforeValidator(_expand_hours),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", "pattern": _SPAN.pattern},
                    {"type": "array", "items": {"type": "string", "pattern": _SPAN.pattern}},
                ]
            },
            "examples": [{"mon-fri": "08:00-17:00"}],
        }
    ),
]


class Text(Model):
    """A name in both languages; a plain string serves for both."""

    sv: str = Field(min_length=1, max_length=80)
    en: str = Field(min_length=1, max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, given: Any) -> Any:
        if isinstance(given, int | float | date):  # a room called 101
            raise PydanticCustomError("text_needed", "must be text")
        return {"sv": given, "en": given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        both = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 80}, dict(both)]}

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.sv
