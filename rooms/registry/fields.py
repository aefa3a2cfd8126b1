"""Building blocks of rooms.yaml: ids, durations, dated values, hours, texts.

Errors here are pydantic ``ValueError``s whose message is a key of
``rooms.texts.errors`` with values, so that both languages can say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

T = TypeVar("T")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d)")
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}


class Model(BaseModel):
    """Every part of rooms.yaml: unknown names are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse_duration(value: Any) -> Any:
    """``"90s"``, ``"10 min"``, ``"2h"``, ``"7d"`` or whole seconds -> seconds."""
    if isinstance(value, str):
        match = _DURATION.fullmatch(value.strip())
        if match is None:
            raise PydanticCustomError("duration", "not a duration: {value}", {"value": value})
        return round(float(match[1]) * _SECONDS[match[2]])
    return value


Duration = Annotated[
    int,
    BeforeValidator(parse_duration),
    Field(gt=0),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d+(\.\d+)?\s*(s|min|h|d)$"},
                {"type": "integer", "exclusiveMinimum": 0},
            ],
            "examples": ["90s", "10 min", "7d"],
        }
    ),
]


class From(Model, Generic[T]):
    """A value that holds from a day on (local midnight)."""

    since: date = Field(alias="from")
    value: T


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
        if isinstance(given, list) and given and isinstance(given[0], dict) and "value" in given[0]:
            days = [str(item.get("from", "")) for item in given if isinstance(item, dict)]
            if days != sorted(set(days)):
                raise PydanticCustomError("dated_order", "dates must ascend, each once")
            return {"first": given[0]["value"], "later": [i for i in given if i.get("from")]}
        return {"first": given}

    def at(self, day: date) -> T:
        """The value on a local day; before the first date, the first value."""
        value = self.first
        for step in self.later:
            if step.since <= day:
                value = step.value
        return value


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Span(Model):
    """Local clock times, half-open; written ``"08:00-17:00"``."""

    start: time
    stop: time | None  # None: midnight at the day's end, written 24:00

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        match = re.fullmatch(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)", given.strip())
        try:
            if match is None:
                raise ValueError
            h1, m1, h2, m2 = map(int, match.groups())
            stop = None if (h2, m2) == (24, 0) else time(h2, m2)
            start = time(h1, m1)
        except ValueError:
            raise PydanticCustomError(
                "span", "not a span of time: {value}", {"value": given}
            ) from None
        if stop is not None and stop <= start:
            raise PydanticCustomError(
                "span_order", "ends before it starts: {value}", {"value": given}
            )
        return {"start": start, "stop": stop}


def expand_days(key: str) -> Sequence[Weekday]:
    """``"mon-fri"``, ``"sat"`` or ``"mon,wed"`` -> weekdays."""
    days: list[Weekday] = []
    for part in key.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            raise PydanticCustomError("weekday", "not a weekday: {value}", {"value": key})
        i = WEEKDAYS.index(first)
        j = WEEKDAYS.index(last) if last else i
        if j < i:
            raise PydanticCustomError("weekday", "not a weekday: {value}", {"value": key})
        days += WEEKDAYS[i : j + 1]
    return days


def _expand_hours(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    hours: dict[str, Any] = {}
    for key, spans in given.items():
        for day in expand_days(str(key)):
            if day in hours:
                raise PydanticCustomError("weekday_twice", "given twice: {value}", {"value": day})
            hours[day] = spans if isinstance(spans, list) else [spans]
    return hours


Hours = Annotated[
    dict[Weekday, tuple[Span, ...]],
    BeforeValidator(_expand_hours),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
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
        return {"sv": given, "en": given} if isinstance(given, str) else given

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.sv
