"""ESPHome and Homie: every value in a message of its own, without a time (esphome.io, "MQTT";
homieiot.github.io)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message

_NAMES: Final = {
    "temperature_c": "temperature",
    "humidity_pct": "humidity",
    "co2_ppm": "carbon_dioxide",
    "illuminance_lx": "illuminance",
    "people": "people",
    "occupied": "presence",
    "motion_count": "motion",
}


def _values(report: Report) -> Iterator[tuple[str, bool | float]]:
    for fields in report.facts.values():
        for name, value in fields.items():
            if name == "motion_count":
                yield _NAMES[name], value > 0
            elif name in _NAMES:
                yield _NAMES[name], value


class EspHome:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        prefix = f"{day.source.base}/" if day.source.base else ""
        self._topic = f"{prefix}{day.entry.device.address}/"

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}status", b"online", self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}status", b"offline", self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        for name, value in _values(report):
            flag = isinstance(value, bool)
            topic = f"{self._topic}{'binary_sensor' if flag else 'sensor'}/{name}/state"
            word = ("ON" if value else "OFF") if flag else str(value)
            yield Message(report.time, topic, word.encode(), self._day.id)


class Homie:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        self._topic = f"{day.source.base or 'homie'}/5/{day.entry.device.address}/"

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}$state", b"ready", self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}$state", b"lost", self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        for name, value in _values(report):
            word = str(value).lower()  # true, false, or a number
            topic = f"{self._topic}room/{name.replace('_', '-')}"
            yield Message(report.time, topic, word.encode(), self._day.id)
