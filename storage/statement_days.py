"""What is kept of a site's month, room by room and day by day, as statements take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rooms.calendar import bookable, day_bounds, local_days
from rooms.dayevidence import DayEvidence
from rooms.devicemodels import SHOWS_VACANCY
from rooms.intervals import clip, total
from rooms.registry import Registry, Site
from rooms.statement.inputs import NOBODY, PartnerDay, RoomDay
from rooms.statement.registered import month_bounds, next_month, pooled
from rooms.utilisation import UNATTRIBUTED, PartnerUse, Use
from storage.state import ServiceState
from storage.store import Store

Key = tuple[str, date]  # a room's day


class StoredMonth(NamedTuple):
    """What is kept of a site's month, by room and day; of private days nothing is looked at."""

    days: list[date]  # those that have begun
    uses: dict[Key, Use]
    parts: dict[Key, dict[str, PartnerUse]]  # by partner, or NOBODY; only what is not all zeros
    evidence: dict[Key, DayEvidence]  # what adds up to the parts
    detailed: bool  # is it there for every day on which anything was used or booked?


def stored_month(
    store: Store, state: ServiceState, registry: Registry, site: Site, month: date, now: int
) -> StoredMonth:
    start, stop = month_bounds(registry, site.id, month)
    zone = registry.zone(site.id)
    days = [*local_days(start, min(stop, now), zone)]
    day_at = {day_bounds(day, zone)[0]: day for day in days}
    wanted, every = pooled(site), any(pool.rooms is None for pool in site.pools)

    def key(room: str, time: int) -> Key | None:
        """``None``: no day of a pool's room, or a private one."""
        day, known = day_at.get(time), registry.rooms.get(room)
        if day is None or (room not in wanted and (known is not None or not every)):
            return None
        return None if known is not None and known[1].private.at(day) else (room, day)

    uses, parts = dict[Key, Use](), dict[Key, dict[str, PartnerUse]]()
    asked = {"site": [site.id]}
    for point in store.read("use_day", asked, start, stop):
        own = key(point.tags["room"], point.time)
        if own is not None and (own[0] in wanted or any(point.fields.values())):
            uses[own] = Use.of(point.fields)
    for point in store.read("partner_day", asked, start, stop):
        own = key(point.tags["room"], point.time)
        if own is not None and any(point.fields.values()):
            partner = point.tags["partner"]
            whose = NOBODY if partner == UNATTRIBUTED else partner
            parts.setdefault(own, {})[whose] = PartnerUse.of(point.fields)
    rooms = {room for room, _ in uses}
    evidence = {
        (room, day): one
        for room, day, one in state.evidence.read(rooms, month, next_month(month))
        if (room, day) in uses and _by_partner(one) == parts.get((room, day), {})
    }
    detailed = all(
        own in evidence or not (own in parts or use.booked_s) for own, use in uses.items()
    )
    return StoredMonth(days, uses, parts, evidence, detailed)


def _by_partner(evidence: DayEvidence) -> dict[str, PartnerUse]:
    return {partner or NOBODY: use for partner, use in evidence.sums().items()}


def room_days_of(
    registry: Registry, site: Site, stored: StoredMonth, now: int
) -> Iterator[RoomDay]:
    """Of pools' rooms every day, with its bookable time also where nothing was computed."""
    nothing = Use()
    for room in sorted(pooled(site)):
        entry = registry.rooms[room][1]
        for day in stored.days:
            weight = Fraction(entry.weight.at(day))
            if entry.private.at(day):
                yield _room_day(room, day, weight, nothing, private=True)
                continue
            use = stored.uses.get((room, day))
            if use is None:
                open_ = total(clip(bookable(site, room, day), 0, now)) // 1000
                use = Use(bookable_s=open_)
            sensor = _has_sensor(registry, site, room, day) or _was_seen_vacant(use)
            yield _room_day(room, day, weight, use, sensor=sensor)
    for (room, day), use in stored.uses.items():
        if room not in registry.rooms:
            yield _room_day(room, day, Fraction(1), use, sensor=_was_seen_vacant(use))


def _room_day(
    room: str, day: date, weight: Fraction, use: Use, *, private: bool = False, sensor: bool = False
) -> RoomDay:
    return RoomDay(
        room=room,
        day=day,
        weight=weight,
        private=private,
        sensor=sensor,
        bookable_s=use.bookable_s,
        known_s=use.known_s,
        occupied_s=use.occupied_s,
        outside_s=use.outside_s,
        lost_s=use.lost_s,
    )


def _has_sensor(registry: Registry, site: Site, room: str, day: date) -> bool:
    stays = registry.devices_in(room, *day_bounds(day, registry.zone(site.id)))
    return any(not SHOWS_VACANCY.isdisjoint(stay.device.evidence) for stay in stays)


def _was_seen_vacant(use: Use) -> bool:
    """Then there was a sensor, though the registry may no longer know it."""
    return use.known_s > use.occupied_s


def partner_days_of(stored: StoredMonth) -> Iterator[PartnerDay]:
    none = DayEvidence()
    for room, day in stored.uses:
        parts = stored.parts.get((room, day), {})
        evidence = stored.evidence.get((room, day), none)
        for partner in {*parts, *evidence.booked, *evidence.lost}:
            use = parts.get(partner, PartnerUse())
            yield PartnerDay(
                room=room,
                day=day,
                partner=partner,
                correction_s=use.correction_s,
                checkin_s=use.checkin_s,
                booking_s=use.booking_s,
                host_s=use.host_s,
                unattributed_s=use.unattributed_s,
                no_show_s=use.no_show_s,
                outside_s=use.outside_s,
                booked_s=evidence.booked.get(partner, 0),
                lost_s=evidence.lost.get(partner, 0),
            )
