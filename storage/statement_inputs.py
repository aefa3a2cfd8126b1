"""Gathers what a month's statement is computed from: the roll-up's sums, the evidence that
they are made of, and the registry's agreements and costs. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from rooms import METRICS_VERSION
from rooms.dayevidence import DayEvidence
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from rooms.statement.inputs import (
    NOBODY,
    SCHEMA_VERSION,
    Clash,
    Empty,
    Inputs,
    PartnerDay,
    RoomDay,
    Stay,
)
from rooms.statement.registered import (
    agreements_of,
    costs_of,
    month_bounds,
    partners_of,
    pooled,
    pools_of,
    rooms_of,
    sites_of,
    statement_sites,
)
from storage.state import ServiceState
from storage.statement_days import partner_days_of, room_days_of, stored_month
from storage.store import Store


def gather(store: Store, state: ServiceState, registry: Registry, month: date, now: int) -> Inputs:
    """The month that begins on the day ``month``, as far as it is known at ``now`` (ms).

    Of the running month the days that have begun. Carries, the version before, overrides and
    a reason are for who issues to add. Raises ``StoreError``.
    """
    sites = sites_of(registry, month)
    end = max((site.stop for site in sites), default=now)
    room_days: list[RoomDay] = []
    partner_days: list[PartnerDay] = []
    told: list[tuple[str, DayEvidence]] = []
    gone: set[tuple[str, str]] = set()
    detailed = True
    for site in statement_sites(registry):
        stored = stored_month(store, state, registry, site, month, now)
        gone |= {(site.id, room) for room, _ in stored.uses if room not in registry.rooms}
        room_days += room_days_of(registry, site, stored, now)
        partner_days += partner_days_of(stored)
        told += [(room, one) for (room, _), one in stored.evidence.items()]
        detailed = detailed and stored.detailed
    stays, empty, clashes = _listed(told)
    agreements, costs = agreements_of(registry, month), costs_of(registry, month)
    met = {one.partner for one in partner_days} | {one.partner for one in stays}
    met |= {one.partner for one in empty}
    met |= {who for one in clashes for who in (one.first, one.second)}
    met |= {partner for one in agreements for partner in one.shares}
    met |= {cost.partner for cost in costs if cost.partner}
    return Inputs(
        schema=SCHEMA_VERSION,
        metrics=METRICS_VERSION,
        month=f"{month:%Y-%m}",
        until=min(now, end),
        complete=end <= now and pending(state, registry, month, now) == 0,
        registry=registry.hash,
        sites=sites,
        partners=partners_of(registry, met - {NOBODY}),
        rooms=rooms_of(registry, month, gone),
        room_days=tuple(sorted(room_days, key=lambda one: (one.room, one.day))),
        partner_days=tuple(sorted(partner_days, key=lambda o: (o.room, o.day, o.partner))),
        pools=pools_of(registry, gone),
        agreements=agreements,
        costs=costs,
        stays=stays,
        empty=empty,
        clashes=clashes,
        detailed=detailed,
    )


def pending(state: ServiceState, registry: Registry, month: date, now: int) -> int:
    """How many of the pools' room-hours in the month are still to be computed."""
    count = 0
    for site in statement_sites(registry):
        start, stop = month_bounds(registry, site.id, month)
        count += state.dirty.count(start, min(stop, now), pooled(site))
    return count


def months_with_data(store: Store, registry: Registry) -> list[date]:
    """First days of the months in which a site that shares costs had opening hours, ascending."""
    sites = [site.id for site in statement_sites(registry)]
    found = {
        registry.local_day(point.tags["site"], point.time).replace(day=1)
        for point in store.read("site_month", {"site": sites}, 0, FOREVER)
        if point.fields.get("bookable_s")
    }
    return sorted(found)


def _listed(
    told: Iterable[tuple[str, DayEvidence]],
) -> tuple[tuple[Stay, ...], tuple[Empty, ...], tuple[Clash, ...]]:
    stays, empty, clashes = list[Stay](), list[Empty](), list[Clash]()
    for room, one in told:
        stays += [
            Stay(room, s.start, s.stop, s.partner or NOBODY, s.by, s.outside) for s in one.stretches
        ]
        empty += [Empty(room, v.start, v.stop, v.partner or NOBODY) for v in one.vacancies]
        clashes += [
            Clash(room, o.start, o.stop, o.first or NOBODY, o.second or NOBODY)
            for o in one.overlaps
        ]
    in_order = msgspec.structs.astuple
    return (
        tuple(sorted(stays, key=in_order)),
        tuple(sorted(empty, key=in_order)),
        tuple(sorted(clashes, key=in_order)),
    )
