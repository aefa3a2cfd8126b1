"""Can the running month be shared, and is there somebody to send each partner's statement to?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from rooms.registry import Registry, Site
from rooms.registry.mistakes import RegistryError
from rooms.statement.registered import agreements_of, costs_of, next_month, statement_sites
from rumskoll.contacts import Contacts, read_contacts
from rumskoll.doctor.check import Check, said
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings


def _now_ms() -> int:
    return int(time.time() * 1000)


def check_statements(settings: Settings, now_ms: Callable[[], int] = _now_ms) -> Iterator[Check]:
    """Nothing to say where no costs are shared."""
    try:
        registry = read_registry(settings.rooms)
        contacts = read_contacts(settings.contacts, registry) if settings.contacts else Contacts()
    except RegistryError:
        return  # told elsewhere
    now = now_ms()
    partners: set[str] = set()
    found: list[Check] = []
    for site in statement_sites(registry):
        month = registry.local_day(site.id, now).replace(day=1)
        found += _pools(registry, site, month)
        partners |= _paying(registry, month)
    reached = {p.partner for p in contacts.people if p.partner and p.email}
    if missing := sorted(partners - reached):
        found.append(said("statements", "warn", "statements_nobody", partners=", ".join(missing)))
    yield from found
    if partners and not found:
        yield said("statements", "ok", "statements_ok", partners=len(partners))


def _pools(registry: Registry, site: Site, month: date) -> Iterator[Check]:
    """Pools that have nothing to share this month, or no agreement on some day of it."""
    costs = {cost.pool for cost in costs_of(registry, month) if cost.site == site.id}
    days = [month + timedelta(days=i) for i in range((next_month(month) - month).days)]
    for pool in site.pools:
        values = {"pool": pool.id, "month": f"{month:%Y-%m}"}
        if pool.id not in costs:
            yield said("statements", "warn", "statements_no_costs", **values)
            continue
        own = [one for one in agreements_of(registry, month) if one.pool == pool.id]
        free = (
            day
            for day in days
            if not any(one.since <= day and (one.until is None or day < one.until) for one in own)
        )
        if (day := next(free, None)) is not None:
            yield said("statements", "warn", "statements_no_agreement", day=day, **values)


def _paying(registry: Registry, month: date) -> set[str]:
    """Those who get a statement of the month."""
    shares = {partner for one in agreements_of(registry, month) for partner in one.shares}
    return shares | {cost.partner for cost in costs_of(registry, month) if cost.partner}
