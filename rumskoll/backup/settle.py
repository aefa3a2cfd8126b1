"""What must be set right in a restored ``service.db`` before the service goes on with it."""

from __future__ import annotations

from typing import Final, NamedTuple

from collector.rollup_plan import Bounds
from collector.rollup_registry import mark
from rooms.alerts.failure import Failure
from rooms.registry import Registry
from storage.state import ServiceState
from storage.store import Store

OVER: Final = Failure("restored").stored


class Dropped(NamedTuple):
    alerts: int
    deliveries: int
    mails: int


def drop_stale(state: ServiceState, archive: str, now: int) -> Dropped:
    """What waited to be sent when the backup was made was sent since, or is old news. Faults
    that are still there are told anew once they have been looked at."""
    with state.transaction():
        alerts = state.alerts.waiting()
        for alert in alerts:
            state.alerts.put(alert._replace(state="dropped", settled=now))
        under_way = state.alerts.on_their_way()
        state.alerts.put_deliveries(
            one._replace(state="failed", error=OVER, settled=now) for one in under_way
        )
        mails = state.statements.waiting()
        for mail in mails:
            state.statements.failed(mail.id, OVER, None, now)
        found = Dropped(len(alerts), len(under_way), len(mails))
        detail = "dropped: alerts {}, deliveries {}, statement mails {}".format(*found)
        state.access.audit(now, "cli", "backup restored", archive, detail)
    return found


def mark_late(
    state: ServiceState,
    store: Store,
    registry: Registry,
    made: int,
    retention_ms: int,
    now: int,
) -> None:
    """Have the hours computed again that messages may have touched while the backup was made:
    the series were read after ``service.db`` was copied, so its list of such hours does not
    have them. Such messages may have been as old as their source allows. Raises ``StoreError``.
    """
    ages = [source.max_age for site in registry.sites.values() for source in site.sources]
    reach = [retention_ms if age == "unlimited" else min(age * 1000, retention_ms) for age in ages]
    bounds = Bounds(registry, retention_ms)
    mark(state, store, registry, bounds, registry.rooms, made - max(reach, default=0), now)
