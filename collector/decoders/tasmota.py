"""Tasmota: ``tele/<topic>/<what>`` and ``stat/<topic>/<what>``, or the topic before the prefix.

Topics and payloads: tasmota.github.io, "MQTT", "Commands" (FullTopic, SwitchTopic) and the sensors'
pages. A sensor's values stand in an object under its name. A switch is a PIR where the device's
model says so; a rule may also publish ``PIR1``, ``Motion`` or ``Presence`` itself.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, bare_online, json_object, partials
from collector.decoders.times import device_time
from collector.decoders.topics import cached
from rooms.readings import Decoded, DecodeError, Kind, Partial
from rooms.registry import Registry, Source

_PREFIXES: Final = ("tele", "stat")
_FIELDS: Final[dict[str, tuple[Kind, str]]] = {
    "Temperature": ("climate", "temperature_c"),
    "Humidity": ("climate", "humidity_pct"),
    "CarbonDioxide": ("climate", "co2_ppm"),
    "Illuminance": ("climate", "illuminance_lx"),
}
_NOT_THE_ROOM: Final = frozenset({"ESP32", "ENERGY"})  # the chip itself, and a meter
_SWITCH: Final = "tasmota-pir"  # whose first switch is a PIR
_OWN_RULE: Final = re.compile(r"(PIR|MOTION|OCCUPANCY|PRESENCE)\d?", re.IGNORECASE)
_IGNORED: Final = re.compile(r"POWER\d*|SSERIAL.*|UPTIME|LOGGING|MARGINS", re.IGNORECASE)
_WORDS: Final = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}

_Given = dict[Kind, dict[str, Any]]


class TasmotaDecoder:
    """The address is the device's topic, which may hold ``/``."""

    def __init__(self, source: Source, registry: Registry) -> None:
        self._prefix = f"{source.base}/" if source.base else ""
        self._device = partial(registry.by_address, source.id)
        self.subscriptions: tuple[str, ...] = tuple(
            f"{self._prefix}{shape}"
            for prefix in _PREFIXES
            for shape in (f"{prefix}/#", f"+/{prefix}/+")
        )
        self._place = cached(self._parse_topic)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        address, what = self._place(topic)
        if what.upper() == "LWT":
            return _availability(address, payload)
        if not payload:
            return Decoded(address, ignored="empty")
        if _OWN_RULE.fullmatch(what):
            return _told(address, {"presence": {"occupied": _word(payload, what, address)}}, None)
        if _IGNORED.fullmatch(what) or not payload.lstrip().startswith(b"{"):
            return Decoded(address, ignored="attribute")
        message = json_object(payload, address)
        # answers to a question hold what the device else tells by itself
        inner = next((message[k] for k in ("StatusSNS", "StatusSTS") if k in message), message)
        message = inner if isinstance(inner, dict) else message
        return _told(address, self._given(address, message), message.get("Time"))

    def _parse_topic(self, topic: str) -> tuple[str, str]:
        levels = topic.removeprefix(self._prefix).split("/")
        if topic.startswith(self._prefix) and len(levels) >= 3 and all(levels):
            if levels[0] in _PREFIXES:
                return "/".join(levels[1:-1]), levels[-1]
            if levels[-2] in _PREFIXES:
                return "/".join(levels[:-2]), levels[-1]
        raise DecodeError("bad_topic", "expected tele/<topic>/<what> or stat/<topic>/<what>")

    def _given(self, address: str, message: dict[str, Any]) -> _Given:
        given: _Given = {}
        for name, values in message.items():
            if isinstance(values, dict) and name not in _NOT_THE_ROOM:
                for field, (kind, ours) in _FIELDS.items():
                    if field in values and ours not in given.get(kind, {}):
                        given.setdefault(kind, {})[ours] = values[field]
        air = given.get("climate", {})
        if message.get("TempUnit") == "F" and isinstance(air.get("temperature_c"), int | float):
            air["temperature_c"] = round((air["temperature_c"] - 32) / 1.8, 2)
        health = _health(message)
        if health:
            given["health"] = health
            given["status"] = {"online": True}
        if "Switch1" in message and self._is_pir(address):
            given["presence"] = {"occupied": _switch(message["Switch1"], address)}
        return given

    def _is_pir(self, address: str) -> bool:
        device = self._device(address)
        return device is not None and device.device.model == _SWITCH


def build(source: Source, registry: Registry) -> Decoder:
    return TasmotaDecoder(source, registry)


def _health(message: dict[str, Any]) -> dict[str, Any]:
    """Of STATE; ``Wifi.RSSI`` is a percentage, ``Signal`` is dBm. And of INFO1 the version."""
    wifi, info = message.get("Wifi"), message.get("Info1", message)
    signal = wifi.get("Signal") if isinstance(wifi, dict) else None
    version = info.get("Version") if isinstance(info, dict) and "Module" in info else None
    told = {"uptime_s": message.get("UptimeSec"), "rssi_dbm": signal, "firmware": version}
    return {name: value for name, value in told.items() if value is not None}


def _switch(value: Any, address: str) -> bool:
    word = value.get("Action") if isinstance(value, dict) else value
    if isinstance(word, str) and word.lower() in _WORDS:
        return _WORDS[word.lower()]
    raise DecodeError("wrong_type", f"Switch1 = {str(word)[:40]!r}, expected ON or OFF", address)


def _word(payload: bytes, what: str, address: str) -> bool:
    word = payload[:32].decode("utf-8", "replace").strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    raise DecodeError("wrong_type", f"{what[:32]} = {word!r}, expected ON or OFF", address)


def _told(address: str, given: _Given, time: Any) -> Decoded:
    at = device_time(time, address)
    ready = partials(given, address, at)
    return Decoded(address, ready, ignored=None if ready else "no_fields", time=at)


def _availability(address: str, payload: bytes) -> Decoded:
    online = bare_online(payload)
    if online is None:
        raise DecodeError("wrong_type", "expected Online or Offline", address)
    return Decoded(address, (Partial("status", {"online": float(online)}),), availability=True)
