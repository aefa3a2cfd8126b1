"""A room's computed days as points, and the sums over months and sites (design 5).

Series are rewritten whole: what stands in the store and was not computed again becomes zero,
since nothing can be deleted there. Sums are read back from the store, so that they hold
whatever of it was written when, and by whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from rooms.calendar import day_bounds, hours_of
from rooms.intervals import Interval, Intervals
from rooms.readings import Point, Value
from rooms.registry import Registry
from rooms.registry.registry import midnight
from rooms.roomday import RoomDay
from rooms.units import DAY_MS
from rooms.utilisation import UNATTRIBUTED, PartnerUse
from storage.schema import MEASUREMENTS
from storage.store import Refused, Store

Key = tuple[int, *tuple[str, ...]]  # a point's time and the values of its tags
Tags = Mapping[str, Sequence[str]]

_ZONES: Final = 15 * 3_600_000  # no zone is further from UTC
_ROWS: Final = 8_000  # asked for at once, about: less than a page of any store


def write_days(
    store: Store, registry: Registry, computed: Sequence[tuple[str, Sequence[RoomDay]]]
) -> list[Refused]:
    """Rewrite ``use_hour``, ``use_day`` and ``partner_day`` of rooms and their days.

    Of days on which a room is private nothing is written, and all that stood there, what
    Grafana draws included, becomes zero. Follow with ``write_sums``. Returns what the store
    refused; raises ``StoreError``, then writing all again is right.
    """
    new: list[Point] = []
    daily: dict[str, Intervals] = {}
    private: dict[str, Intervals] = {}
    for room, days in computed:
        site, entry = registry.rooms[room]
        for day in days:
            daily.setdefault(room, []).append((day.start, day.stop))
            if entry.private.at(day.day):
                private.setdefault(room, []).append((day.start, day.stop))
            else:
                new += day_points(registry, site.id, room, day)
    left = [
        *_left_over(store, ("use_hour", "use_day", "partner_day"), new, daily),
        *_left_over(store, ("room_slot",), (), private),
    ]
    return store.write(new + left)


def day_points(registry: Registry, site: str, room: str, day: RoomDay) -> list[Point]:
    """One local day of a room: its hours, the day, and every partner's part of it."""
    tags = {"site": site, "room": room}
    weekday = str(day.day.isoweekday())
    points = [
        Point(
            "use_hour",
            {**tags, "weekday": weekday, "hour": f"{local.hour:02}"},
            hour.start,
            dict(hour.stored()),
        )
        for local, hour in zip(hours_of(day.day, registry.zone(site)), day.hours, strict=True)
    ]
    points.append(Point("use_day", tags, day.start, dict(day.use.stored())))
    for partner, use in {None: PartnerUse(), **day.partners}.items():
        whose = {**tags, "partner": partner or UNATTRIBUTED}
        points.append(Point("partner_day", whose, day.start, dict(use.stored())))
    return points


def _left_over(
    store: Store,
    measurements: Iterable[str],
    new: Iterable[Point],
    times: Mapping[str, Intervals],
) -> list[Point]:
    """Zeros for what stands in the rooms' times and is not among the new points."""
    again = {(point.measurement, _key(point)) for point in new}
    if not times:
        return []
    start = min(a for own in times.values() for a, _ in own)
    stop = max(b for own in times.values() for _, b in own)
    return [
        _zero(point)
        for measurement in measurements
        for point in store.read(measurement, _asked(measurement, times, start, stop), start, stop)
        if any(a <= point.time < b for a, b in times[point.tags["room"]])
        and (measurement, _key(point)) not in again
        and any(point.fields.values())
    ]


def _asked(measurement: str, rooms: Iterable[str], start: int, stop: int) -> Tags:
    """Of hours only the weekdays that ``[start, stop)`` ms had in any zone: a store looks at
    each of a room's 168 series, and a day is in 24 of them."""
    asked = {"room": [*rooms]}
    if "weekday" in MEASUREMENTS[measurement].tags:
        times = range(start - _ZONES, stop + _ZONES, DAY_MS)
        days = (datetime.fromtimestamp(at / 1000, UTC) for at in (*times, stop + _ZONES))
        asked["weekday"] = sorted({str(day.isoweekday()) for day in days})
    return asked


def write_sums(store: Store, site: str, days: Iterable[date], registry: Registry) -> list[Refused]:
    """Rewrite what is summed from rooms' hours and days: ``use_month`` and the site's series.

    Rooms that are no longer in the registry count with what is stored of them.
    """
    zone = registry.zone(site)
    points: list[Point] = []
    for day in sorted(set(days)):
        start, stop = day_bounds(day, zone)
        hours = _hours(store, site, day, len(registry.sites[site].rooms), (start, stop))
        sums = _sums("site_hour", ("site", "weekday", "hour"), hours)
        points += sums + _stale(store, "site_hour", site, start, stop, sums)
        whose = [*store.read("partner_day", {"site": [site]}, start, stop)]
        sums = _sums("site_partner_day", ("site", "partner"), whose)
        points += sums + _stale(store, "site_partner_day", site, start, stop, sums)
    for first in sorted({day.replace(day=1) for day in days}):
        start = midnight(first, zone)
        stop = midnight((first + timedelta(days=31)).replace(day=1), zone)
        stored = [*store.read("use_day", {"site": [site]}, start, stop)]
        by_month = [Point("use_day", p.tags, start, p.fields) for p in stored]
        for measurement, tags, given in (
            ("site_day", ("site",), stored),
            ("site_month", ("site",), by_month),
            ("use_month", ("site", "room"), by_month),
        ):
            sums = _sums(measurement, tags, given)
            points += sums + _stale(store, measurement, site, start, stop, sums)
    return store.write(points)


def _hours(store: Store, site: str, day: date, rooms: int, span: Interval) -> Iterator[Point]:
    """All rooms' hours of a local day. The weekday spares the store from looking at seven
    times as many series, and few hours at a time from looking again for each page of rows."""
    at_once = max(1, _ROWS // max(1, rooms))
    clock = [f"{hour:02}" for hour in range(24)]
    for n in range(0, 24, at_once):
        asked = {"weekday": [str(day.isoweekday())], "hour": clock[n : n + at_once]}
        yield from store.read("use_hour", {"site": [site], **asked}, *span)


def _sums(measurement: str, tags: Sequence[str], points: Iterable[Point]) -> list[Point]:
    """Points of equal time and ``tags`` added up: ``people_max`` by maximum, all else by sum."""
    nothing: dict[str, Value] = dict.fromkeys(MEASUREMENTS[measurement].fields, 0.0)
    sums: dict[Key, dict[str, float]] = defaultdict(lambda: dict.fromkeys(nothing, 0.0))
    for point in points:
        into = sums[point.time, *(point.tags[name] for name in tags)]
        for name, value in point.fields.items():
            assert type(value) is float
            into[name] = max(into[name], value) if name == "people_max" else into[name] + value
    return [
        Point(measurement, dict(zip(tags, values, strict=True)), time, dict(fields))
        for (time, *values), fields in sums.items()
    ]


def _stale(
    store: Store, measurement: str, site: str, start: int, stop: int, new: Sequence[Point]
) -> list[Point]:
    """Zeros for sums to which nothing belongs any more, as after a change of time zone."""
    again = {_key(point) for point in new}
    return [
        _zero(point)
        for point in store.read(measurement, {"site": [site]}, start, stop)
        if _key(point) not in again and any(point.fields.values())
    ]


def _key(point: Point) -> Key:
    return (point.time, *(value for _, value in sorted(point.tags.items())))


def _zero(point: Point) -> Point:
    return Point(point.measurement, point.tags, point.time, dict.fromkeys(point.fields, 0.0))
