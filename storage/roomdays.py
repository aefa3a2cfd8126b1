"""From stored readings and claims to a room's days: what roll-up, import and API share.

Times are ms of UTC. Nothing is written here, and any ``Store`` will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rooms.attribution import LEFT, LOOKBACK, Claims
from rooms.calendar import bookable, cleaning, day_bounds
from rooms.faults import distrust
from rooms.faults.cost import is_costly
from rooms.intervals import Interval, Intervals, clip, union
from rooms.occupancy import DeviceHistory, Timeline, padding, room_timeline
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from rooms.roomday import DayFacts, RoomDay, room_day
from rooms.units import DAY_MS
from storage.histories import device_histories, histories
from storage.state import Spell, StoredClaims
from storage.store import Store


@dataclass(frozen=True, slots=True)
class RoomDays:
    """Consecutive local days of one room, and what they were computed from."""

    days: list[RoomDay]
    timeline: Timeline
    devices: list[DeviceHistory]
    claims: Claims

    @property
    def start(self) -> int:
        return self.days[0].start

    @property
    def stop(self) -> int:
        return self.days[-1].stop

    @property
    def reaches_on(self) -> bool:
        """May what is here matter to the day after? A check-in that ended early may have
        lasted until then as long as readings were missing."""
        return (
            not quiet(self.timeline, self.stop)
            or any(c.time >= self.stop - LOOKBACK for c in self.claims.checkins)
            or any(b.start < self.stop < b.stop for b in self.claims.bookings)
        )

    @property
    def reaches_back(self) -> bool:
        """May what is here matter to the day before? To a stay that is an early one of a
        booking, or to whether somebody came to a booking just before midnight."""
        start = self.start
        return bool(clip(self.timeline.occupied, start - 1, start)) or any(
            start - LEFT <= b.start < start for b in self.claims.bookings
        )


def span(registry: Registry, room: str, first: date, last: date) -> Interval:
    """The time that the numbers of these days may depend on, readings' padding included."""
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    back, forward = room_padding(registry, room)
    start, stop = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    return start - LOOKBACK - LEFT - back, stop + LEFT + forward


def computable_from(zone: ZoneInfo, now: int, retention_ms: int | None, back: int) -> int:
    """The midnight (ms) at which the oldest day of a room begins that can be computed, by its
    padding ``back``: before it some of the readings that a day depends on may have expired,
    so it is frozen. The last two days never are, however short the retention."""
    if retention_ms is None:
        return -FOREVER
    kept = now - retention_ms + LOOKBACK + LEFT + back
    earliest = min(kept, now - 2 * DAY_MS)
    day = datetime.fromtimestamp((earliest - 1) / 1000, zone).date() + timedelta(days=1)
    return day_bounds(day, zone)[0]


def room_padding(registry: Registry, room: str) -> tuple[int, int]:
    """``rooms.occupancy.padding`` of all devices that ever stood in the room, ms."""
    site, _ = registry.rooms[room]
    ever = registry.devices_in(room, -FOREVER, FOREVER)
    return padding(histories(ever, {}, registry.zone(site.id)))


def room_days(
    store: Store,
    claims: StoredClaims,
    spells: Sequence[Spell],
    registry: Registry,
    room: str,
    first: date,
    last: date,
    now: int,
) -> RoomDays:
    """The local days ``first`` to ``last`` (inclusive), from readings up to ``now``.

    The timeline begins ``LOOKBACK + LEFT`` before them, where a stay may have become
    somebody's. But after ``LEFT`` of known vacancy no claim to a stay is left: what lies
    further back cannot matter then, unless a booking is running, is not read, and counts as
    vacant. ``spells`` are the problems that touch ``span(...)`` of those days. Raises
    ``StoreError``; ``KeyError`` for a room that the registry does not know.
    """
    site, entry = registry.rooms[room]
    zone = registry.zone(site.id)
    start, stop = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    told = claims.of(room, start, stop, entry.host)
    running = any(booking.start < start < booking.stop for booking in told.bookings)
    reaches = (LOOKBACK + LEFT,) if running else (2 * LEFT, LOOKBACK + LEFT)
    distrusted = distrust(spells, now)
    for back in reaches:
        devices, timeline = _history(store, registry, room, start - back, stop, distrusted, now)
        if quiet(timeline, start):
            break
    timeline = replace(timeline, start=start - LOOKBACK - LEFT)
    broken = broken_times(spells, registry, room, start, stop, now)
    days = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        facts = DayFacts(
            site_zone=zone,
            day=day,
            timeline=timeline,
            bookable=bookable(site, room, day),
            cleaning=cleaning(site, room, day),
            capacity=entry.capacity.at(day),
            claims=told,
            broken=broken,
            until=now,
        )
        days.append(room_day(facts))
    return RoomDays(days, timeline, devices, told)


def _history(
    store: Store,
    registry: Registry,
    room: str,
    start: int,
    stop: int,
    distrusted: Mapping[str, Intervals],
    now: int,
) -> tuple[list[DeviceHistory], Timeline]:
    stop = max(start, min(stop + LEFT, now))
    devices = device_histories(store, registry, room, start, stop, distrusted=distrusted)
    return devices, room_timeline(devices, start, stop, now)


def quiet(timeline: Timeline, edge: int) -> bool:
    """Does nothing from before ``edge - LEFT`` matter to what comes after ``edge``?"""
    before = (edge - 2 * LEFT, edge - LEFT)
    return not clip(timeline.occupied, *before) and not clip(timeline.unknown, *before)


def broken_times(
    spells: Iterable[Spell], registry: Registry, room: str, start: int, stop: int, now: int
) -> Intervals:
    """When equipment that stood in the room had a fault that made it useless."""
    own: dict[str, Intervals] = {}
    for spell in spells:
        if is_costly(spell.code, spell.severity):
            end = now if spell.stop is None else spell.stop
            own.setdefault(spell.subject, []).append((spell.start, end))
    return union(
        piece
        for stay in registry.devices_in(room, start, stop)
        for piece in clip(own.get(stay.device.device.id, ()), stay.start, stay.stop)
    )
