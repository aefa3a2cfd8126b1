"""Shelly's JSON-RPC notifications, each with what has changed only (shelly-api-docs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, device_time

_COMPONENTS = {
    "temperature_c": ("temperature:0", "tC"),
    "humidity_pct": ("humidity:0", "rh"),
    "illuminance_lx": ("illuminance:0", "lux"),
}


class Shelly:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        prefix = f"{day.source.base}/" if day.source.base else ""
        self._address = day.entry.device.address
        self._topic = f"{prefix}{self._address}"

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}/online", b"true", self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, f"{self._topic}/online", b"false", self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        values = {name: v for fields in report.facts.values() for name, v in fields.items()}
        params: dict[str, Any] = {"ts": device_time(self._day, report.time) / 1000}
        for name, (component, key) in _COMPONENTS.items():
            if name in values:
                params[component] = {"id": 0, key: values[name]}
        if self._day.entry.device.model == "shelly-pir-input" and "motion_count" in values:
            params["input:0"] = {"id": 0, "state": values["motion_count"] > 0}
        elif "occupied" in values or "people" in values:
            people = values.get("people", int(values.get("occupied", False)))
            params["presencezone:200"] = {
                "id": 200,
                "value": values.get("occupied", people > 0),
                "num_objects": people,
            }
        if "battery_pct" in values:
            params["devicepower:0"] = {"id": 0, "battery": {"percent": values["battery_pct"]}}
        params["wifi"] = {"rssi": -50 - self._day.trait % 30}
        body = {
            "src": self._address,
            "dst": f"{self._address}/events",
            "method": "NotifyStatus",
            "params": params,
        }
        yield Message(report.time, f"{self._topic}/events/rpc", to_json(body), self._day.id)
