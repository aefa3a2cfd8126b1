"""All that is wrong in a simulated house, for whoever judges what is found of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from devices.simulator.calendar import day_bounds, local_days
from devices.simulator.device_day import battery_pct, trait_of
from devices.simulator.generate import Setting, device_days, scenario_of
from devices.simulator.mishaps import Mishap
from devices.simulator.people import merge
from rooms.registry.models import Site, Source
from rooms.registry.registry import Registry, SourceDevice

_LOW: Final = 20  # percent: batteries under it are known to be low


class House(NamedTuple):
    registry: Registry
    site: Site
    setting: Setting
    start: int
    stop: int

    def devices(self, *families: str) -> list[SourceDevice]:
        all_ = (self.registry.devices[device.id] for device in self.site.devices)
        return [one for one in all_ if not families or one.model.family in families]

    def source(self, entry: SourceDevice) -> Source:
        return next(one for one in self.site.sources if one.id == entry.device.source)

    def room(self, entry: SourceDevice) -> str | None:
        return self.registry.room_of(entry.device.id, self.start)


def known_mishaps(registry: Registry, setting: Setting, start: int, stop: int) -> list[Mishap]:
    """All that is wrong: those of ``setting``, those by chance, and empty batteries."""
    found = list(setting.mishaps)
    for site in registry.sites.values():
        house = House(registry, site, setting, start, stop)
        found += by_chance(house)
        found += drained(house)
    return sorted(found, key=lambda mishap: (mishap.start, mishap))


def by_chance(house: House) -> Iterator[Mishap]:
    quiet = Setting(house.setting.seed)
    scenario = scenario_of(house.site, quiet)
    for day in local_days(house.start, house.stop, scenario.zone):
        for view in device_days(house.registry, scenario, quiet, day):
            yield from (m for m in view.mishaps if house.start <= m.start < house.stop)


def drained(house: House) -> Iterator[Mishap]:
    """Batteries that are low by their age."""
    zone = house.registry.zone(house.site.id)
    for entry in house.devices("sensor"):
        if not tells_battery(house.source(entry), entry):
            continue
        trait = trait_of(house.setting.seed, entry.device.id)
        low = (
            day_bounds(day, zone)
            for day in local_days(house.start, house.stop, zone)
            if battery_pct(trait, day) < _LOW
        )
        yield from (Mishap("battery", entry.device.id, *span) for span in merge(low))


def tells_battery(source: Source, entry: SourceDevice) -> bool:
    """Does the device tell a percentage?"""
    if source.mapping is not None:
        return any(field.field == "health.battery_pct" for field in source.mapping.fields)
    return source.decoder == "zigbee2mqtt" and "presence" not in entry.evidence
