"""What a statement takes from the registry: sites, pools, agreements, costs and names of a month.

Sites that share no costs play no part. ``month`` is the first day of a calendar month, which
each site has in its own zone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from rooms.intervals import Interval
from rooms.registry import Registry, Site
from rooms.registry.billing import Agreement, Cost, part_of
from rooms.registry.fields import Text
from rooms.registry.registry import SourceDevice, midnight
from rooms.statement.inputs import (
    AgreementInput,
    CostInput,
    Name,
    PartnerInput,
    PoolInput,
    RoomInput,
    SiteInput,
)

_COUNTS: Final = "presence.motion_count"  # speaks for the time since the last message


def statement_sites(registry: Registry) -> list[Site]:
    """Those that share costs, by id."""
    sharing = (site for site in registry.sites.values() if site.pools or site.costs)
    return sorted(sharing, key=lambda site: site.id)


def month_bounds(registry: Registry, site: str, month: date) -> Interval:
    """The calendar month there, ms."""
    zone = registry.zone(site)
    return midnight(month, zone), midnight(next_month(month), zone)


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def pooled(site: Site) -> set[str]:
    """The site's rooms that stand in a pool."""
    every = {room.id for room in site.rooms}
    return {room for pool in site.pools for room in (every if pool.rooms is None else pool.rooms)}


def sites_of(registry: Registry, month: date) -> tuple[SiteInput, ...]:
    return tuple(_site(registry, site, month) for site in statement_sites(registry))


def _site(registry: Registry, site: Site, month: date) -> SiteInput:
    billing = site.billing
    start, stop = month_bounds(registry, site.id, month)
    return SiteInput(
        id=site.id,
        name=_name(site.name),
        timezone=site.timezone,
        start=start,
        stop=stop,
        issuer=billing.issuer or site.name.in_(site.language),
        organisation=billing.organisation,
        account=billing.account,
        series=billing.series,
        account_names=dict(sorted(billing.account_names.items())),
    )


def pools_of(registry: Registry, gone: Collection[tuple[str, str]]) -> tuple[PoolInput, ...]:
    """``gone``: (site, room) of rooms that left the registry and have stored time. They stay
    in the pools that hold all of their site's rooms."""
    found = []
    for site in statement_sites(registry):
        every = {room.id for room in site.rooms} | {room for own, room in gone if own == site.id}
        for pool in site.pools:
            rooms = tuple(sorted(every if pool.rooms is None else set(pool.rooms)))
            found.append(PoolInput(pool.id, site.id, _name(pool.name), rooms))
    return tuple(sorted(found, key=lambda pool: (pool.id, pool.site)))


def rooms_of(
    registry: Registry, month: date, gone: Collection[tuple[str, str]]
) -> tuple[RoomInput, ...]:
    """The pools' rooms; one that left the registry has its id for a name."""
    found = [RoomInput(room, site, Name(room, room), 0) for site, room in gone]
    for site in statement_sites(registry):
        bounds = month_bounds(registry, site.id, month)
        for room in pooled(site):
            name = _name(registry.rooms[room][1].name)
            found.append(RoomInput(room, site.id, name, _grain(registry, room, bounds)))
    return tuple(sorted(found, key=lambda room: room.id))


def _grain(registry: Registry, room: str, bounds: Interval) -> int:
    start, stop = bounds
    if registry.private(room, start) and registry.private(room, stop - 1):
        return 0  # nothing of it is measured
    stays = registry.devices_in(room, *bounds)
    return max(
        (one.device.expect_every for one in stays if _counts(registry, one.device)), default=0
    )


def _counts(registry: Registry, device: SourceDevice) -> bool:
    """Does it tell how often somebody moved since its last message, as ELSYS' PIRs do?"""
    if "motion" not in device.evidence:
        return False
    mapping = registry.sources[device.device.source][1].mapping
    mapped = mapping is not None and any(field.field == _COUNTS for field in mapping.fields)
    return mapped or device.model.counts


def agreements_of(registry: Registry, month: date) -> tuple[AgreementInput, ...]:
    """Those that hold on a day of the month."""
    after = next_month(month)
    found = [
        agreement_input(one)
        for site in statement_sites(registry)
        for one in site.agreements
        if one.since < after and (one.until is None or month < one.until)
    ]
    return tuple(sorted(found, key=lambda one: (one.id, one.pool)))


def agreement_input(one: Agreement) -> AgreementInput:
    """As statements know it: exact numbers, partners ascending."""
    return AgreementInput(
        id=one.id,
        pool=one.pool,
        since=one.since,
        until=one.until,
        capacity=part_of(one.capacity),
        shares={partner: Fraction(weight) for partner, weight in sorted(one.shares.items())},
        no_show=Fraction(one.no_show),
        outside=one.outside,
        fallback=one.fallback,
        low_coverage=one.low_coverage,
        lost_credit=one.lost_credit,
        threshold=one.threshold,
    )


def costs_of(registry: Registry, month: date) -> tuple[CostInput, ...]:
    found = [
        _cost(site, cost)
        for site in statement_sites(registry)
        for cost in site.costs
        if cost.falls_in(month)
    ]
    return tuple(sorted(found, key=lambda cost: (cost.id, cost.site)))


def _cost(site: Site, cost: Cost) -> CostInput:
    return CostInput(
        id=cost.id,
        site=site.id,
        name=_name(cost.name),
        pool=cost.pool,
        partner=cost.partner,
        amount=cost.amount,
        vat=cost.vat,
        account=cost.account,
        room=cost.room,
    )


def partners_of(registry: Registry, met: Collection[str]) -> tuple[PartnerInput, ...]:
    """The sites' partners, one of several sites once, with what the first by id tells; of
    those ``met`` elsewhere that the registry does not know, the id is the name."""
    found: dict[str, PartnerInput] = {}
    for site in statement_sites(registry):
        for one in site.partners:
            known = found.get(one.id, PartnerInput(one.id, one.name, None, None))
            reference = known.reference or one.reference
            cost_centre = known.cost_centre or one.cost_centre
            found[one.id] = PartnerInput(one.id, known.name, reference, cost_centre)
    for partner in met:
        found.setdefault(partner, PartnerInput(partner, partner, None, None))
    return tuple(found[partner] for partner in sorted(found))


def _name(text: Text) -> Name:
    return Name(text.sv, text.en)
