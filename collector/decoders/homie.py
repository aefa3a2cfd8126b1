"""Homie 5 (and 4): ``homie/5/<device>/<node>/<property>`` with bare values, and ``…/$state``.

Topics and payloads: homieiot.github.io, "Homie specification". What a property is, is told by the
words in its id. Properties are retained: a retained one is of some time ago and updates nothing.
"""

from __future__ import annotations

import re
from typing import Final

from collector.decoders.base import Decoder, partials
from collector.decoders.names import field_named, value_of
from rooms.readings import Decoded, DecodeError, Partial
from rooms.registry import Registry, Source

# sleeping and starting devices are there, and say nothing of being heard now
_STATES: Final = {
    "ready": True,
    "alert": True,
    "disconnected": False,
    "lost": False,
    "init": None,
    "sleeping": None,
}
_VERSION: Final = re.compile(r"\d")
_MOST: Final = 256  # bytes of a bare value


class HomieDecoder:
    """The address is the device's id."""

    def __init__(self, source: Source) -> None:
        base = source.base or "homie"
        self._prefix = f"{base}/"
        self.subscriptions: tuple[str, ...] = (f"{base}/#",)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        levels = topic.removeprefix(self._prefix).split("/")
        if levels and _VERSION.fullmatch(levels[0]):  # Homie 4 has none
            levels = levels[1:]
        if not topic.startswith(self._prefix) or len(levels) < 2 or not all(levels):
            raise DecodeError("bad_topic", f"expected {self._prefix}5/<device>/<node>/<property>")
        address, *rest = levels
        if address.startswith("$"):
            return Decoded("", ignored="bridge")  # a broadcast to all devices
        if not payload:  # how a device takes itself away
            return Decoded(address, ignored="empty")
        if rest == ["$state"]:
            return _state(address, payload)
        if any(level.startswith("$") for level in rest) or len(rest) != 2:
            ignored = "command" if rest[-1] == "set" else "attribute"
            return Decoded(address, ignored=ignored)
        target = field_named(rest[1])
        if target is None:
            return Decoded(address, ignored="attribute")
        value = value_of(*target, payload[:_MOST].decode("utf-8", "replace"), address)
        ready = partials({target[0]: {target[1]: value}}, address, None)
        return Decoded(address, ready, ignored=None if ready else "no_fields")


def build(source: Source, registry: Registry) -> Decoder:  # noqa: ARG001
    return HomieDecoder(source)


def _state(address: str, payload: bytes) -> Decoded:
    word = payload[:64].decode("utf-8", "replace").strip().lower()
    if word not in _STATES:
        raise DecodeError(
            "wrong_type", f"$state = {word!r} is none of {', '.join(_STATES)}", address
        )
    online = _STATES[word]
    if online is None:
        return Decoded(address, ignored=word, availability=True)
    return Decoded(address, (Partial("status", {"online": float(online)}),), availability=True)
