"""What faults cost, and how long people took: of one, and of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from api import schemas
from api.faults import fault_view, transition_view, zone_of_fault
from api.parts import Parts
from api.snapshot import Snapshot
from rooms.calendar import bookable, local_days
from rooms.faults import Fault, Spell, Transition
from rooms.faults.cost import BROKEN, lost_ms, mean_times
from rooms.faults.finding import SEVERITIES
from rooms.intervals import Interval, Intervals, intersect, total
from rooms.registry import Registry
from rooms.texts import Language
from rooms.texts.times import moment
from storage.roomdays import broken_times
from storage.state import Asked

MINUTE_MS: Final = 60_000
_MOST: Final = 100_000  # faults of a period: more than a site has in a year

Times = Sequence[tuple[int, int | None]]  # when something was there, ms; the last may not be over


def fault_in_full(
    parts: Parts, now: Snapshot, fault: Fault, language: Language
) -> schemas.FaultInFull:
    zone = zone_of_fault(now.registry, fault)
    times = parts.state.faults.times(fault.id)
    return schemas.FaultInFull(
        fault=fault_view(now, fault, language),
        lost_minutes=lost_minutes(now.registry, fault, times, now.now),
        spells=[
            schemas.FaultSpell(
                start=moment(start, zone), end=None if stop is None else moment(stop, zone)
            )
            for start, stop in times
        ],
        transitions=[
            transition_view(one, zone) for one in parts.state.faults.transitions(fault.id)
        ],
    )


def lost_minutes(registry: Registry, fault: Fault, times: Times, now: int) -> int:
    """Room-minutes in bookable time, until ``now`` (ms)."""
    until: Intervals = [(start, now if stop is None else stop) for start, stop in times]
    lost = lost_ms(registry, fault.code, fault.severity, fault.subject, until)
    return round(lost / MINUTE_MS)  # as a message rounds it


def summary(parts: Parts, start: int, stop: int) -> schemas.FaultSummary:
    """Of ``[start, stop)`` ms."""
    registry = parts.registry()
    zone = registry.zone(next(iter(registry.sites)))
    happened = parts.state.faults.happened(start, stop)
    means = mean_times(one for _, one in happened)
    until = min(stop, parts.clock())
    return schemas.FaultSummary(
        start=moment(start, zone),
        end=moment(stop, zone),
        counts=_counts(parts, happened, start, stop),
        acknowledged=means.acknowledged,
        mean_minutes_to_acknowledge=_minutes(means.to_acknowledge),
        repaired=means.repaired,
        mean_minutes_to_repair=_minutes(means.to_repair),
        lost=_lost(registry, parts.state.faults.spells(start, until), (start, until)),
    )


def _minutes(ms: int | None) -> float | None:
    return None if ms is None else round(ms / MINUTE_MS, 1)


def _counts(
    parts: Parts, happened: Iterable[tuple[Fault, Transition]], start: int, stop: int
) -> list[schemas.FaultCount]:
    """Worst first, then by code."""
    opened = Counter(
        (fault.code, fault.severity)
        for fault, one in happened
        if one.kind in ("opened", "reopened")
    )
    there = parts.state.faults.find(Asked(start=start, stop=stop, most=_MOST))
    left = Counter(
        (fault.code, fault.severity)
        for fault in there
        if fault.resolved is None or fault.resolved >= stop
    )
    keys = sorted(opened | left, key=lambda key: (-SEVERITIES.index(key[1]), key[0]))
    return [
        schemas.FaultCount(code=code, severity=severity, opened=opened[key], open=left[key])
        for key in keys
        for code, severity in (key,)
    ]


def _lost(
    registry: Registry, spells: Sequence[Spell], within: Interval
) -> list[schemas.LostMinutes]:
    """By room and code; equipment that was broken at once is counted once."""
    lost = []
    for room, (site, _) in registry.rooms.items():
        zone = registry.zone(site.id)
        for code in BROKEN:
            own = [spell for spell in spells if spell.code == code]
            broken = broken_times(own, registry, room, *within, within[1])
            days = {day for a, b in broken for day in local_days(a, b, zone)}
            ms = sum(total(intersect(bookable(site, room, day), broken)) for day in days)
            if minutes := round(ms / MINUTE_MS):
                lost.append(schemas.LostMinutes(room=room, code=code, minutes=minutes))
    return lost
