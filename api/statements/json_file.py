"""A statement as JSON, and the schema of it: exact numbers are text, ``"3/2"``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import msgspec

from rooms.statement.codec import encode
from rooms.statement.document import Statement
from rooms.statement.inputs import SCHEMA_VERSION

_EXACT: Final = {"type": "string", "pattern": r"^-?\d+(/[1-9]\d*)?$", "examples": ["3/2"]}


def statement_json(statement: Statement) -> bytes:
    """The whole statement, byte for byte the same for the same facts."""
    return encode(statement)


def statement_schema() -> dict[str, Any]:
    """JSON Schema of the files with ``"schema": SCHEMA_VERSION``. All fields are always there;
    a later version may add some."""
    _, parts = msgspec.json.schema_components(
        [Statement], schema_hook=_exact, ref_template="#/$defs/{name}"
    )
    top = parts.pop("Statement")
    properties = top["properties"] | {"schema": {"const": SCHEMA_VERSION}}
    required = sorted(properties)
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**dialect, **top, "properties": properties, "required": required, "$defs": parts}


def _exact(type_: type[Any]) -> dict[str, Any]:
    if type_ is Fraction:
        return dict(_EXACT)
    raise NotImplementedError(f"no schema of a {type_.__name__}")
