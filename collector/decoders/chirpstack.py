"""ChirpStack v4: ``application/<id>/device/<EUI>/event/<event>`` with JSON payloads.

Events and fields: chirpstack.io, "Event types". Its JSON leaves out what is zero
or false (protocol buffers), so an absent ``fCnt``, ``fPort`` or ``snr`` is 0.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, json_object, partials, whole
from collector.decoders.lorawan import Uplink, best, radio, readings_of
from collector.decoders.times import device_time
from collector.decoders.topics import cached
from rooms.readings import Decoded, DecodeError
from rooms.registry import Registry, Source

_NOT_READINGS: Final = frozenset({"join", "ack", "txack", "log", "location", "integration"})
_EVENTS: Final = _NOT_READINGS | {"up", "status"}
_HEX: Final = frozenset("0123456789abcdef")


class ChirpStackDecoder:
    """The address is the device's EUI, 16 hexadecimal digits in lower case."""

    def __init__(self, source: Source, registry: Registry) -> None:
        self._prefix = f"{source.base}/" if source.base else ""
        self._normalise = partial(registry.normalise, source.id)
        self._device = partial(registry.by_address, source.id)
        self.subscriptions: tuple[str, ...] = (f"{self._prefix}application/+/device/+/event/+",)
        self._place = cached(self._parse_topic)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        eui, event = self._place(topic)
        if event in _NOT_READINGS:
            return Decoded(eui, ignored=event)
        message = json_object(payload, eui)
        if event == "status":
            return _status(eui, message)
        seq = whole("fCnt", message.get("fCnt", 0), eui)
        time, key, hint = device_time(message.get("time"), eui), _key(message), _profile(message)
        data = message.get("data")
        if not (data or message.get("object")) or not message.get("fPort"):
            return Decoded(eui, (), key, seq, "empty", hint=hint, time=time)
        device = self._device(eui)
        if device is None:
            return Decoded(eui, (), key, seq, hint=hint, time=time)
        loudest = best(message.get("rxInfo"))
        health = radio(loudest.get("rssi"), loudest.get("snr", 0), loudest.get("gatewayId"))
        uplink = Uplink(eui, time, key, seq, hint, data, message.get("object"), health)
        return readings_of(device, uplink)

    def _parse_topic(self, topic: str) -> tuple[str, str]:
        match topic.removeprefix(self._prefix).split("/"):
            case ["application", _, "device", device, "event", event]:
                eui = self._normalise(device)
                if topic.startswith(self._prefix) and len(eui) == 16 and _HEX.issuperset(eui):
                    if event not in _EVENTS:
                        raise DecodeError("unknown_kind", f"unknown event {event[:64]!r}", eui)
                    return eui, event
        raise DecodeError("bad_topic", "expected application/<id>/device/<EUI>/event/<event>")


def build(source: Source, registry: Registry) -> Decoder:
    return ChirpStackDecoder(source, registry)


def _status(eui: str, message: dict[str, Any]) -> Decoded:
    """Battery, as far as it has one; ``margin`` is no signal strength in dB that others tell."""
    time = device_time(message.get("time"), eui)
    battery = message.get("batteryLevel")
    if message.get("externalPowerSource") or message.get("batteryLevelUnavailable"):
        battery = None
    ready = partials({"health": {"battery_pct": battery}}, eui, time)
    return Decoded(
        eui,
        ready,
        _key(message),
        ignored=None if ready else "no_fields",
        hint=_profile(message),
        time=time,
    )


def _key(message: dict[str, Any]) -> str | None:
    key = message.get("deduplicationId")
    return key if isinstance(key, str) and 0 < len(key) <= 64 else None


def _profile(message: dict[str, Any]) -> str | None:
    info = message.get("deviceInfo")
    profile = info.get("deviceProfileName") if isinstance(info, dict) else None
    return profile[:128] if isinstance(profile, str) else None
