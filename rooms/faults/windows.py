"""Maintenance windows: when one is open, and what it holds back (design 7).

A window begins at a local time and lasts so many seconds as a clock on the table counts them, so
that its end is exact when the clocks change. Of a time that the clocks jump over it begins
at the hour after, of one that comes twice at the first. Edges are half-open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from pydantic import ValidationError

from rooms.faults.fault import Fault
from rooms.intervals import Interval, Intervals
from rooms.registry import Registry
from rooms.registry.alerting import Maintenance
from rooms.units import DAY_MS

_ZONES: Final = timedelta(hours=15)  # no zone is further from UTC


class SiteWindow(NamedTuple):
    site: str
    window: Maintenance


def windows_of(registry: Registry, made: Iterable[tuple[str, str]] = ()) -> list[SiteWindow]:
    """Those of rooms.yaml, then ``made`` over the API: (site, JSON by alias). Of sites that are
    gone none, and none that cannot be read."""
    own = [SiteWindow(site.id, w) for site in registry.sites.values() for w in site.maintenance]
    return own + [
        SiteWindow(site, window)
        for site, body in made
        if site in registry.sites and (window := read_window(body)) is not None
    ]


@lru_cache(maxsize=1024)  # of what is stored, which never changes
def read_window(body: str) -> Maintenance | None:
    """One that was made over the API; ``None`` if an earlier program took what we do not."""
    try:
        return Maintenance.model_validate_json(body)
    except ValidationError:
        return None


def active(window: Maintenance, now: int, zone: ZoneInfo) -> bool:
    """Is it open at ``now`` (ms)?"""
    day = now - now % DAY_MS
    spans = _occurrences(window.start, window.lasts, window.repeat, zone, day, day + DAY_MS)
    return any(start <= now < stop for start, stop in spans)


def occurrences(window: Maintenance, start: int, stop: int, zone: ZoneInfo) -> Intervals:
    """When it is open, of what touches ``[start, stop)`` ms, by its beginning."""
    return [*_occurrences(window.start, window.lasts, window.repeat, zone, start, stop)]


# a rule is worked out once a day, not once a fault and tick
@lru_cache(maxsize=1024)
def _occurrences(
    begins: datetime, lasts: int, repeat: str | None, zone: ZoneInfo, start: int, stop: int
) -> tuple[Interval, ...]:
    first = _utc(start) - timedelta(seconds=lasts) - _ZONES
    days = [begins]
    if repeat is not None:
        days = rrulestr(repeat, dtstart=begins).between(first, _utc(stop) + _ZONES, inc=True)
    starts = [int(day.replace(tzinfo=zone).timestamp()) * 1000 for day in days]
    return tuple((a, b) for a in starts if a < stop and (b := a + lasts * 1000) > start)


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None)


def holding(
    windows: Iterable[SiteWindow], fault: Fault, registry: Registry, now: int
) -> str | None:
    """The id of the first window that holds the fault's alerts back at ``now``.

    What belongs to no site goes by the first one's windows.
    """
    site = fault.site or next(iter(registry.sites))
    for own, window in windows:
        if own == site and _names(window, fault, registry, now):
            zone = registry.zone(site)
            if active(window, now, zone):
                return window.id
    return None


def _names(window: Maintenance, fault: Fault, registry: Registry, now: int) -> bool:
    codes = {fault.code}
    if fault.code == "flapping":  # named by what comes and goes as well
        codes.add(fault.detail.partition(":")[0])
    if window.codes is not None and codes.isdisjoint(window.codes):
        return False
    rooms, devices = window.rooms or (), window.devices or ()
    if not rooms and not devices:
        return True

    def named(subject: str, room: str | None) -> bool:
        return subject in devices or (room is not None and room in rooms)

    if fault.members:  # it stands for its devices: all of them must be in the window
        return all(named(id_, registry.room_of(id_, now)) for id_ in fault.members)
    return named(fault.subject, fault.room)
