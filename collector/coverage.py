"""Notices rooms of which too little is known in the running month (metrics.md 4.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from rooms.calendar import day_bounds
from rooms.devicemodels import SHOWS_VACANCY
from rooms.faults import Finding
from rooms.registry import Registry, Site
from storage.state import ServiceState
from storage.store import Store

CODE: Final = "coverage_low"


class Coverage:
    """Somebody calls ``step`` now and then."""

    def __init__(
        self,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
    ) -> None:
        self._state = state
        self._store = store
        self._registry = registry
        self._clock = clock

    def step(self) -> None:
        """Look at the month's whole days up to now. Raises ``StoreError``."""
        registry, now = self._registry(), self._clock()
        found = [f for site in registry.sites.values() for f in self._low(registry, site, now)]
        self._state.faults.settle((CODE,), found, now, lambda room: registry.place_of(room, now))

    def _low(self, registry: Registry, site: Site, now: int) -> list[Finding]:
        limits = site.faults.of().coverage_low
        if limits is None:
            return []
        zone, today = registry.zone(site.id), registry.local_day(site.id, now)
        month, _ = day_bounds(today.replace(day=1), zone)
        end, _ = day_bounds(today, zone)
        ever = self._store.first("use_day", {"site": [site.id]}, 0)
        first = {point.tags["room"]: point.time for point in ever}
        bookable: Counter[str] = Counter()
        known: Counter[str] = Counter()
        for day in self._store.read("use_day", {"site": [site.id]}, month, end):
            room = day.tags["room"]
            if day.time > first.get(room, day.time):  # the day on which it began is not whole
                bookable[room] += round(float(day.fields["bookable_s"]))
                known[room] += round(float(day.fields["known_s"]))
        return [
            Finding(CODE, room, "", "warning", month)
            for room, seconds in bookable.items()
            if seconds
            and 100 * known[room] < limits.below * seconds
            and _is_watched(registry, room, now)
        ]


def _is_watched(registry: Registry, room: str, now: int) -> bool:
    """Without a sensor that shows vacancy, an agreement names what to go by."""
    return any(
        not SHOWS_VACANCY.isdisjoint(stay.device.evidence)
        for stay in registry.devices_in(room, now, now + 1)
    )
