"""Which days of which rooms must be computed for the hours that are dirty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rooms.attribution import LEFT
from rooms.calendar import local_days
from rooms.registry import Registry
from rooms.registry.registry import midnight
from rooms.units import HOUR_MS
from storage.roomdays import computable_from, room_padding
from storage.state import DirtyHour


class Work(NamedTuple):
    """Consecutive local days of one room within a week, and the dirty hours they settle."""

    site: str
    room: str
    first: date
    last: date
    hours: tuple[DirtyHour, ...]


@dataclass(slots=True)
class Plan:
    """What is to be done, weeks together; ``frozen`` and ``gone`` need no computing."""

    work: list[Work] = field(default_factory=list)
    frozen: list[DirtyHour] = field(default_factory=list)
    gone: list[DirtyHour] = field(default_factory=list)


class Bounds:
    """A registry's limits of what can be computed now, remembered by room."""

    def __init__(self, registry: Registry, retention_ms: int | None) -> None:
        self._registry = registry
        self._retention_ms = retention_ms
        self._paddings: dict[str, tuple[int, int]] = {}

    def settled(self, room: str, hour: int, now: int) -> bool:
        """Can no reading that is yet to come, in time, change the hour? A booking's first
        quarter, and a stay that begins early, look a quarter beyond it. Of a room that is gone
        or private there is nothing to wait for."""
        if room not in self._registry.rooms or self._registry.private(room, hour):
            return True
        return hour + HOUR_MS + LEFT + self._padding(room)[1] < now

    def oldest(self, room: str, now: int) -> int:
        """``computable_from`` of the room: what lies before it is frozen (ms)."""
        zone = self._registry.zone(self._registry.rooms[room][0].id)
        return computable_from(zone, now, self._retention_ms, self._padding(room)[0])

    def _padding(self, room: str) -> tuple[int, int]:
        if room not in self._paddings:
            self._paddings[room] = room_padding(self._registry, room)
        return self._paddings[room]


def monday(at: int, zone: ZoneInfo) -> int:
    """The start (ms) of the local week that holds a time."""
    return midnight(_week(datetime.fromtimestamp(at / 1000, zone).date()), zone)


def planned(registry: Registry, bounds: Bounds, dirty: Iterable[DirtyHour], now: int) -> Plan:
    """``dirty`` is sorted by room and hour."""
    plan = Plan()
    for room, hours in groupby(dirty, key=lambda hour: hour.room):
        if room not in registry.rooms:
            plan.gone += hours
            continue
        site = registry.rooms[room][0].id
        zone = registry.zone(site)
        oldest = bounds.oldest(room, now)
        wanted: dict[date, list[DirtyHour]] = {}
        for hour in hours:
            own = local_days(hour.hour, hour.hour + HOUR_MS, zone)
            days = [day for day in own if oldest <= midnight(day, zone) < now]
            if not days:
                plan.frozen.append(hour)
            for day in days:
                wanted.setdefault(day, []).append(hour)
        plan.work += [_work(site, room, run, wanted) for run in _runs(sorted(wanted))]
    plan.work.sort(key=lambda work: (*_together(work), work.room, work.first))
    return plan


def weeks(plan: Plan) -> list[tuple[list[Work], list[DirtyHour]]]:
    """The work of a site's week together, for its sums are made once; and the hours that are
    clean after it. An hour at a week's edge has a part in two: it is, after the later one."""
    groups = [[*group] for _, group in groupby(plan.work, key=_together)]
    last = {hour: n for n, group in enumerate(groups) for work in group for hour in work.hours}
    clean: list[list[DirtyHour]] = [[] for _ in groups]
    for hour, n in last.items():
        clean[n].append(hour)
    return [*zip(groups, clean, strict=True)]


def _together(work: Work) -> tuple[str, date]:
    return work.site, _week(work.first)


def _work(site: str, room: str, run: Sequence[date], wanted: dict[date, list[DirtyHour]]) -> Work:
    hours = sorted({hour for day in run for hour in wanted[day]})
    return Work(site, room, run[0], run[-1], tuple(hours))


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    run: list[date] = []
    for day in days:
        if run and (day - run[-1] > timedelta(days=1) or _week(day) != _week(run[0])):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
