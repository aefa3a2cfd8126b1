"""Rumskoll's own messages: ``rumskoll/<site>/<room>/<device>/<kind>`` (design 3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import SecretStr

from collector.decoders.base import (
    Decoder,
    bare_online,
    json_object,
    message_key,
    readings,
    whole,
)
from collector.decoders.times import device_time
from collector.decoders.topics import cached
from rooms.readings import FIELDS, Decoded, DecodeError, Kind, Partial
from rooms.registry import Registry, Source


class _Place(NamedTuple):
    room: str
    device: str
    kind: Kind
    scope: str  # tells this series of message numbers from all others


class NativeDecoder:
    """Decodes one site's messages; the address is the topic's device."""

    def __init__(self, base: str, site: str) -> None:
        self._prefix = f"{base}/{site}/"
        self.subscriptions: tuple[str, ...] = (f"{self._prefix}+/+/+",)
        self._place = cached(self._parse_topic)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        room, device, kind, scope = self._place(topic)
        if not payload:  # how MQTT clears a retained message
            return Decoded(device, ignored="empty", room=room)
        availability = kind == "status"
        online = bare_online(payload) if availability else None
        if online is not None:
            return Decoded(
                device,
                (Partial("status", {"online": float(online)}),),
                room=room,
                availability=True,
            )
        message = json_object(payload, device)
        seq = whole("seq", message.pop("seq", None), device)
        time = device_time(message.get("time"), device)
        token = None
        if kind == "equipment":
            _flatten_errors(message)
        elif kind == "checkin":
            token, message = _checkin(message, device)
        fields = readings(kind, message, device)
        return Decoded(
            device,
            (Partial(kind, fields, time),) if fields else (),
            message_key(scope, seq, payload),
            seq,
            None if fields else "no_fields",
            room,
            availability,
            token=token,
            time=time,
        )

    def _parse_topic(self, topic: str) -> _Place:
        levels = topic.removeprefix(self._prefix).split("/")
        if not topic.startswith(self._prefix) or len(levels) != 3 or not all(levels):
            raise DecodeError("bad_topic", f"expected {self._prefix}<room>/<device>/<kind>")
        room, device, name = levels
        kind = next((kind for kind in FIELDS if kind == name), None)
        if kind is None:
            raise DecodeError(
                "unknown_kind", f"{name[:64]!r} is none of {', '.join(FIELDS)}", device
            )
        return _Place(room, device, kind, f"{device}/{kind}")


def build(source: Source, registry: Registry) -> Decoder:
    site, _ = registry.sources[source.id]
    return NativeDecoder(source.base or "rumskoll", site.id)


def _flatten_errors(message: dict[str, Any]) -> None:
    """``"error": {"fan": 1}`` says the same as ``"error_fan": 1``."""
    errors = message.pop("error", None)
    if type(errors) is dict:
        message.update({f"error_{part}": level for part, level in errors.items()})


def _checkin(message: dict[str, Any], device: str) -> tuple[SecretStr | None, dict[str, Any]]:
    """A check-in's token, and its fields in the form that is kept."""
    token, until = message.get("token"), message.get("until")
    if token is not None and not isinstance(token, str):
        raise DecodeError("wrong_type", "checkin.token is not text", device)
    if "partner" not in message:  # a slip must not end the check-in before it
        raise DecodeError(
            "wrong_type", "checkin.partner is missing: a partner's id, or null to check out", device
        )
    fields: dict[str, Any] = {
        "partner": message["partner"] if message["partner"] is not None else ""
    }
    if until is not None:
        end = device_time(until, device)
        if end is None:
            raise DecodeError("bad_time", "checkin.until has no offset", device)
        fields["until"] = str(end)
    return (None if token is None else SecretStr(token)), fields
