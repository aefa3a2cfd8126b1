"""Finds a free room with working equipment for a meeting that a fault hinders."""

from __future__ import annotations

from typing import Final

from collector.composing.seen import Seen
from rooms.alerts.replacement import (
    Candidate,
    Free,
    free_until,
    needed_until,
    replacement,
)
from rooms.attribution import Booking
from rooms.calendar import bookable
from rooms.faults import Fault
from rooms.registry import Room, Site

# what people come to a room for; sensors and panels are ours
_FOR_MEETINGS: Final = frozenset({"vc", "display"})


def free_room(seen: Seen, fault: Fault, meeting: Booking | None) -> Free | None:
    """For a fault in a room of the registry."""
    needed = needed_until(meeting, seen.now)
    if fault.room is None or needed is None:
        return None
    site, room = seen.registry.rooms[fault.room]
    day = seen.registry.local_day(site.id, seen.now)
    others = [
        _candidate(seen, site, other)
        for other in site.rooms
        if other.id != room.id and not other.private.at(day)
    ]
    entry = seen.registry.devices.get(fault.subject)
    lost = _equipment(seen, room.id) if entry is None else frozenset({entry.model.family})
    return replacement(others, room.capacity.at(day), lost & _FOR_MEETINGS, needed)


def _candidate(seen: Seen, site: Site, room: Room) -> Candidate:
    day = seen.registry.local_day(site.id, seen.now)
    return Candidate(
        room.id,
        room.capacity.at(day),
        _equipment(seen, room.id),
        room.id in seen.vacant,
        room.id not in seen.broken_rooms,
        free_until(bookable(site, room.id, day), seen.bookings.get(room.id, ()), seen.now),
    )


def _equipment(seen: Seen, room: str) -> frozenset[str]:
    here = seen.registry.devices_in(room, seen.now, seen.now + 1)
    return frozenset(stay.device.model.family for stay in here)
