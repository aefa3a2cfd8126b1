"""The native format: ``rumskoll/<site>/<room>/<device>/<kind>``, one message per kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from zoneinfo import ZoneInfo

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, device_time, rfc3339


class Native:
    def __init__(self, day: DeviceDay, zone: ZoneInfo) -> None:
        self._day = day
        self._zone = zone
        self._numbers = count()
        base = day.source.base or "rumskoll"
        self._topic = f"{base}/{day.entry.site}/{day.room}/{day.entry.device.address}/"
        # simple displays and panels have no clock; history needs their times all the same
        self._clockless = day.entry.model.family in {"display", "panel"}

    def begin(self) -> Iterator[Message]:
        yield from ()

    def hello(self, t: int) -> Iterator[Message]:
        yield Message(t, self._topic + "status", b"online", self._day.id, retain=True)

    def gone(self, t: int) -> Iterator[Message]:
        yield Message(t, self._topic + "status", b"offline", self._day.id, retain=True)

    def say(self, report: Report) -> Iterator[Message]:
        timed = not (self._clockless and self._day.is_live(report.time))
        time = rfc3339(device_time(self._day, report.time), self._zone) if timed else None
        for kind, fields in report.facts.items():
            body = {"seq": next(self._numbers), **fields}
            if timed:
                body = {"time": time, **body}
            yield Message(report.time, self._topic + kind, to_json(body), self._day.id)
