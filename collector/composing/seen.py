"""What a composer looks at once for each message: rooms, bookings and faults as they are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from rooms.alerts.replacement import hinders
from rooms.attribution import Booking
from rooms.calendar import day_bounds
from rooms.faults import Fault
from rooms.registry import Registry, Site
from storage.state import ServiceState


@dataclass(frozen=True)
class Seen:
    """``home`` is whose zone serves for what belongs to no site."""

    state: ServiceState
    registry: Registry
    home: Site
    now: int

    def site_of(self, fault: Fault) -> Site:
        return self.registry.sites.get(fault.site, self.home)

    def zone_of(self, fault: Fault) -> ZoneInfo:
        return self.registry.zone(self.site_of(fault).id)

    @cached_property
    def open(self) -> list[Fault]:
        return self.state.faults.open()

    @cached_property
    def broken_rooms(self) -> Collection[str | None]:
        """Rooms in which a meeting would be hindered too."""
        return {fault.room for fault in self.open if hinders(fault)}

    @cached_property
    def vacant(self) -> Collection[str]:
        """Rooms that are known to be."""
        rooms = self.state.live.all("room")
        return {id_ for id_, row in rooms.items() if row.body["state"] == "vacant"}

    @cached_property
    def bookings(self) -> Mapping[str, list[Booking]]:
        """By room, those that run or start before the end of tomorrow, by start."""
        zone = self.registry.zone(self.home.id)
        tomorrow = self.registry.local_day(self.home.id, self.now) + timedelta(days=1)
        return self.state.claims.to_come(self.now, day_bounds(tomorrow, zone)[1])

    @cached_property
    def calendars(self) -> Collection[str]:
        """Rooms whose bookings are known."""
        return self.state.claims.feeds().keys()

    def today(self, site: Site) -> tuple[int, int]:
        """The bounds of the site's local day, ms."""
        zone = self.registry.zone(site.id)
        return day_bounds(self.registry.local_day(site.id, self.now), zone)


def look(state: ServiceState, registry: Registry, site: str, now: int) -> Seen:
    """``site`` as in an alert: "" is the first one."""
    home = registry.sites.get(site) or next(iter(registry.sites.values()))
    return Seen(state, registry, home, now)
