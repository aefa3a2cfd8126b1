"""The walk test on a phone: which devices noticed somebody since the walk began."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from api.snapshot import Snapshot
from api.words import subject_name
from rooms.reactions import Reaction, notices, said
from rooms.texts import Language
from rooms.texts.times import moment

LATEST: Final = 6


class WalkDevice(NamedTuple):
    id: str
    name: str
    room: str  # its name, or ""
    place: int  # of the room among all: its tone
    at: int  # when it reacted last, ms; 0: not since the walk began
    clock: str
    what: str


class WalkRoom(NamedTuple):
    name: str
    devices: list[WalkDevice]


class Walk(NamedTuple):
    since: int  # ms
    began: str
    rooms: list[WalkRoom]
    latest: list[WalkDevice]  # the newest first
    reacted: int
    total: int


def walk(now: Snapshot, since: int, language: Language) -> Walk:
    """The devices that can notice somebody, room by room; those of no room last. Of one
    person's own office nothing is shown."""
    registry = now.registry
    order = {room: place for place, room in enumerate(registry.rooms)}
    by_room: dict[str | None, list[WalkDevice]] = {room: [] for room in order}
    for id_, entry in registry.devices.items():
        if notices(entry.evidence) and not registry.hides_people(id_, now.now):
            room = registry.room_of(id_, now.now)
            place = order.get(room or "", len(order))
            by_room.setdefault(room, []).append(_device(now, id_, room, place, since, language))
    rooms = [
        WalkRoom(_room_name(now, room, language), devices)
        for room, devices in by_room.items()
        if devices
    ]
    every = [device for room in rooms for device in room.devices]
    reacted = sorted((one for one in every if one.at), key=lambda one: -one.at)
    first = next(iter(registry.sites))
    began = _clock(now, first, since, language)
    return Walk(since, began, rooms, reacted[:LATEST], len(reacted), len(every))


def _device(
    now: Snapshot, id_: str, room: str | None, place: int, since: int, language: Language
) -> WalkDevice:
    entry, row = now.registry.devices[id_], now.devices.get(id_)
    told: dict[str, Any] | None = None if row is None else row.body.get("reacted")
    name, there = subject_name(now, id_, language), _room_name(now, room, language)
    if told is None or told["at"] < since:
        return WalkDevice(id_, name, there, place, 0, "", "")
    what = _said((Reaction(*one) for one in told["what"]), "motion" in entry.evidence, language)
    clock = _clock(now, entry.site, told["at"], language)
    return WalkDevice(id_, name, there, place, told["at"], clock, what)


def _said(found: Iterable[Reaction], pir: bool, language: Language) -> str:
    return ", ".join(said(language, one, pir=pir) for one in found)


def _room_name(now: Snapshot, room: str | None, language: Language) -> str:
    return "" if room is None else now.registry.rooms[room][1].name.in_(language)


def _clock(now: Snapshot, site: str, at: int, language: Language) -> str:
    """To the second: several may react within a minute."""
    pattern = "%H.%M.%S" if language == "sv" else "%H:%M:%S"
    return moment(at, now.registry.zone(site)).strftime(pattern)
