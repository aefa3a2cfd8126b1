"""Small visits at any hour in a few rooms, and something that breaks, so that a newcomer sees life
at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from devices.simulator.calendar import day_bounds
from devices.simulator.mishaps import Mishap
from devices.simulator.people import Visit
from rooms.registry.models import Room, Site
from rooms.registry.registry import Registry

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_ROOMS = 3
_MARGIN = 3 * _MINUTE
_UNPLUGGED = (_MINUTE, 16 * _MINUTE)  # from when to when, after the start


def lively_rooms(site: Site, seed: int, day: date) -> list[str]:
    """The rooms with visits: shared ones, the same for a whole run."""
    shared = [room.id for room in site.rooms if not room.private.at(day)]
    return Random(f"{seed}/{site.id}/lively").sample(shared, min(_ROOMS, len(shared)))


def lively_mishaps(registry: Registry, since: int) -> tuple[Mishap, ...]:
    """In each site the first camera that can be is unplugged for a while, soon after ``since``."""
    systems = {
        entry.site: entry.device.id
        for entry in reversed([*registry.devices.values()])
        if entry.model.family == "vc" and registry.room_of(entry.device.id, since)
    }
    return tuple(
        Mishap("unplugged", device, since + _UNPLUGGED[0], since + _UNPLUGGED[1])
        for device in systems.values()
    )


def lively_visits(
    site: Site, seed: int, since: int, room: Room, day: date, others: Sequence[Visit]
) -> list[Visit]:
    """Visits of a day from ``since`` (ms) on, where the room is free; the first within a minute."""
    zone = ZoneInfo(site.timezone)
    start, stop = day_bounds(day, zone)
    # the rooms are chosen by the first day, so that a dated change does not move the life
    chosen = lively_rooms(site, seed, datetime.fromtimestamp(since / 1000, zone).date())
    if stop <= since or room.id not in chosen:
        return []
    rng = Random(f"{seed}/{site.id}/{room.id}/{day}/lively")
    partners: list[str | None] = [partner.id for partner in site.partners] or [None]
    wanted: list[tuple[int, int]] = []
    if start <= since:
        first = since // 1000 * 1000 + (15 + 15 * chosen.index(room.id)) * 1000
        wanted.append((first, first + rng.randint(5, 9) * _MINUTE))
    for hour in range(start, stop, _HOUR):
        for minute in (2, 32):  # two short visits an hour, over before the next begins
            begin = hour + (minute + rng.randint(0, 10)) * _MINUTE
            wanted.append((begin, begin + rng.randint(6, 14) * _MINUTE))
    visits: list[Visit] = []
    taken = [
        (min([v.start, *(arrive for arrive, _ in v.stays)]), max(v.stop, v.last_out))
        for v in others
    ]
    for begin, end in wanted:
        people = rng.randint(1, min(3, room.capacity.at(day)))
        partner, call = rng.choice(partners), rng.random() < 0.6
        free = all(end + _MARGIN <= a or begin - _MARGIN >= b for a, b in taken)
        if begin >= since and end < stop and free:
            stays = tuple((begin + 4000 * i, end - 3000 * i) for i in range(people))
            visits.append(Visit(room.id, "lively", begin, end, partner, False, call, stays))
            taken.append((begin, end))
    return visits
