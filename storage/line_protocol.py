"""InfluxDB's line protocol, strictly: what it cannot say exactly is refused, not bent.

Format: docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference,
held to what versions 1 to 3 read alike. Times are milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rooms.readings import Point
from storage.schema import FieldType, check_fields, check_tags

_TAG_SPECIAL: Final = re.compile(r"([,= ])")


def line(point: Point) -> str:
    """The point as one line; ``ValueError`` says what is wrong with it."""
    try:
        head, types = _head(point.measurement, tuple(point.tags.items()))
    except TypeError:  # a tag that cannot be hashed is no text
        raise ValueError(f"{point.measurement} tags = {point.tags!r}: expected text") from None
    check_fields(point, types)
    fields = ",".join(
        [
            f"{name}={value!r}" if type(value) is float else f"{name}={_quoted(value)}"
            for name, value in point.fields.items()
        ]
    )
    return f"{head} {fields} {point.time}"


@lru_cache(maxsize=20_000)
def _head(
    measurement: str, tags: tuple[tuple[str, str], ...]
) -> tuple[str, Mapping[str, FieldType]]:
    """``measurement,tag=value,...``, escaped, with the tags in the order of their names (which
    spares the server sorting them), and the types that the fields must have."""
    declared = check_tags(measurement, dict(tags))
    escape = r"\\\1"
    pairs = [f",{name}={_TAG_SPECIAL.sub(escape, value)}" for name, value in sorted(tags)]
    return measurement + "".join(pairs), declared.fields


def _quoted(value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
