"""What a message means: readings with their names, in the form that scripts and people get."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rooms.readings import FIELDS, Kind, Partial, Value


class Undecodable(Exception):
    """One line that says why the input cannot be read, in the user's language."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``past`` is what the device kept and tells later. ``note`` says what could not be used,
    and ``read`` how many of how many bytes were whole, where that can be known.

    ``model`` is what it was read as, ``hint`` the device's profile if that is why.
    """

    readings: tuple[Partial, ...] = ()
    past: tuple[Partial, ...] = ()
    ignored: str | None = None
    note: str | None = None
    read: tuple[int, int] | None = None
    model: str | None = None
    hint: str | None = None
    address: str = ""
    device: str | None = None  # in rooms.yaml
    room: str | None = None
    rows: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        rows = [_row(part) for part in (*self.readings, *self.past)]
        object.__setattr__(self, "rows", [row for row in rows if row["fields"]])


def partials(given: Mapping[Kind, Mapping[str, Value]], time: int | None = None) -> list[Partial]:
    """Partials of kind -> fields in store form."""
    return [Partial(kind, dict(fields), time) for kind, fields in given.items() if fields]


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps([*rows], ensure_ascii=False)


def _row(part: Partial) -> dict[str, Any]:
    """A reading as scripts get it: booleans, whole counts and lists are what they are."""
    fields = {name: told(part.kind, name, value) for name, value in part.fields.items()}
    row: dict[str, Any] = {"measurement": part.kind, "fields": fields}
    return row if part.time is None else row | {"time": part.time}


def told(kind: Kind, name: str, value: Value) -> Any:
    """A value in store form, in the type that its field has on the wire."""
    type_ = FIELDS[kind][name].type
    if type_ == "list":
        return json.loads(value) if isinstance(value, str) else value
    if type_ == "text" or isinstance(value, str):
        return value
    if type_ == "bool":
        return bool(value)
    number = float(value)
    if type_ == "count" or number.is_integer():
        return int(number)
    return round(number, 6)
