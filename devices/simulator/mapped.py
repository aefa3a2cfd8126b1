"""A user's own JSON, built backwards from the mapping in rooms.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, device_time
from rooms.registry.mapping import UNITS
from rooms.registry.models import FieldMapping, Mapping

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_TOPIC = re.compile(r"topic\[(\d+)\]")


class Mapped:
    def __init__(self, day: DeviceDay) -> None:
        assert day.source.mapping is not None, "a mapped_json source has a mapping"
        self._day = day
        self._numbers = count()
        self._mapping = day.source.mapping
        self._topic = _topic(self._mapping, day.entry.device.address, day.room)

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:  # noqa: ARG002 - own scripts have no availability
        yield from ()

    def gone(self, t: int) -> Iterator[Message]:
        return self.hello(t)

    def say(self, report: Report) -> Iterator[Message]:
        body: dict[str, Any] = {}
        for rule in self._mapping.fields:
            kind, _, name = rule.field.partition(".")
            value = report.facts.get(kind, {}).get(name)
            if value is not None:
                put(body, rule.path, _raw(rule, value))
        if not body:
            return  # the mapping names nothing that this device measures
        if self._mapping.time is not None:
            put(body, self._mapping.time, device_time(self._day, report.time))
        if self._mapping.seq is not None:
            put(body, self._mapping.seq, next(self._numbers))
        if not _TOPIC.fullmatch(self._mapping.address):
            put(body, self._mapping.address, self._day.entry.device.address)
        yield Message(report.time, self._topic, to_json(body), self._day.id)


def _topic(mapping: Mapping, address: str, room: str) -> str:
    """The first subscription with its wildcards filled: the address at its level, else the room."""
    place = _TOPIC.fullmatch(mapping.address)
    levels = mapping.topics[0].split("/")
    if place and levels[-1] == "#":
        levels[-1:] = ["+"] * max(1, int(place[1]) - len(levels) + 2)
    return "/".join(
        (address if place and i == int(place[1]) else room) if level in {"+", "#"} else level
        for i, level in enumerate(levels)
    )


def _raw(rule: FieldMapping, value: Any) -> Any:
    """What the device would have sent for ``value``."""
    if rule.values is not None:
        return next((raw for raw, ours in rule.values.items() if ours == value), str(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    unit = UNITS[rule.unit] if rule.unit else rule
    raw = round((value - unit.offset) / unit.scale, 6)
    return int(raw) if raw == int(raw) else raw


def put(root: dict[str, Any], path: str, value: Any) -> None:
    """Set ``a.b[0].c``; lists on the way grow as needed."""
    steps = [name if name else int(index) for name, index in _STEP.findall(path)]
    place: Any = root
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if isinstance(step, int):
            place.extend({} for _ in range(step + 1 - len(place)))
        if following is None:
            place[step] = value
        elif isinstance(step, int) or step not in place:
            fresh: Any = [] if isinstance(following, int) else {}
            if isinstance(step, int) and place[step] != {}:
                fresh = place[step]
            place[step] = fresh
        place = place[step]
