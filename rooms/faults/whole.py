"""All that is watched: devices, rooms, sources, and who stands where."""

from __future__ import annotations

from heapq import heapify, heappop
from typing import Final
from zoneinfo import ZoneInfo

from rooms.faults.case import ALWAYS
from rooms.faults.finding import SOURCE
from rooms.faults.history import History, RoomHistory, SourceHistory
from rooms.faults.rules import RULES
from rooms.faults.watched import (
    ROOM,
    Remembered,
    Watched,
    WatchedDevice,
    WatchedGroup,
    WatchedRoom,
    WatchedSource,
)
from rooms.registry import Registry, Room, Site
from rooms.registry.fault_limits import Limits
from rooms.registry.registry import FOREVER, midnight

_DEVICE_CODES: Final = frozenset(RULES)


class Whole:
    """``all`` is by the name of the state. ``remembered`` is asked once for each."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self.all: dict[str, Watched] = {}
        self.devices: dict[str, WatchedDevice] = {}
        self.rooms: dict[str, WatchedRoom] = {}
        self.sources: dict[str, WatchedSource] = {}
        self.moves: list[tuple[int, str]] = []

    def use(self, registry: Registry, now: int) -> None:
        self.registry = registry
        self._privacy = {id_: _turns(site, room) for id_, (site, room) in registry.rooms.items()}
        limits = {id_: site.faults.of() for id_, site in registry.sites.items()}
        self.rooms = {
            id_: self._room(id_, limits[site.id]) for id_, (site, _) in registry.rooms.items()
        }
        self.sources = {
            id_: self._source(id_, now, limits[site.id])
            for id_, (site, _) in registry.sources.items()
        }
        self.devices = {id_: self._device(id_, now) for id_ in registry.devices}
        self.all = {
            **self.devices,
            **{ROOM + id_: room for id_, room in self.rooms.items()},
            **{SOURCE + id_: source for id_, source in self.sources.items()},
        }
        self.moves = []
        for device in self.devices.values():
            self._place(device, now)
            self.join(device)
            stays = registry.rooms_of(device.id)
            bounds = {bound for stay in stays for bound in stay[1:]}
            bounds.update(*(self._privacy[room] for room, _, _ in stays))
            self.moves += [(at, device.id) for at in bounds if now < at < FOREVER]
        heapify(self.moves)

    def move(self, now: int) -> set[str]:
        """Who has been moved by now, has another neighbour, or stands in a room that became
        private: names."""
        touched: set[str] = set()
        while self.moves and self.moves[0][0] <= now:
            at, id_ = heappop(self.moves)
            device = self.devices[id_]
            rooms = {device.room}
            if device.room in self.rooms:
                self.rooms[device.room].devices.remove(device)
            self._place(device, max(at, now))
            for room in rooms | {device.room}:
                if room in self.rooms:
                    touched |= {ROOM + room, *(one.id for one in self.rooms[room].devices)}
            touched |= {id_, SOURCE + device.device.device.source}
        return touched

    def hidden(self, room: str | None, now: int) -> bool:
        """Is it one person's own office, in which nobody is looked for?"""
        known = self.rooms.get(room or "")
        return known is not None and known.private and self.registry.private(known.id, now)

    def join(self, device: WatchedDevice) -> WatchedSource:
        """The groups in which a device is heard."""
        source = self.sources[device.device.device.source]
        source.whole.add(device)
        if gateway := device.history.gateway:
            source.gateways.setdefault(gateway, WatchedGroup()).add(device)
        return source

    # ---- made, or kept

    def _device(self, id_: str, now: int) -> WatchedDevice:
        entry, limits = self.registry.devices[id_], self.registry.limits_of(id_)
        known = self.devices.get(id_)
        if known is None:
            history, standing = self._remembered.take(id_, History(now), _DEVICE_CODES)
            return WatchedDevice(entry, history, None, ALWAYS, limits, standing)
        known.device, known.limits, known.due = entry, limits, None
        return known

    def _room(self, id_: str, limits: Limits) -> WatchedRoom:
        room = self.rooms.get(id_)
        if room is None:
            room = WatchedRoom(id_, limits, RoomHistory())
            name = ROOM + id_
            room.history, room.standing = self._remembered.take(
                name, room.history, ("air_quality",)
            )
        private = self.registry.rooms[id_][1].private
        room.private = private.first or any(step.value for step in private.later)
        room.limits, room.devices, room.due = limits, [], None
        return room

    def _source(self, id_: str, now: int, limits: Limits) -> WatchedSource:
        source = self.sources.get(id_)
        if source is None:
            source = WatchedSource(id_, None, SourceHistory(now))
            source.history, source.standing = self._remembered.take(
                SOURCE + id_, source.history, ("source_silent",)
            )
        source.limit, source.due = limits.source_silent, None
        source.whole, source.gateways = WatchedGroup(), {}
        return source

    def _place(self, device: WatchedDevice, now: int) -> None:
        stays = self.registry.rooms_of(device.id)
        device.room, device.since = (None, ALWAYS) if stays else ("", ALWAYS)
        for room, start, stop in stays:
            if start <= now < stop:
                device.room, device.since = room, start
                self.rooms[room].devices.append(device)


def _turns(site: Site, room: Room) -> list[int]:
    """When it becomes one person's own office, or is none any more."""
    return [midnight(step.since, ZoneInfo(site.timezone)) for step in room.private.later]
