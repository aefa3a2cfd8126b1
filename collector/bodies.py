"""What is told of rooms and devices now: the bodies in ``service.db`` that the API passes on.

See ``storage/state/live`` for their place; times are ms of UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from collector.memory import WINDOW_MS, Memory
from rooms.attribution import Booking
from rooms.fold import Latest
from rooms.intervals import union
from rooms.occupancy import room_now, room_timeline
from rooms.readings import PRIVATE_EQUIPMENT, PRIVATE_KINDS
from rooms.registry import Registry, SourceDevice
from rooms.units import HOUR_MS
from storage.histories import Distrusted, histories

Body = dict[str, Any]

LONG_MS: Final = 24 * HOUR_MS  # as far back as a state's beginning is looked for
_AIR: Final = ("co2_ppm", "temperature_c", "humidity_pct")
_NOBODY: Final[Body] = {
    "since": None,
    "provisional": False,
    "people": None,
    "evidence": [],
    "in_call": None,
}
_NEVER_HEARD: Final = Latest()


def room_body(
    registry: Registry,
    memory: Memory,
    room: str,
    before: Mapping[str, Any] | None,
    distrusted: Distrusted,
    now: int,
) -> Body:
    """A room's state; ``before`` is its last body, from which an older ``since`` is kept.

    ``distrusted`` tells when devices were not to be believed, as far back as ``LONG_MS``.
    """
    site, _ = registry.rooms[room]
    if registry.private(room, now):
        return {"site": site.id, "state": "private", **_NOBODY, **_climate(memory, (), now)}
    here = [stay.device for stay in registry.devices_in(room, now, now + 1)]
    start = now - WINDOW_MS
    placed = registry.devices_in(room, start - LONG_MS, now + HOUR_MS)
    samples = memory.of(stay.device.device.id for stay in placed)
    devices = histories(placed, samples, registry.zone(site.id), distrusted)
    what = room_now(room_timeline(devices, start, now, now))
    since: int | None = what.since
    if what.since_open:
        since = before["since"] if before and before["state"] == what.state else None
    if since is None:
        whole = room_now(room_timeline(devices, now - LONG_MS, now, now))
        since = None if whole.since_open else whole.since
    calls = {e.device for e in what.evidence if e.evidence == "call"}
    able = any("call" in stay.device.evidence for stay in placed)
    return {
        "site": site.id,
        **_climate(memory, here, now),
        "state": what.state,
        "since": since,
        "provisional": what.provisional,
        "people": what.people,
        "evidence": [{"device": e.device, "evidence": e.evidence} for e in what.evidence],
        "in_call": bool(calls) if able else None,
    }


def booked(bookings: Iterable[Booking], now: int) -> Body:
    """Until when the room is booked without a break, or when the next booking starts."""
    times = union((one.start, one.stop) for one in bookings)
    return {
        "booked_until": next((b for a, b in times if a <= now < b), None),
        "next_booking": next((a for a, _ in times if a > now), None),
    }


def _climate(memory: Memory, devices: Iterable[SourceDevice], now: int) -> Body:
    """The newest value of each, as long as its device is known."""
    found: dict[str, tuple[int, float]] = {}
    for device in devices:
        latest = memory.latest.get(device.device.id, _NEVER_HEARD)
        for name in _AIR:
            at, value = latest.fields.get(f"climate.{name}", (0, 0.0))
            if now - at <= device.known_for_ms and at > found.get(name, (0, 0.0))[0]:
                found[name] = (at, float(value))
    values: Body = dict.fromkeys(_AIR) | {name: value for name, (_, value) in found.items()}
    return values | {"climate_at": max((at for at, _ in found.values()), default=None)}


def device_body(registry: Registry, memory: Memory, device: str, now: int) -> Body:
    """Where a device stands, the last it said of everything, and when it last noticed somebody
    (of people only where that may be kept: a room may have become private since)."""
    latest = memory.latest.get(device, _NEVER_HEARD)
    hidden = registry.hides_people(device, now)
    reacted = None if hidden else memory.reacted.get(device)
    return {
        "site": registry.devices[device].site,
        "room": registry.room_of(device, now),
        "heard": latest.heard or None,
        "latest": {
            name: told for name, told in latest.fields.items() if not (hidden and _of_people(name))
        },
        "reacted": None if reacted is None else {"at": reacted.at, "what": reacted.what},
    }


def _of_people(name: str) -> bool:
    kind, _, field = name.partition(".")
    return kind in PRIVATE_KINDS or (kind == "equipment" and field in PRIVATE_EQUIPMENT)
