"""What people call the things that faults are of. All of it is text from outside, made harmless."""

from __future__ import annotations

from typing import Final

from collector.composing.facts import Fact
from collector.composing.seen import Seen
from rooms.faults.finding import SOURCE
from rooms.texts import Language, text
from rooms.texts.plain import plain

LONGEST: Final = 60  # characters of a name


def room_name(seen: Seen, room: str, language: Language) -> str:
    found = seen.registry.rooms.get(room)
    return plain(room if found is None else found[1].name.in_(language), LONGEST)


def site_name(seen: Seen, site: str, language: Language) -> str:
    return plain(seen.registry.sites[site].name.in_(language), LONGEST)


def where(seen: Seen, told: Fact, language: Language) -> str:
    """The room; for what is in none its site, for the service's own faults its name."""
    fault = told.fault
    if fault.room is not None:
        return room_name(seen, fault.room, language)
    if fault.site in seen.registry.sites:
        return site_name(seen, fault.site, language)
    return text(language, "alert.service")


def own_name(seen: Seen, device: str, language: Language) -> str:
    """A device's name, else its id."""
    entry = seen.registry.devices.get(device)
    name = None if entry is None else entry.device.name
    return plain(device if name is None else name.in_(language), LONGEST)


def thing(seen: Seen, subject: str, language: Language) -> str:
    """``videosystemet``, ``sensorn granen-pir`` where there are several, or a device's name."""
    entry = seen.registry.devices.get(subject)
    if entry is None:
        if subject in seen.registry.rooms:
            return text(language, "alert.device.room")
        if subject.startswith(SOURCE):
            name = plain(subject.removeprefix(SOURCE), LONGEST)
            return text(language, "alert.device.source", name=name)
        service = text(language, "alert.device.service")
        return service if subject == "service" else plain(subject, LONGEST)
    if entry.device.name is not None:
        return own_name(seen, subject, language)
    family = text(language, f"alert.device.{entry.model.family}")
    return family if _alone(seen, subject) else f"{family} {subject}"


def _alone(seen: Seen, device: str) -> bool:
    """Is it the only one of its family in its room?"""
    room = seen.registry.room_of(device, seen.now)
    if room is None:
        return False
    family = seen.registry.devices[device].model.family
    here = seen.registry.devices_in(room, seen.now, seen.now + 1)
    return sum(stay.device.model.family == family for stay in here) == 1
