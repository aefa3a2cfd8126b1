"""The rooms' calendars beside the messages: one iCalendar file per room, from the plans.

Booked meetings stand in them, also those to which nobody comes. Most name an organiser at
an invented address of the partner's; some name nobody, as feeds of real houses do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from devices.simulator.calendar import local_days
from devices.simulator.generate import Setting, scenario_of
from devices.simulator.people import Visit
from devices.simulator.scenario import Scenario
from rooms.registry.models import Partner
from rooms.registry.registry import Registry

_AHEAD = timedelta(days=14)
_NAMELESS: Final = 0.1
_NAMES: Final = ("elin.berg", "johan.lund", "sara.nord", "nils.ek", "maja.sund")


def calendars(scenario: Scenario, first: date, last: date) -> dict[str, str]:
    """Room -> its meetings of ``first`` to ``last``, both included, as iCalendar text."""
    partners = {partner.id: partner for partner in scenario.site.partners}
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rumskoll//Simulator//SV")
    lines = {room.id: [*head] for room in scenario.site.rooms}
    for number in range((last - first).days + 1):
        for room, truth in scenario.rooms(first + timedelta(days=number)).items():
            for visit in truth.visits:
                if visit.booked:
                    partner = partners.get(visit.partner or "")
                    lines[room] += _event(visit, partner, scenario.seed)
    return {room: "\r\n".join([*own, "END:VCALENDAR", ""]) for room, own in lines.items()}


def _event(visit: Visit, partner: Partner | None, seed: int) -> Iterator[str]:
    rng = Random(f"{seed}/organiser/{visit.room}/{visit.start}")
    yield "BEGIN:VEVENT"
    yield f"UID:{visit.start // 1000}-{visit.room}@simulator.example"
    yield f"DTSTAMP:{_time(visit.start)}"
    yield f"DTSTART:{_time(visit.start)}"
    yield f"DTEND:{_time(visit.stop)}"
    yield "SUMMARY:Möte"
    if partner is not None and rng.random() >= _NAMELESS:
        if partner.domains:
            yield f"ORGANIZER:mailto:{rng.choice(_NAMES)}@{partner.domains[0]}"
        elif partner.categories:
            yield f"CATEGORIES:{partner.categories[0]}"
    yield "END:VEVENT"


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


class CalendarFiles:
    """Writes ``<room>.ics`` into a folder, and again with each new local day."""

    def __init__(self, folder: Path, registry: Registry, setting: Setting, start: int) -> None:
        self._folder = folder
        self._scenarios = [scenario_of(site, setting) for site in registry.sites.values()]
        self._start = start
        self._written: dict[str, date] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def reach(self, t: int) -> None:
        """Make the files those of the day that holds ``t`` (ms)."""
        for scenario in self._scenarios:
            today = next(local_days(t, t + 1, scenario.zone))
            if self._written.get(scenario.site.id) == today:
                continue
            first = next(local_days(self._start, self._start + 1, scenario.zone))
            for room, text in calendars(scenario, first, today + _AHEAD).items():
                self._write(room, text)
            self._written[scenario.site.id] = today

    def _write(self, room: str, text: str) -> None:
        """Readers see the old file or the new one, never half of it."""
        fresh = self._folder / f"{room}.ics.new"
        fresh.write_text(text, "utf-8", newline="")
        fresh.replace(self._folder / f"{room}.ics")
