"""The trial's contacts.yaml: for each room the calendar that the simulator writes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings

_EMPTY: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
_HEAD: Final = (
    "# Made anew with each start of the trial: the calendars of simulated rooms.\ncalendars:\n"
)


def contacts_file(data: Path) -> Path:
    return data / "demo-contacts.yaml"


def folder(data: Path) -> Path:
    """Where the simulator writes ``<room>.ics``."""
    return data / "calendars"


def write(settings: Settings) -> None:
    """For the site's shared rooms. Raises ``RegistryError``."""
    where = folder(settings.data).resolve()
    where.mkdir(parents=True, exist_ok=True)
    lines = [_HEAD]
    for id_, (_, room) in read_registry(settings.rooms).rooms.items():
        if room.private.first or any(step.value for step in room.private.later):
            continue
        file = where / f"{id_}.ics"
        lines.append(f"  - room: {id_}\n    url: {file.as_uri()}\n")
        if not file.exists():  # the collector looks before the simulator has begun
            file.write_text(_EMPTY, "utf-8", newline="")
    contacts_file(settings.data).write_text("".join(lines), "utf-8")
