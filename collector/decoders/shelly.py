"""Shelly of the second generation and later: status notifications as JSON-RPC.

Topics and components: shelly-api-docs.shelly.cloud, "Gen2+ device API" (Mqtt, Presence,
PresenceZone, Temperature, Humidity, Illuminance, DevicePower, Sys, WiFi). A notification holds only
what has changed; the rest stands as it was, and is laid over it later (``rooms.fold``). Of several
zones the main one, 200, is the room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, bare_online, json_object, partials
from collector.decoders.times import epoch_or_text
from rooms.readings import Decoded, DecodeError, Kind, Partial
from rooms.registry import Registry, Source

_STATUSES: Final = ("NotifyStatus", "NotifyFullStatus")  # compared: it may be unhashable
_WORDS: Final = {b"true": True, b"false": False}
_ENDS: Final = {
    "/events/rpc": "events",
    "/online": "online",
    "/rpc": "command",
    "/command": "command",
}
_PIR: Final = "shelly-pir-input"  # a PIR that is wired to its first input

_Given = dict[Kind, dict[str, Any]]
_Read = Callable[[Mapping[str, Any]], _Given]


def _get(status: Mapping[str, Any], *path: str) -> Any:
    here: Any = status
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _zone(status: Mapping[str, Any]) -> _Given:
    value = status.get("value", status.get("state"))
    return {"presence": {"occupied": value, "people": status.get("num_objects")}}


def _power(status: Mapping[str, Any]) -> _Given:
    battery = _get(status, "battery")
    volts = _get(status, "battery", "V")
    if not isinstance(battery, dict) or _get(status, "external", "present") is True:
        return {}
    number = isinstance(volts, int | float) and not isinstance(volts, bool)
    told = {"battery_pct": battery.get("percent")}
    return {"health": told | ({"battery_mv": volts * 1000} if number else {})}


_COMPONENTS: Final[dict[str, _Read]] = {
    "presencezone:200": _zone,
    "motion:0": lambda s: {"presence": {"motion": s.get("motion", s.get("state"))}},
    "temperature:0": lambda s: {"climate": {"temperature_c": s.get("tC")}},
    "humidity:0": lambda s: {"climate": {"humidity_pct": s.get("rh")}},
    "illuminance:0": lambda s: {"climate": {"illuminance_lx": s.get("lux")}},
    "devicepower:0": _power,
    "sys": lambda s: {"health": {"uptime_s": s.get("uptime")}},
    "wifi": lambda s: {"health": {"rssi_dbm": s.get("rssi")}},
}


class ShellyDecoder:
    """The address is the device's topic prefix, which may hold ``/``."""

    def __init__(self, source: Source, registry: Registry) -> None:
        self._prefix = f"{source.base}/" if source.base else ""
        self._device = partial(registry.by_address, source.id)
        self.subscriptions: tuple[str, ...] = tuple(
            f"{self._prefix}+/{end}" for end in ("events/rpc", "online", "status/+")
        )

    def decode(self, topic: str, payload: bytes) -> Decoded:
        address, end, component = self._place(topic)
        if end == "online":
            return _availability(address, payload)
        if not payload:
            return Decoded(address, ignored="empty")
        if end == "command":
            return Decoded(address, ignored="command")
        message = json_object(payload, address)
        if end == "status":
            return self._told(address, {component: message}, None, {})
        if message.get("method") not in _STATUSES:
            return Decoded(address, ignored="event")
        params = message.get("params")
        if not isinstance(params, dict):
            raise DecodeError("wrong_type", "params is missing", address)
        time = epoch_or_text(params.get("ts"), address)
        return self._told(address, params, time, {"status": {"online": True}})

    def _place(self, topic: str) -> tuple[str, str, str]:
        """Address, what it is about, and the component of a status."""
        own = topic.removeprefix(self._prefix)
        if topic.startswith(self._prefix):
            address, found, component = own.rpartition("/status/")
            if found and address:
                return address, "status", component
            for end, about in _ENDS.items():
                if own.endswith(end) and len(own) > len(end):
                    return own.removesuffix(end), about, ""
        raise DecodeError("bad_topic", "expected <device>/events/rpc, …/online or …/status/<part>")

    def _told(
        self, address: str, statuses: Mapping[str, Any], time: int | None, given: _Given
    ) -> Decoded:
        for name, status in statuses.items():
            read = _COMPONENTS.get(name)
            if read is None and name == "input:0" and self._is_pir(address):
                read = _input
            for kind, fields in read(status).items() if read and isinstance(status, dict) else ():
                given.setdefault(kind, {}).update(fields)
        ready = partials(given, address, time)
        return Decoded(address, ready, ignored=None if ready else "no_fields", time=time)

    def _is_pir(self, address: str) -> bool:
        device = self._device(address)
        return device is not None and device.device.model == _PIR


def build(source: Source, registry: Registry) -> Decoder:
    return ShellyDecoder(source, registry)


def _input(status: Mapping[str, Any]) -> _Given:
    return {"presence": {"occupied": status.get("state")}}


def _availability(address: str, payload: bytes) -> Decoded:
    online = bare_online(payload) if len(payload) <= 64 else None
    if online is None:
        online = _WORDS.get(payload.strip().lower())
    if online is None:
        raise DecodeError("wrong_type", "expected true or false", address)
    return Decoded(address, (Partial("status", {"online": float(online)}),), availability=True)
