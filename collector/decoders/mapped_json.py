"""Anything that sends JSON, read by the mapping in rooms.yaml (``rooms.registry.models``)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from collector.decoders.base import Decoder, json_value, message_key, partials, whole
from collector.decoders.times import epoch_or_text
from collector.decoders.topics import matches
from rooms.readings import Decoded, DecodeError, Kind
from rooms.registry import Registry, Source
from rooms.registry.mapping import UNITS, Path, check_field, compile_path
from rooms.registry.models import FieldMapping, Mapping

_MOST_TEXT: Final = 256  # bytes of a payload that is no JSON


class _Rule(NamedTuple):
    """One field of the mapping, made ready."""

    path: Path
    kind: Kind
    name: str
    given: FieldMapping


class MappedJsonDecoder:
    """Raises ``ValueError`` when built on a mapping with an impossible path or field."""

    def __init__(self, mapping: Mapping) -> None:
        self.subscriptions: tuple[str, ...] = mapping.topics
        self._filters = [topic.split("/") for topic in mapping.topics]
        self._address = compile_path(mapping.address)
        self._time = compile_path(mapping.time) if mapping.time else None
        self._seq = compile_path(mapping.seq) if mapping.seq else None
        self._rules = [_rule(given) for given in mapping.fields]
        self._plain = any(not rule.path.steps for rule in self._rules)
        self._availability = {rule.kind for rule in self._rules} == {"status"}

    def decode(self, topic: str, payload: bytes) -> Decoded:
        levels = topic.split("/")
        if not any(matches(levels_, levels) for levels_ in self._filters):
            raise DecodeError("bad_topic", f"expected {' or '.join(self.subscriptions)}")
        early = _address(_find(self._address, None, levels)) if self._address.of_topic else ""
        if not payload:  # how MQTT clears a retained message
            return Decoded(early, ignored="empty")
        message = self._message(payload, early)
        address = early or _address(_find(self._address, message, levels))
        time = epoch_or_text(_find(self._time, message, levels), address)
        seq = whole("seq", _find(self._seq, message, levels), address)
        given: dict[Kind, dict[str, Any]] = {}
        for rule in self._rules:
            value = _find(rule.path, message, levels)
            if value is not None:
                given.setdefault(rule.kind, {})[rule.name] = _convert(rule.given, value, address)
        ready = partials(given, address, time)
        return Decoded(
            address,
            ready,
            message_key(f"{address}/{topic}", seq, payload),
            seq,
            None if ready else "no_fields",
            availability=self._availability,
            time=time,
        )

    def _message(self, payload: bytes, address: str) -> Any:
        """JSON; where the mapping asks for the whole payload, plain text will do."""
        try:
            return json_value(payload, address)
        except DecodeError as error:
            if error.reason != "bad_json" or not self._plain or len(payload) > _MOST_TEXT:
                raise
        try:
            return payload.decode().strip()
        except UnicodeDecodeError:
            raise DecodeError("bad_json", "neither JSON nor text", address) from None


def build(source: Source, registry: Registry) -> Decoder:  # noqa: ARG001
    if source.mapping is None:
        raise ValueError(f"the source {source.id!r} needs a mapping")
    return MappedJsonDecoder(source.mapping)


def _rule(given: FieldMapping) -> _Rule:
    target = check_field(given.field)
    return _Rule(compile_path(given.path), target.kind, target.name, given)


def _find(path: Path | None, message: Any, levels: list[str]) -> Any:
    """The value at a path; ``None`` where there is none: the device did not tell it."""
    if path is None:
        return None
    if not path.steps:  # an object may have a key of that name
        return message.get("payload") if isinstance(message, dict) else message
    here: Any = levels if path.of_topic else message
    for step in path.steps:
        if isinstance(step, str):
            here = here.get(step) if isinstance(here, dict) else None
        else:
            here = here[step] if isinstance(here, list) and step < len(here) else None
    return here


def _address(value: Any) -> str:
    if type(value) is int and abs(value) < 2**64:
        value = str(value)
    if isinstance(value, str) and 0 < len(value) <= 256:
        return value
    raise DecodeError("no_address", "the mapping's address is not in the message")


def _convert(given: FieldMapping, value: Any, address: str) -> Any:
    """By the value table if there is one, and scaled if a number."""
    if given.values is not None:
        if isinstance(value, dict | list):
            raise DecodeError("wrong_type", f"{given.field} is not a single value", address)
        word = str(value).lower() if isinstance(value, bool) else str(value)
        if word not in given.values:
            raise DecodeError(
                "out_of_range",
                f"{given.field} = {word[:40]!r}, expected one of {', '.join(given.values)}"[:256],
                address,
            )
        value = given.values[word]
    unit = UNITS[given.unit] if given.unit else given
    if type(value) in (int, float) and (unit.scale, unit.offset) != (1.0, 0.0):
        try:
            # rounded so that 3 x 0.1 is 0.3: binary dust would spoil counts
            return round(value * unit.scale + unit.offset, 9)
        except OverflowError:
            raise DecodeError("out_of_range", f"{given.field} is a huge number", address) from None
    return value
