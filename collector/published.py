"""What is published of rooms and faults: a pure picture, topic -> payload (retained JSON).

``rumskoll-state/<site>/rooms/<room>``, ``…/faults/<id>`` and ``…/summary``. Ids in topics are
the registry's own or hashes; words are plain text, bounded, without control characters. Nobody
is named: no acknowledger, no note, no address. Of private rooms only equipment's faults.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from collector.door_sign import overview, sign
from collector.homeassistant import discovery, discovery_topic
from rooms.faults import SEVERITIES, Fault, problem_text
from rooms.registry import Registry, Site
from rooms.registry.topics import PUBLISHED
from rooms.texts import Language
from rooms.texts.plain import plain
from rooms.texts.times import clock, moment

Body = dict[str, Any]

ROOT: Final = PUBLISHED
LONGEST: Final = 200  # characters of what is said of a fault
# the detail of all others may hold a person's id or words
_DETAILED: Final = ("equipment_error", "equipment_warning", "peripheral_missing", "reported")
_OF_EQUIPMENT: Final = (
    "equipment_error",
    "equipment_warning",
    "peripheral_missing",
    "device_silent",
    "battery_low",
    "clock_skew",
    "decode_failing",
)
_OF_STATE: Final = ("since", "provisional", "people", "booked_until", "next_booking", "co2_ppm")


def picture(
    registry: Registry,
    rooms: Mapping[str, Body],
    faults: Iterable[Fault],
    now: int,
    discovery_prefix: str | None = None,
) -> dict[str, bytes]:
    """All that stands in the broker at ``now``; ``rooms`` are the bodies in ``service.db``."""
    first = next(iter(registry.sites))  # what is wrong with the service is told there
    told: dict[str, list[tuple[Fault, str | None]]] = {site: [] for site in registry.sites}
    for fault in faults:
        room = registry.place_of(fault.subject, now).room
        if not hidden(registry, fault, room, now):
            told.get(fault.site, told[first]).append((fault, room))
    bodies: dict[str, Body] = {}
    for site in registry.sites.values():
        base = f"{ROOT}/{site.id}"
        of_room: dict[str | None, list[Fault]] = defaultdict(list)
        for fault, room in told[site.id]:
            of_room[room].append(fault)
        for entry in site.rooms:
            own = worst_first(of_room[entry.id])
            body = _room(registry, site, entry.id, rooms.get(entry.id, {}), own, now)
            topic = f"{base}/rooms/{entry.id}"
            bodies[topic] = body
            if discovery_prefix is not None:
                config = discovery(registry, entry.id, body["name"], topic, now)
                bodies[discovery_topic(discovery_prefix, site.id, entry.id)] = config
        for fault, room in told[site.id]:
            bodies[f"{base}/faults/{fault.id}"] = _fault(registry, site, fault, room, now)
        bodies[f"{base}/summary"] = _summary(bodies, site, [f for f, _ in told[site.id]])
    return {topic: _payload(body) for topic, body in bodies.items()}


def worst_first(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda f: (-SEVERITIES.index(f.severity), f.since, f.code))


def hidden(registry: Registry, fault: Fault, room: str | None, now: int) -> bool:
    """Would it tell of a person in an own office?"""
    places = {place for place in (room, fault.room) if place in registry.rooms}
    private = any(registry.private(place, now) for place in places if place is not None)
    return private and fault.code not in _OF_EQUIPMENT


def tellable(registry: Registry, room: str, state: Body, now: int) -> Body:
    """What of a room's body may be told: nothing of what is private, or was when it was written."""
    private = registry.private(room, now)
    if private or state.get("state") == "private":
        return {"state": "private" if private else "unknown"}
    return state


def _room(
    registry: Registry, site: Site, room: str, state: Body, faults: list[Fault], now: int
) -> Body:
    zone, state = registry.zone(site.id), tellable(registry, room, state, now)
    body: Body = {
        "name": plain(registry.rooms[room][1].name.in_(site.language)),
        "state": state.get("state", "unknown"),
        **{name: state.get(name) for name in _OF_STATE},
        "problems": _problems(faults, now, zone, site.language),
        "words": sign(state, now, zone, site.language),
    }
    for name in ("since", "booked_until", "next_booking"):
        body[name] = _iso(body[name], zone)
    body["provisional"] = bool(body["provisional"])
    return body


def _problems(faults: list[Fault], now: int, zone: ZoneInfo, language: Language) -> Body:
    return {
        "count": len(faults),
        "worst": faults[0].severity if faults else None,
        "words": _words(faults[0], now, zone, language) if faults else "",
    }


def _fault(registry: Registry, site: Site, fault: Fault, room: str | None, now: int) -> Body:
    zone = registry.zone(site.id)
    return {
        "code": fault.code,
        "subject": plain(fault.subject),
        "name": plain(_name(registry, fault.subject, site.language)),
        "room": room,
        "severity": fault.severity,
        "since": _iso(fault.there_since, zone),
        "acknowledged": fault.acknowledged is not None,
        "held": bool(fault.held),
        "words": _words(fault, now, zone, site.language),
    }


def _words(fault: Fault, now: int, zone: ZoneInfo, language: Language) -> str:
    detail = fault.detail if fault.code in _DETAILED else ""
    since = clock(fault.there_since, now, zone, language)
    return plain(problem_text(language, fault.code, plain(detail), since), LONGEST)


def _name(registry: Registry, subject: str, language: Language) -> str:
    if entry := registry.devices.get(subject):
        return subject if entry.device.name is None else entry.device.name.in_(language)
    if placed := registry.rooms.get(subject):
        return placed[1].name.in_(language)
    return subject


def _summary(bodies: Mapping[str, Body], site: Site, faults: list[Fault]) -> Body:
    states = Counter(bodies[f"{ROOT}/{site.id}/rooms/{room.id}"]["state"] for room in site.rooms)
    severities = Counter(fault.severity for fault in faults)
    return {
        "name": plain(site.name.in_(site.language)),
        "rooms": {name: states[name] for name in ("occupied", "vacant", "unknown", "private")},
        "problems": {"count": len(faults)} | {name: severities[name] for name in SEVERITIES},
        "words": overview(states, len(faults), site.language),
    }


def _payload(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()


def _iso(at: int | None, zone: ZoneInfo) -> str | None:
    return None if at is None else moment(at, zone).isoformat(timespec="seconds")
