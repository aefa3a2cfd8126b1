"""Asks the rules about one device, room or source, and brings what stands up to now."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.faults.air import air_quality
from rooms.faults.case import NEVER, Case, Company, Held, RoomCase
from rooms.faults.history import History
from rooms.faults.rules import CLEARS_LATE, OF_PEOPLE, RULES
from rooms.faults.sources import JITTER_MS, Group, Member, SourceCase, source_silent
from rooms.faults.standing import settle
from rooms.faults.use import in_use
from rooms.faults.watched import (
    Watched,
    WatchedDevice,
    WatchedGroup,
    WatchedRoom,
    WatchedSource,
)
from rooms.faults.whole import Whole
from rooms.registry.fault_limits import Limits

Again = tuple[int, bool]  # when to look again, and whether something is to be stored


def ask_device(whole: Whole, device: WatchedDevice, now: int, grace: int) -> Again:
    hidden = whole.hidden(device.room, now)
    source = whole.sources[device.device.device.source]
    neighbours: Sequence[WatchedDevice] = ()
    if device.room and not hidden:
        neighbours = whole.rooms[device.room].devices
    grace = max(grace, source.history.back)
    group = source.gateways.get(device.history.gateway or "", source.whole)
    company = _company(source, group, device, grace)
    case = Case(device, device.limits, device.standing or {}, now, grace, neighbours, company)
    held: list[Held] = []
    for code, rule in RULES.items() if device.room is not None else ():  # it was taken down
        if not (hidden and code in OF_PEOPLE):
            held += rule(case)
    if any(now < one.opens == company.judged for one in held):
        group.waiting.add(device.id)
    return _settle(device, held, now, device.limits, device.history)


def _company(
    source: WatchedSource, group: WatchedGroup, device: WatchedDevice, grace: int
) -> Company:
    """Only of so many that their silence is found soon."""
    limit, count = source.limit, len(group.devices)
    if limit is None or count < limit.devices:
        return Company()
    if count * limit.least < limit.due * device.device.expect_every:
        return Company()
    return Company(group.heard, max(group.heard, grace) + limit.least * 1000 + JITTER_MS)


def ask_room(whole: Whole, room: WatchedRoom, now: int) -> Again:
    held: list[Held] = []
    airs = [one.history.air for one in room.devices]
    room.high = any(air is not None and air.above is not None for air in airs)
    if (room.high or room.standing) and not whole.hidden(room.id, now):
        spans = [in_use(one.history.use, one.known_until) for one in room.devices]
        until = max((span[1] for span in spans if span is not None), default=now)
        case = RoomCase(
            room.id,
            room.history.since,
            until,
            room.limits,
            room.standing or {},
            now,
            room.devices,
        )
        held = air_quality(case)
    return _settle(room, held, now)


def ask_source(source: WatchedSource, now: int, grace: int) -> Again:
    """Only what has been silent for a while is gone through, device by device."""
    limit, history = source.limit, source.history
    named = [("", source.whole), *source.gateways.items()]
    standing = source.standing or {}
    if limit is None:
        return _settle(source, [], now)
    quiet = [
        (name, group)
        for name, group in named
        if group.heard + limit.least * 1000 <= now
        or ("source_silent", name) in standing
        or (not name and history.offline is not None)
    ]
    case = SourceCase(
        source.id, history, limit, standing, grace, [_group(*one) for one in quiet], now
    )
    held = source_silent(case)
    holding = {one.finding.detail for one in held if one.opens <= now}
    back = any(detail not in holding for _, detail in standing)
    if back:  # the others may need as long to be heard again
        history.back = now
        held = source_silent(case)
    again, changed = _settle(source, held, now)
    changed |= back
    looks = [group.heard + limit.least * 1000 for _, group in named if group.devices]
    return min([again, *(at for at in looks if at > now)]), changed


def _group(name: str, group: WatchedGroup) -> Group:
    return Group(
        name,
        [
            Member(
                id_,
                one.history.heard,
                one.device.known_for_ms,
                one.device.expect_every * 1000,
                one.room is not None,
            )
            for id_, one in group.devices.items()
        ],
    )


def _settle(
    watched: Watched,
    held: list[Held],
    now: int,
    limits: Limits | None = None,
    history: History | None = None,
) -> Again:
    """``history`` is that of a device."""
    standing = watched.standing if watched.standing is not None else {}
    if not held and not standing:
        return NEVER, False

    def clear_of(code: str) -> int:
        own = getattr(limits, code, None) if code in CLEARS_LATE else None
        return 0 if own is None else own.clear * 1000

    def may_open(code: str) -> bool:
        return history is None or history.present or code == "device_silent"

    def ended(code: str) -> int:  # by a message of its own, or of others and by time
        heard = None if history is None or code in OF_PEOPLE else history.heard
        return now if heard is None else min(heard, now)

    again = settle(standing, held, now, clear_of, may_open, ended)
    watched.standing = standing or None
    return again
