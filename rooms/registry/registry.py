"""Answers about rooms, devices and placements, over one or several sites.

Room and device ids are unique over all sites of a folder, so that an id alone
names a thing in the API (docs/decisions/0003).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rooms.devicemodels import MODELS, DeviceModel, Evidence
from rooms.faults.fault import Place
from rooms.faults.finding import SOURCE
from rooms.registry.fault_limits import Limits
from rooms.registry.models import Device, Placement, Room, Site, Source

FOREVER = 2**62
_EUI = re.compile("[0-9a-f]{16}")


class SourceDevice(NamedTuple):
    """A device with all defaults filled in, as collectors and rules need it."""

    site: str
    device: Device
    model: DeviceModel
    evidence: tuple[Evidence, ...]
    expect_every: int  # seconds

    @property
    def known_for_ms(self) -> int:
        """How long it is known after any message of its own (metrics.md 1)."""
        return round(self.model.silence_factor * self.expect_every * 1000)


class PlacedDevice(NamedTuple):
    """A device's stay in a room, ``[start, stop)`` in ms."""

    device: SourceDevice
    start: int
    stop: int


class Registry:
    """Read-only view over parsed sites; lookups are dictionaries built once."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.sites: dict[str, Site] = {site.id: site for site in sites}
        self.sources: dict[str, tuple[Site, Source]] = {}
        self.rooms: dict[str, tuple[Site, Room]] = {}
        self.devices: dict[str, SourceDevice] = {}
        self._limits: dict[tuple[str, str, str | None], Limits] = {}
        self._by_address: dict[tuple[str, str], SourceDevice] = {}
        self._stays: dict[str, list[tuple[str, int, int]]] = {}  # device -> (room, start, stop)
        for site in self.sites.values():
            self._add(site)
        self._in_room: dict[str, list[PlacedDevice]] = {}
        for device, stays in self._stays.items():
            for room, start, stop in stays:
                placed = PlacedDevice(self.devices[device], start, stop)
                self._in_room.setdefault(room, []).append(placed)

    def _add(self, site: Site) -> None:
        self.sources |= {source.id: (site, source) for source in site.sources}
        self.rooms |= {room.id: (site, room) for room in site.rooms}
        for device in site.devices:
            model = MODELS[device.model]
            entry = SourceDevice(
                site.id,
                device,
                model,
                model.evidence if device.evidence is None else device.evidence,
                device.expect_every or model.expect_every,
            )
            self.devices[device.id] = entry
            self._by_address[device.source, self.normalise(device.source, device.address)] = entry
        zone = ZoneInfo(site.timezone)
        for placement in site.placements:
            stay = (placement.room, *_bounds(placement, zone))
            self._stays.setdefault(placement.device, []).append(stay)

    def normalise(self, source: str, address: str) -> str:
        """LoRaWAN EUIs compare without case and separators; other addresses as they are."""
        return normal_address(self.sources[source][1].decoder, address)

    def by_address(self, source: str, address: str) -> SourceDevice | None:
        """The device that a source calls ``address`` (already in normal form)."""
        return self._by_address.get((source, address))

    def room_of(self, device: str, at: int) -> str | None:
        """The room in which a device stood at a time (ms)."""
        for room, start, stop in self._stays.get(device, ()):
            if start <= at < stop:
                return room
        return None

    def devices_in(self, room: str, start: int, stop: int) -> list[PlacedDevice]:
        """Every device's stays in a room that touch ``[start, stop)``, clipped to it."""
        return [
            PlacedDevice(device, max(a, start), min(b, stop))
            for device, a, b in self._in_room.get(room, ())
            if a < stop and b > start
        ]

    def stays(self, device: str) -> list[PlacedDevice]:
        """All stays of a device, in any room."""
        return [PlacedDevice(self.devices[device], a, b) for _, a, b in self._stays.get(device, ())]

    def rooms_of(self, device: str) -> Sequence[tuple[str, int, int]]:
        """Where a device stands, stood and will stand: (room, start, stop) in ms."""
        return self._stays.get(device, ())

    def private(self, room: str, at: int) -> bool:
        site, entry = self.rooms[room]
        return entry.private.at(self.local_day(site.id, at))

    def hides_people(self, device: str, at: int) -> bool:
        """Does the device stand in one person's own office? Its presence is then discarded."""
        room = self.room_of(device, at)
        return room is not None and self.private(room, at)

    def limits_of(self, device: str) -> Limits:
        """The thresholds of the fault rules for a device."""
        entry = self.devices[device]
        faults = self.sites[entry.site].faults
        special = device if device in faults.devices else None
        found = self._limits.get((entry.site, entry.model.family, special))
        if found is None:
            found = faults.of(entry.model.family, special)
            self._limits[entry.site, entry.model.family, special] = found
        return found

    def place_of(self, subject: str, at: int) -> Place:
        """Where a fault's subject is: a device, a room, "source:<id>" or the service."""
        if entry := self.devices.get(subject):
            return Place(entry.site, self.room_of(subject, at))
        if placed := self.rooms.get(subject):
            return Place(placed[0].id, subject)
        source = self.sources.get(subject.removeprefix(SOURCE))
        return Place() if source is None or not subject.startswith(SOURCE) else Place(source[0].id)

    def zone(self, site: str) -> ZoneInfo:
        return ZoneInfo(self.sites[site].timezone)

    def local_day(self, site: str, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, self.zone(site)).date()

    @cached_property
    def hash(self) -> str:
        """Changes when anything in the files changes that numbers depend on."""
        whole = "".join(site.model_dump_json() for site in self.sites.values())
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def normal_address(decoder: str, address: str) -> str:
    """The form in which two addresses of one source are compared."""
    plain = address.replace("-", "").replace(":", "").lower()
    if decoder == "chirpstack":
        return plain
    if decoder == "tts" and _EUI.fullmatch(plain.removeprefix("eui")):
        return plain.removeprefix("eui")
    return address


def _bounds(placement: Placement, zone: ZoneInfo) -> tuple[int, int]:
    start = -FOREVER if placement.since is None else midnight(placement.since, zone)
    stop = FOREVER if placement.until is None else midnight(placement.until, zone)
    return start, stop


def midnight(day: date, zone: ZoneInfo) -> int:
    """Local midnight in ms of UTC."""
    return int(datetime.combine(day, time(), zone).astimezone(UTC).timestamp()) * 1000
