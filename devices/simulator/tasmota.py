"""Tasmota's telemetry: SENSOR with the sensors by name, and the last will (tasmota.github.io)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, device_time, rfc3339

_AIR = {"temperature_c": "Temperature", "humidity_pct": "Humidity", "co2_ppm": "CarbonDioxide"}


class Tasmota:
    def __init__(self, day: DeviceDay, zone: ZoneInfo) -> None:
        self._day = day
        self._zone = zone
        prefix = f"{day.source.base}/" if day.source.base else ""
        address = day.entry.device.address
        self._tele, self._stat = f"{prefix}tele/{address}/", f"{prefix}stat/{address}/"

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._tele}LWT", b"Online", self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._tele}LWT", b"Offline", self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        values = {name: v for fields in report.facts.values() for name, v in fields.items()}
        time = rfc3339(device_time(self._day, report.time), self._zone, "seconds")
        body: dict[str, Any] = {"Time": time}
        occupied = values.get("occupied")
        if "motion_count" in values:
            occupied = values["motion_count"] > 0
        if occupied is not None and self._day.entry.device.model == "tasmota-pir":
            body["Switch1"] = "ON" if occupied else "OFF"
        elif occupied is not None:
            word = b"ON" if occupied else b"OFF"
            yield Message(report.time, f"{self._stat}PRESENCE", word, self._day.id)
        air = {theirs: values[ours] for ours, theirs in _AIR.items() if ours in values}
        if air:
            body["SCD40"] = air
        if "illuminance_lx" in values:
            body["BH1750"] = {"Illuminance": values["illuminance_lx"]}
        yield Message(report.time, f"{self._tele}SENSOR", to_json(body), self._day.id)
