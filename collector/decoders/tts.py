"""The Things Stack v3: ``v3/<application>@<tenant>/devices/<device>/<event>`` with JSON payloads.

Topics and fields: thethingsindustries.com, "MQTT Server" and "Data formats". Its JSON leaves out
what is zero or false (protocol buffers), so an absent ``f_cnt``, ``f_port`` or ``snr`` is 0. An
uplink happened when its network server received it: a gateway's own clock may be anything.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, json_object, readings, whole
from collector.decoders.lorawan import Uplink, best, radio, readings_of
from collector.decoders.times import device_time
from collector.decoders.topics import cached
from rooms.readings import Decoded, DecodeError, Value
from rooms.registry import Registry, Source

_NOT_READINGS: Final = frozenset({"join", "down", "location", "service"})
_EVENTS: Final = _NOT_READINGS | {"up"}


class TtsDecoder:
    """The address is the device's EUI where it is told, 16 hexadecimal digits in lower case; else
    the device's id."""

    def __init__(self, source: Source, registry: Registry) -> None:
        self._prefix = f"{source.base}/" if source.base else ""
        self._normalise = partial(registry.normalise, source.id)
        self._device = partial(registry.by_address, source.id)
        self.subscriptions: tuple[str, ...] = tuple(
            f"{self._prefix}v3/+/devices/+/{event}" for event in ("up", "join")
        )
        self._place = cached(self._parse_topic)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        id_, event = self._place(topic)
        message = json_object(payload, id_)
        address = self._address(message, id_)
        up = message.get("uplink_message")
        if event != "up":
            return Decoded(address, ignored=event, time=_received(message, None, address))
        if not isinstance(up, dict):
            raise DecodeError("wrong_type", "uplink_message is missing", address)
        return self._uplink(address, message, up)

    def _uplink(self, address: str, message: dict[str, Any], up: dict[str, Any]) -> Decoded:
        seq = whole("f_cnt", up.get("f_cnt", 0), address)
        time, key, hint = _received(up, message, address), _key(up, seq), _model(up)
        data = up.get("frm_payload")
        ignored = "simulated" if message.get("simulated") is True else None
        if not (data or up.get("decoded_payload")):  # frames of commands only have neither
            ignored = ignored or "empty"
        device = None if ignored else self._device(address)
        if device is None:
            return Decoded(address, (), key, seq, ignored, hint=hint, time=time)
        loudest = best(up.get("rx_metadata"))
        ids = loudest.get("gateway_ids")
        gateway = ids.get("gateway_id") if isinstance(ids, dict) else None
        health = radio(loudest.get("rssi"), loudest.get("snr", 0), gateway)
        health |= _battery(up)
        decoded = up.get("decoded_payload")
        return readings_of(device, Uplink(address, time, key, seq, hint, data, decoded, health))

    def _address(self, message: dict[str, Any], id_: str) -> str:
        ids = message.get("end_device_ids")
        eui = ids.get("dev_eui") if isinstance(ids, dict) else None
        return self._normalise(eui if isinstance(eui, str) and 0 < len(eui) <= 64 else id_)

    def _parse_topic(self, topic: str) -> tuple[str, str]:
        match topic.removeprefix(self._prefix).split("/"):
            case ["v3", _, "devices", device, event, *_] if device:
                id_ = self._normalise(device)
                if topic.startswith(self._prefix) and event in _EVENTS:
                    return id_, event
                if topic.startswith(self._prefix):
                    raise DecodeError("unknown_kind", f"unknown event {event[:64]!r}", id_)
        raise DecodeError("bad_topic", "expected v3/<application>/devices/<device>/<event>")


def build(source: Source, registry: Registry) -> Decoder:
    return TtsDecoder(source, registry)


def _received(inner: dict[str, Any], outer: dict[str, Any] | None, address: str) -> int | None:
    told = inner.get("received_at")
    if told is None and outer is not None:
        told = outer.get("received_at")
    return device_time(told, address)


def _key(up: dict[str, Any], seq: int | None) -> str | None:
    """Equal for copies: the counter begins anew with each session."""
    session = up.get("session_key_id")
    told = isinstance(session, str) and 0 < len(session) <= 64
    return f"{session}:{seq}" if told else None


def _model(up: dict[str, Any]) -> str | None:
    """Maker and model, where the device was taken from the network's list of devices."""
    ids = up.get("version_ids")
    names = [ids.get(name) for name in ("brand_id", "model_id")] if isinstance(ids, dict) else []
    words = " ".join(name for name in names if isinstance(name, str))
    return words[:128] or None


def _battery(up: dict[str, Any]) -> dict[str, Value]:
    """The network's figure, from what the device answers to it; odd ones are left out."""
    last = up.get("last_battery_percentage")
    try:
        given = {"battery_pct": last.get("value")} if isinstance(last, dict) else {}
        return readings("health", given, "")
    except DecodeError:
        return {}
