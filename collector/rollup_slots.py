"""The ``room_slot`` points of a room's dirty hours: what Grafana draws (design 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rooms.intervals import Interval, Intervals, clip, union
from rooms.occupancy import DeviceHistory, Sample
from rooms.readings import Point
from rooms.registry import Registry
from rooms.slots import SLOT, room_slots
from storage.roomdays import RoomDays
from storage.state import Spell


def slot_points(
    registry: Registry, room: str, found: RoomDays, hours: Intervals, spells: Sequence[Spell]
) -> Iterator[Point]:
    """``hours`` (ms, sorted) lie within the days that were found."""
    site, _ = registry.rooms[room]
    tags = {"site": site.id, "room": room}
    for start, stop in union(hours):
        climate = [sample for device in found.devices for sample in _samples(device, start, stop)]
        wrong = fault_times(registry, room, spells, start, stop)
        for slot in room_slots(found.timeline, climate, 0, start, stop):
            faults = sum(a < slot.start + SLOT and b > slot.start for a, b in wrong)
            fields = {**slot.fields(), "faults": float(faults)}
            yield Point("room_slot", tags, slot.start, dict(fields))


def _samples(device: DeviceHistory, start: int, stop: int) -> list[Sample]:
    """What it said in the hours that are drawn, while it stood in the room."""
    here = clip(device.placed, start - start % SLOT, stop + -stop % SLOT)
    return [s for s in device.samples if any(a <= s.time < b for a, b in here)]


def fault_times(
    registry: Registry, room: str, spells: Iterable[Spell], start: int, stop: int
) -> list[Interval]:
    """When devices that stood in the room had something wrong: one for each thing."""
    own: dict[str, list[Interval]] = {}
    for spell in spells:
        times = (spell.start, stop if spell.stop is None else spell.stop)
        own.setdefault(spell.subject, []).append(times)
    return [
        piece
        for stay in registry.devices_in(room, start, stop)
        for piece in clip(own.get(stay.device.device.id, ()), stay.start, stay.stop)
    ]
