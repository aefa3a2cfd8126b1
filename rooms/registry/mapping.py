"""Paths and field names of a ``mapped_json`` source, checked when rooms.yaml is read."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rooms.readings import FIELDS, Field, Kind

_STEP: Final = re.compile(r"(?:^|(?<!^)\.)([^.\[\]]+)|\[(\d{1,6})\]")

_NOT_FROM_OUTSIDE: Final = frozenset({"backlog"})  # the service sets it
# a check-in needs the token of its panel, which a mapping does not check
KINDS: Final[tuple[Kind, ...]] = tuple(kind for kind in FIELDS if kind != "checkin")


class Path(NamedTuple):
    """Keys and indexes from the top of the JSON, or the one level of the topic."""

    of_topic: bool
    steps: tuple[str | int, ...]


class Unit(NamedTuple):
    """A unit that devices use instead of ours: value x ``scale`` + ``offset`` is in ours."""

    of: frozenset[str]  # names of the fields that may be told in it
    scale: float
    offset: float = 0.0


UNITS: Final[dict[str, Unit]] = {
    "F": Unit(frozenset({"temperature_c"}), 5 / 9, -160 / 9),
    "K": Unit(frozenset({"temperature_c"}), 1, -273.15),
    "V": Unit(frozenset({"battery_mv"}), 1000),
    "fraction": Unit(frozenset({"humidity_pct", "battery_pct"}), 100),  # 0 to 1
    "klx": Unit(frozenset({"illuminance_lx"}), 1000),
    "mg/m3": Unit(frozenset({"tvoc_ugm3"}), 1000),
    "min": Unit(frozenset({"uptime_s"}), 60),
    "h": Unit(frozenset({"uptime_s"}), 3600),
}


class Target(NamedTuple):
    """A field of ours."""

    kind: Kind
    name: str
    field: Field


def compile_path(path: str) -> Path:
    """``data.list[0].v`` into the JSON, ``topic[n]``: the n-th level of the topic, from 0, or
    ``payload``: the whole of what is no JSON object, such as ``ON`` or ``21.5``.

    Keys may hold anything but dots and square brackets. Raises ``ValueError``.
    """
    if path == "payload":
        return Path(False, ())
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise ValueError(f"{path!r} is not a path: write it like data.list[0].value")
        steps.append(match[1] if match[2] is None else int(match[2]))
        at = match.end()
    if not steps:
        raise ValueError("the path is empty: write it like data.list[0].value")
    if len(steps) == 2 and steps[0] == "topic" and isinstance(steps[1], int):
        return Path(True, (steps[1],))
    return Path(False, tuple(steps))


def check_field(name: str) -> Target:
    """``climate.temperature_c`` -> kind and field. Raises ``ValueError``."""
    kind_name, _, field_name = name.partition(".")
    kind = next((kind for kind in KINDS if kind == kind_name), None)
    if kind is None:
        raise ValueError(f"{name!r} begins with none of the kinds {', '.join(KINDS)}")
    names = [field for field in FIELDS[kind] if field not in _NOT_FROM_OUTSIDE]
    if field_name not in names:
        raise ValueError(f"{name!r} is not a field of {kind}: it has {', '.join(names)}")
    return Target(kind, field_name, FIELDS[kind][field_name])
