"""Pydantic's errors as mistakes in the file: own texts, and the place where each stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from rooms.registry.billing import (
    ACCOUNT_PATTERN,
    ORGANISATION_PATTERN,
    SERIES_PATTERN,
    VAT_PATTERN,
)
from rooms.registry.document import Document, Path
from rooms.registry.fields import (
    DOMAIN_PATTERN,
    ID_PATTERN,
    WEIGHT_PATTERN,
    expand_days,
    length,
    undated,
)
from rooms.registry.mistakes import Mistake, nearest, shown
from rooms.registry.schema import is_secret, known_names
from rooms.texts.errors import TEXTS

_PATTERNS: Final = {
    ID_PATTERN: "id",
    WEIGHT_PATTERN: "weight",
    DOMAIN_PATTERN: "domain",
    ACCOUNT_PATTERN: "account",
    ORGANISATION_PATTERN: "organisation",
    SERIES_PATTERN: "series",
    VAT_PATTERN: "vat",
}
_KEYS: Final[Mapping[str, str]] = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "text_needed",
    "string_too_short": "empty_value",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "pattern",
    "too_short": "list_empty",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "flag",
    "bool_parsing": "flag",
    "literal_error": "one_of",
    "greater_than": "more_than",
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "tuple_type": "list_needed",
    "dict_type": "mapping_needed",
    "model_type": "mapping_needed",
    "model_attributes_type": "mapping_needed",
}


def mistakes_of(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> list[Mistake]:
    """One mistake per place: the branches of a union fail together."""
    found: dict[Path, Mistake] = {}
    for detail in error.errors(include_url=False):
        path = _locate(document.data, detail)
        if path not in found:
            found[path] = _mistake(detail, path, document, model)
    # pydantic counts an item that is wrong as one that is not there, and tells of every branch
    # of a union: the one that was meant failed further down
    hollow = [path for path, mistake in found.items() if mistake.key in {"list_empty", "one_of"}]
    for path in hollow:
        if any(other[: len(path)] == path and other != path for other in found):
            del found[path]
    return list(found.values())


def _mistake(
    detail: ErrorDetails, path: Path, document: Document, model: type[BaseModel]
) -> Mistake:
    values = dict(detail.get("ctx", {}))
    suggestion = str(values.pop("suggestion", ""))
    key = key_of(detail)
    written = document.written.get(path)
    if key == "text_needed" and written is not None:
        key, values["written"] = "quote", written
    if key == "unknown_field":
        suggestion = nearest(path[-1], known_names(model, path[:-1]))
    if key == "one_of":
        words = options(detail)
        values["words"], suggestion = ", ".join(words), nearest(detail["input"], words)
    if key in {"missing", "unknown_field"}:
        values["name"] = shown(path[-1])
    for bound in ("gt", "ge", "le"):
        if bound in values:  # what may be written as text and has bounds is a duration
            limit = values[bound]
            plain = int(limit) if limit == int(limit) else limit
            values[bound] = length(plain) if isinstance(detail["input"], str) else plain
    values.setdefault("value", shown(detail["input"]))
    if is_secret(model, path):
        values["value"] = values["written"] = "…"
    values.setdefault("message", detail["msg"])
    at_key = key == "unknown_field" or detail["loc"][-1] == "[key]"
    place: dict[str, Any] = {"at_key": at_key, "suggestion": suggestion}
    return document.mistake(path, key, **place, **values)


def key_of(detail: ErrorDetails) -> str:
    """The text for one pydantic error; custom ones carry their key as their type."""
    type_ = detail["type"]
    if detail["input"] is None and type_ != "missing":
        return "empty_value"
    if type_ == "string_pattern_mismatch":
        return _PATTERNS.get(detail["ctx"]["pattern"], "pattern")
    key = _KEYS.get(type_, type_)
    return key if f"mistake.{key}" in TEXTS else "other"


def options(detail: ErrorDetails) -> list[str]:
    """The accepted words of a literal error."""
    return re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected")))


def _locate(data: Any, detail: ErrorDetails) -> Path:
    """Pydantic's location as a path in the file: without the names of union branches and
    validators, dated values and ``mon-fri`` as they are written."""
    path: list[str | int] = []
    shift = 0
    for step in detail["loc"]:
        below: list[str | int] = []
        if isinstance(data, dict):
            below = [step] if step in data else [key for key in data if step in _days(key)][:1]
        elif isinstance(data, list) and isinstance(step, int):
            below = [step + shift] if step + shift < len(data) else []
        elif isinstance(data, list) and data and step == "first":
            dated = isinstance(data[0], dict) and "value" in data[0]
            below = [0, "value"] if dated else []
        shift = undated(data) if step == "later" and isinstance(data, list) and data else 0
        for part in below:
            path.append(part)
            data = data[part]
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    named = detail.get("ctx", {}).get("key")  # an error about one of the mapping's own keys
    if isinstance(data, dict) and isinstance(named, str) and named in data:
        path.append(named)
    return tuple(path)


def _days(key: str) -> tuple[str, ...]:
    try:
        return tuple(expand_days(key))
    except PydanticCustomError:
        return ()
