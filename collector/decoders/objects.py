"""Reads our fields from the object that a LoRaWAN network server decoded, by a model's table."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from collector.decoders.base import readings
from rooms.devicemodels.objectfields import ObjectField
from rooms.readings import DecodeError, Kind, Value
from rooms.registry.mapping import Target, check_field, compile_path

_Step = str | int

# codecs in JavaScript round into text, and put remarks behind it: "3.1(low battery)"
_NUMBER: Final = re.compile(r"(-?[0-9]{1,12}(?:\.[0-9]{1,12})?)(?: ?\(.*\))?")


@cache
def _ready(field: ObjectField) -> tuple[Target, tuple[tuple[_Step, ...], ...]]:
    return check_field(field.field), tuple(compile_path(path).steps for path in field.paths)


def read_object(
    fields: tuple[ObjectField, ...], decoded: Any, address: str
) -> dict[Kind, dict[str, Value]]:
    """Raises ``DecodeError`` (``no_object``, ``wrong_type``, ``out_of_range``)."""
    if not isinstance(decoded, dict):
        raise DecodeError(
            "no_object",
            "the network server sends no decoded object: give it the maker's payload formatter",
            address,
        )
    found: dict[Kind, dict[str, Any]] = {}
    for field in fields:
        target, paths = _ready(field)
        value = next((v for v in (_at(decoded, path) for path in paths) if v is not None), None)
        value = None if value is None else _converted(field, target, value)
        if value is not None:
            found.setdefault(target.kind, {})[target.name] = value
    given = {kind: readings(kind, said, address) for kind, said in found.items()}
    return {kind: said for kind, said in given.items() if said}


def _at(here: Any, path: tuple[_Step, ...]) -> Any:
    for step in path:
        if isinstance(step, str):
            here = here.get(step) if isinstance(here, dict) else None
        else:
            here = here[step] if isinstance(here, list) and step < len(here) else None
    return here


def _converted(field: ObjectField, target: Target, value: Any) -> Any:
    """``None`` where the table of values does not hold it."""
    if isinstance(value, dict | list):
        return value  # found to be of a wrong type
    if field.values is not None:
        return field.values.get(str(value).lower())
    if isinstance(value, str) and target.field.type in ("number", "count"):
        told = _NUMBER.fullmatch(value)
        value = float(told[1]) if told else value
    if type(value) in (int, float) and (field.scale, field.offset) != (1.0, 0.0):
        try:
            return round(value * field.scale + field.offset, 9)
        except OverflowError:
            return value  # too large for any field: found to be out of range
    return value
