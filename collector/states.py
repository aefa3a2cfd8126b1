"""Snapshots of rooms and devices for Grafana (design 5): bodies and faults in, points out.

Pure. What is not known is left out, never 0; of one person's own office nothing is told but
what is wrong with its equipment (``collector/published``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from collector.door_sign import sign
from collector.naming import model_name, subject_name
from collector.published import hidden, tellable
from rooms.devicemodels import SHOWS_VACANCY
from rooms.faults import DISTRUSTING, SEVERITIES, Fault
from rooms.readings import Point, Value
from rooms.registry import Registry, SourceDevice
from rooms.texts.plain import storable

Body = Mapping[str, Any]

STATES: Final = ("vacant", "occupied", "unknown", "private")
# what changes with every reading: not worth a point of its own
UNSTEADY: Final = frozenset(
    ["co2_ppm", "temperature_c", "heard", "battery_pct", "rssi_dbm", "snr_db", "linkquality"]
)
_OF_ROOM: Final = ("people", "co2_ppm", "temperature_c", "in_call")
_OF_HEALTH: Final = ("battery_pct", "rssi_dbm", "snr_db", "linkquality")
_OFFLINE: Final = ("device_silent", "source_silent")


class Told(NamedTuple):
    """The faults that may be told of, by the room where their subject is now, and by device."""

    by_room: Mapping[str, list[Fault]]
    by_device: Mapping[str, list[Fault]]
    silent: frozenset[str]  # devices, also those that one fault of their source stands for


def told(registry: Registry, faults: Iterable[Fault], now: int) -> Told:
    by_room, by_device = defaultdict[str, list[Fault]](list), defaultdict[str, list[Fault]](list)
    silent: set[str] = set()
    for fault in faults:
        room = registry.place_of(fault.subject, now).room
        if hidden(registry, fault, room, now):
            continue
        by_device[fault.subject].append(fault)
        if room is not None:
            by_room[room].append(fault)
        if fault.code in _OFFLINE:
            silent |= {fault.subject, *fault.members}
    return Told(by_room, by_device, frozenset(silent))


def room_points(
    registry: Registry, rooms: Mapping[str, Body], faults: Told, now: int, at: int
) -> Iterator[Point]:
    """``room_state`` at ``at`` (ms); ``rooms`` are the bodies in ``service.db``."""
    for id_, (site, entry) in registry.rooms.items():
        body = tellable(registry, id_, dict(rooms.get(id_, {})), now)
        state = body.get("state", "unknown")
        fields: dict[str, Value] = {
            "name": subject_name(registry, id_, site.language),
            "words": sign(body, now, registry.zone(site.id), site.language),
            "state": float(STATES.index(state)),
            "capacity": float(entry.capacity.at(registry.local_day(site.id, now))),
            **_wrong(faults.by_room.get(id_, ())),
        }
        fields |= {n: float(body[n]) for n in _OF_ROOM if body.get(n) is not None}
        yield Point("room_state", {"site": site.id, "room": id_}, at, fields)


def device_points(
    registry: Registry,
    rooms: Mapping[str, Body],
    devices: Mapping[str, Body],
    faults: Told,
    now: int,
    at: int,
) -> Iterator[Point]:
    """``device_state`` of those that have a body in ``service.db``."""
    for id_, entry in registry.devices.items():
        if id_ not in devices:
            continue
        language, own = registry.sites[entry.site].language, faults.by_device.get(id_, ())
        room = registry.room_of(id_, now)
        fields: dict[str, Value] = {
            "name": subject_name(registry, id_, language),
            "model": storable(model_name(entry, language)),
            "source": entry.device.source,
            **_wrong(own),
            **_contact(entry, devices[id_], silent=id_ in faults.silent, now=now),
        }
        if room is not None:
            fields["room"] = room
        distrusted = any(fault.code in DISTRUSTING for fault in own)
        if room is not None and fields.get("online") and not distrusted:
            body = tellable(registry, room, dict(rooms.get(room, {})), now)
            fields |= _evidence(entry, body)
        yield Point("device_state", {"site": entry.site, "device": id_}, at, fields)


def _wrong(faults: Iterable[Fault]) -> dict[str, Value]:
    """How many, and how bad the worst is: 0 for nothing, else 1 (info) to 3 (error)."""
    levels = [SEVERITIES.index(fault.severity) + 1 for fault in faults]
    return {"faults": float(len(levels)), "severity": float(max(levels, default=0))}


def _contact(entry: SourceDevice, body: Body, *, silent: bool, now: int) -> dict[str, Value]:
    """Is it there, when was it heard, and what did it say of itself while it was?

    It is online while it is known, offline when it said so last or is found to be silent. In
    between, as after a start of ours, nobody knows.
    """
    heard, latest = body.get("heard"), body.get("latest", {})
    fields: dict[str, Value] = {}
    if heard is not None:
        fields["heard"] = float(heard)
    words = [latest[name] for name in ("status.online", "equipment.online") if name in latest]
    at, online = max(words, default=(0, 1.0))
    gone = not online and at >= (heard or 0)
    known = heard is not None and now - heard <= entry.known_for_ms
    if silent or gone:
        fields["online"] = 0.0
    elif known:
        fields["online"] = 1.0
        fields |= {n: float(latest[key][1]) for n in _OF_HEALTH if (key := f"health.{n}") in latest}
    versions = [latest[n] for n in ("health.firmware", "equipment.firmware") if n in latest]
    if versions and (version := storable(max(versions)[1])):
        fields["firmware"] = version
    return fields


def _evidence(entry: SourceDevice, room: Body) -> dict[str, Value]:
    """What its own evidence says: "vacant" only where the kind can show that."""
    if room.get("state") not in ("vacant", "occupied"):
        return {}
    id_ = entry.device.id
    kinds = {one["evidence"] for one in room["evidence"] if one["device"] == id_}
    fields: dict[str, Value] = {}
    if kinds or SHOWS_VACANCY.intersection(entry.evidence):
        fields["occupied"] = float(bool(kinds))
    if "call" in entry.evidence:
        fields["in_call"] = float("call" in kinds)
    return fields
