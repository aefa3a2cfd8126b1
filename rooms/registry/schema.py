"""The JSON Schema of a file, for editors, and what it tells about a place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel


@cache
def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """As the file is written; generic helper models are put in their place, titles left out."""
    raw = model.model_json_schema(by_alias=True)
    defs = raw.pop("$defs", {})
    inlined = {name for name in defs if name.startswith(("Dated_", "From_"))}
    kept = {name: _tidy(defs[name], defs, inlined) for name in defs if name not in inlined}
    top: dict[str, Any] = _tidy(raw, defs, inlined)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": kept}


def _tidy(part: Any, defs: dict[str, Any], inlined: set[str]) -> Any:
    if isinstance(part, list):
        return [_tidy(item, defs, inlined) for item in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    if name in inlined:
        rest = {k: v for k, v in part.items() if k != "$ref"}
        return _tidy(defs[name] | rest, defs, inlined)
    tidy = {
        key: _tidy(value, defs, inlined)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
    }
    if isinstance(tidy.get("default"), dict) and set(tidy["default"]) == {"first", "later"}:
        tidy["default"] = tidy["default"]["first"]
    return tidy


def known_names(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The names that may stand in the mapping at ``path``."""
    return [name for part in _parts(model, path) for name in part.get("properties", {})]


def is_secret(model: type[BaseModel], path: tuple[str | int, ...]) -> bool:
    """Is a secret expected at ``path``, or below it? Then its value is never shown."""
    return any('"format": "password"' in json.dumps(part) for part in _parts(model, path))


def _parts(model: type[BaseModel], path: tuple[str | int, ...]) -> list[dict[str, Any]]:
    """Every schema that applies at ``path``: all branches of its unions."""
    schema = json_schema(model)
    parts = list(_branches(schema, schema))
    for step in path:
        below: list[dict[str, Any]] = []
        for part in parts:
            if isinstance(step, int):
                next_ = part.get("items")
            else:
                next_ = part.get("properties", {}).get(step) or part.get("additionalProperties")
            if isinstance(next_, dict):
                below += _branches(next_, schema)
        parts = below
    return parts


def _branches(part: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].removeprefix("#/$defs/")]
    yield part
    for branch in part.get("anyOf", ()):
        yield from _branches(branch, schema)
