"""The trial's contacts.yaml: for each room the calendar that the simulator writes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from devices.simulator.feeds import CalendarFiles
from devices.simulator.generate import Setting
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings

_HEAD: Final = (
    "# Made anew with each start of the trial: the calendars of simulated rooms.\ncalendars:\n"
)


def contacts_file(data: Path) -> Path:
    return data / "demo-contacts.yaml"


def folder(data: Path) -> Path:
    """Where the simulator writes ``<room>.ics``."""
    return data / "calendars"


def write(settings: Settings, now: int) -> None:
    """For the site's shared rooms, with what is booked from the history's beginning on: the
    collector looks before the simulator has begun. ``now`` in ms. Raises ``RegistryError``.
    """
    where = folder(settings.data).resolve()
    where.mkdir(parents=True, exist_ok=True)
    lines = [_HEAD]
    registry = read_registry(settings.rooms)
    start = now - settings.history * 1000
    CalendarFiles(where, registry, Setting(settings.seed), start).reach(now)
    for id_, (_, room) in registry.rooms.items():
        if room.private.first or any(step.value for step in room.private.later):
            continue
        file = where / f"{id_}.ics"
        lines.append(f"  - room: {id_}\n    url: {file.as_uri()}\n")
    contacts_file(settings.data).write_text("".join(lines), "utf-8")
