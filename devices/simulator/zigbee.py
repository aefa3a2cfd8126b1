"""Zigbee2MQTT's messages, with ``last_seen`` set to ``ISO_8601_local`` (zigbee2mqtt.io)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, rfc3339
from rooms.registry.models import Source

_NAMES = {
    "temperature_c": "temperature",
    "humidity_pct": "humidity",
    "co2_ppm": "co2",
    "illuminance_lx": "illuminance",
    "battery_pct": "battery",
    "battery_mv": "voltage",
}
_ONLINE = b'{"state":"online"}'
_OFFLINE = b'{"state":"offline"}'


def _base(source: Source) -> str:
    return source.base or "zigbee2mqtt"


def bridge_state(source: Source, t: int, *, online: bool) -> Message:
    state = _ONLINE if online else _OFFLINE
    return Message(t, f"{_base(source)}/bridge/state", state, retain=True)


class Zigbee2Mqtt:
    def __init__(self, day: DeviceDay, zone: ZoneInfo) -> None:
        self._day = day
        self._zone = zone
        self._topic = f"{_base(day.source)}/{day.entry.device.address}"
        self._occupied = "presence" if "presence" in day.entry.evidence else "occupancy"
        self._mains = "presence" in day.entry.evidence  # radar draws too much for a battery

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}/availability", _ONLINE, self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}/availability", _OFFLINE, self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        state: dict[str, Any] = {}
        for kind, fields in report.facts.items():
            for name, value in fields.items():
                if name == "occupied":
                    state[self._occupied] = value
                elif name in _NAMES and not (self._mains and kind == "health"):
                    state[_NAMES[name]] = value
        state["linkquality"] = 60 + self._day.trait % 120 + report.time // 60_000 % 9
        state["last_seen"] = rfc3339(self._last_seen(report), self._zone, "seconds")
        yield Message(report.time, self._topic, to_json(state), self._day.id)

    def _last_seen(self, report: Report) -> int:
        """Zigbee2MQTT makes up a PIR's bare "vacant" by a timer: it was seen when it moved."""
        if report.facts == {"presence": {"occupied": False}} and not self._mains:
            return report.time - self._day.entry.model.hold * 1000
        return report.time
