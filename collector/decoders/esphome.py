"""ESPHome: ``<prefix>/<component>/<name>/state`` with bare values, and ``<prefix>/status``.

Topics and payloads: esphome.io, "MQTT Client Component". People name the sensors themselves: what a
value is, is told by the words in its name.
"""

from __future__ import annotations

from typing import Final

from collector.decoders.base import Decoder, bare_online, partials
from collector.decoders.names import field_named, value_of
from rooms.readings import Decoded, DecodeError, Partial
from rooms.registry import Registry, Source

_SENSORS: Final = frozenset({"binary_sensor", "sensor"})
_MOST: Final = 256  # bytes of a bare value


class EspHomeDecoder:
    """The address is the node's topic prefix."""

    def __init__(self, source: Source) -> None:
        self._prefix = f"{source.base}/" if source.base else ""
        self.subscriptions: tuple[str, ...] = tuple(
            f"{self._prefix}+/{end}"
            for end in ("status", "sensor/+/state", "binary_sensor/+/state")
        )

    def decode(self, topic: str, payload: bytes) -> Decoded:
        own = topic.removeprefix(self._prefix)
        levels = own.split("/")
        if not topic.startswith(self._prefix) or len(levels) < 2 or not all(levels):
            raise _bad_topic()
        if levels[-1] == "status":
            return _availability("/".join(levels[:-1]), payload)
        if len(levels) < 4 or levels[-1] not in ("state", "command"):
            if levels[-1] == "debug":
                return Decoded("/".join(levels[:-1]), ignored="log")
            raise _bad_topic()
        address, component, name = "/".join(levels[:-3]), levels[-3], levels[-2]
        if levels[-1] == "command":
            return Decoded(address, ignored="command")
        if not payload:
            return Decoded(address, ignored="empty")
        target = field_named(name) if component in _SENSORS else None
        if target is None:
            return Decoded(address, ignored="attribute")
        value = value_of(*target, payload[:_MOST].decode("utf-8", "replace"), address)
        ready = partials({target[0]: {target[1]: value}}, address, None)
        return Decoded(address, ready, ignored=None if ready else "no_fields")


def build(source: Source, registry: Registry) -> Decoder:  # noqa: ARG001
    return EspHomeDecoder(source)


def _bad_topic() -> DecodeError:
    return DecodeError("bad_topic", "expected <node>/<component>/<name>/state or <node>/status")


def _availability(address: str, payload: bytes) -> Decoded:
    online = bare_online(payload)
    if online is None:
        raise DecodeError("wrong_type", "expected online or offline", address)
    return Decoded(address, (Partial("status", {"online": float(online)}),), availability=True)
