"""The truth beside the messages: ``truth.jsonl``, one JSON object a line, times in ms.

``{"type": "people", "site", "room", "start", "stop", "people"}``: so many were in the room.
``{"type": "visit", "site", "room", "kind", "start", "stop", "partner", "booked", "no_show"}``:
what was planned. Rooms and times without a "people" line were empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.json import encode as to_json

from devices.simulator.calendar import local_days
from devices.simulator.generate import Setting, scenario_of
from devices.simulator.scenario import Scenario
from rooms.registry.registry import Registry


def day_truth(scenario: Scenario, day: date) -> Iterator[dict[str, Any]]:
    site = scenario.site.id
    for room, truth in scenario.rooms(day).items():
        where = {"site": site, "room": room}
        for start, stop, people in truth.steps:
            yield {"type": "people", **where, "start": start, "stop": stop, "people": people}
        for visit in truth.visits:
            yield {
                "type": "visit",
                **where,
                "kind": visit.kind,
                "start": visit.start,
                "stop": visit.stop,
                "partner": visit.partner,
                "booked": visit.booked,
                "no_show": visit.no_show,
            }


class TruthFile:
    """Writes whole local days, each once, as the run reaches them."""

    def __init__(self, path: Path, registry: Registry, setting: Setting, start: int) -> None:
        self._path = path
        self._scenarios = [scenario_of(site, setting) for site in registry.sites.values()]
        self._next = {
            s.site.id: next(local_days(start, start + 1, s.zone)) for s in self._scenarios
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")

    def reach(self, t: int) -> None:
        """Append every day up to the one that holds ``t`` (ms)."""
        for scenario in self._scenarios:
            today = next(local_days(t, t + 1, scenario.zone))
            day = self._next[scenario.site.id]
            if day > today:
                continue
            with self._path.open("ab") as file:
                while day <= today:
                    file.writelines(to_json(line) + b"\n" for line in day_truth(scenario, day))
                    day += timedelta(days=1)
            self._next[scenario.site.id] = day
