"""ChirpStack v4: ``application/<id>/device/<EUI>/event/<event>`` with JSON payloads.

Events and fields: chirpstack.io, "Event types". Its JSON leaves out what is zero
or false (protocol buffers), so an absent ``fCnt``, ``fPort`` or ``snr`` is 0. Raw
``data`` is decoded here by the device's model, whatever codec ChirpStack itself runs.
"""

from __future__ import annotations

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, json_object, partials, readings, whole
from collector.decoders.codecs import codec_of
from collector.decoders.times import device_time
from collector.decoders.topics import cached
from rooms.readings import Decoded, DecodeError, Kind
from rooms.registry import Registry, Source, SourceDevice

_NOT_READINGS: Final = frozenset({"join", "ack", "txack", "log", "location", "integration"})
_EVENTS: Final = _NOT_READINGS | {"up", "status"}
_GATEWAY_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}")
_HEX: Final = frozenset("0123456789abcdef")

_Given = dict[Kind, dict[str, Any]]


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
            return _decoded(eui, message, _battery(message))
        seq = whole("fCnt", message.get("fCnt", 0), eui)
        data = message.get("data")
        if not data or not message.get("fPort"):
            return _decoded(eui, message, {}, seq, "empty")
        device = self._device(eui)
        if device is None:
            return _decoded(eui, message, {}, seq, None)
        return _decoded(eui, message, _uplink(device, data, message, eui), seq)

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


def _decoded(
    eui: str,
    message: dict[str, Any],
    given: _Given,
    seq: int | None = None,
    if_nothing: str | None = "no_fields",
) -> Decoded:
    time = device_time(message.get("time"), eui)
    ready = partials(given, eui, time)
    key = message.get("deduplicationId")
    info = message.get("deviceInfo")
    profile = info.get("deviceProfileName") if isinstance(info, dict) else None
    return Decoded(
        eui,
        ready,
        key if isinstance(key, str) and 0 < len(key) <= 64 else None,
        seq,
        None if ready else if_nothing,
        hint=profile[:128] if isinstance(profile, str) else None,
        time=time,
    )


def _uplink(device: SourceDevice, data: Any, message: dict[str, Any], eui: str) -> _Given:
    codec = codec_of(device.device.model)
    if codec is None:
        raise DecodeError(
            "no_codec",
            f"the model {device.device.model!r} has no codec for LoRaWAN bytes: "
            "give the device another model in rooms.yaml",
            eui,
        )
    try:
        given: _Given = {**codec(a2b_base64(data, strict_mode=True)).now}
    except (NotBase64, ValueError, TypeError):
        raise DecodeError("bad_frame", "data is not base64 text", eui) from None
    except DecodeError as error:
        raise DecodeError(error.reason, error.detail, eui) from None
    given["health"] = {**given.get("health", {}), **_radio(message.get("rxInfo"))}
    return given


def _radio(gateways: Any) -> dict[str, Any]:
    """Signal at the gateway that heard best. These are the network's figures, not the
    device's: odd ones are left out and do not cost the reading."""
    heard = [
        {
            "rssi_dbm": gateway["rssi"],
            "snr_db": gateway.get("snr", 0),
            "gateway": _gateway_id(gateway.get("gatewayId")),
        }
        for gateway in (gateways if isinstance(gateways, list) else ())
        if isinstance(gateway, dict) and type(gateway.get("rssi")) in (int, float)
    ]
    try:
        return (
            dict(readings("health", max(heard, key=lambda g: g["rssi_dbm"]), "")) if heard else {}
        )
    except DecodeError:
        return {}


def _gateway_id(given: Any) -> str | None:
    plain = isinstance(given, str) and _GATEWAY_ID.fullmatch(given)
    return given.lower() if plain else None


def _battery(message: dict[str, Any]) -> _Given:
    """``batteryLevel`` of a status event; says nothing on mains power or when unavailable."""
    if message.get("externalPowerSource") or message.get("batteryLevelUnavailable"):
        return {}
    return {"health": {"battery_pct": message.get("batteryLevel")}}
