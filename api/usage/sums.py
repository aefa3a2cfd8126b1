"""The stored sums of a period, by room, time or partner: read, added, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.schemas import By
from api.usage.period import COARSEST, Period
from rooms.readings import Point
from rooms.texts.times import moment
from rooms.utilisation import HourUse, PartnerUse, Quarter, Use
from storage.store import Store

Key = Callable[[Point], str]


class Uses(NamedTuple):
    rows: dict[str, Use]  # only those of which something is stored
    total: Use
    source: list[str]  # the series that were read


class PartnerUses(NamedTuple):
    rows: dict[str, PartnerUse]  # by partner's id and UNATTRIBUTED
    total: PartnerUse
    source: list[str]


def uses(
    store: Store, site: str, period: Period, by: By, rooms: Sequence[str] | None = None
) -> Uses:
    """Sums by room, day, week, month or hour of the week, over all of the site's rooms or
    some. Raises ``StoreError``."""
    series = "use" if by == "room" or rooms is not None else "site"
    key = _key_of(by, period.zone)
    sums: dict[str, dict[str, float]] = {}
    source: list[str] = []
    for grain, start, stop in period.spans(COARSEST[by]):
        name = f"{series}_{grain}"
        source.append(name)
        for point in store.read(name, _tags(site, rooms), start, stop):
            _add(sums.setdefault(key(point), {}), point.fields)
    rows = {key: Use.of(own) for key, own in sums.items()}
    return Uses(rows, sum(rows.values(), Use()), list(dict.fromkeys(source)))


def partner_uses(
    store: Store, site: str, period: Period, rooms: Sequence[str] | None = None
) -> PartnerUses:
    """Sums by partner over whole local days. Raises ``StoreError``."""
    name = "site_partner_day" if rooms is None else "partner_day"
    sums: dict[str, dict[str, float]] = {}
    for _, start, stop in period.spans("day"):
        for point in store.read(name, _tags(site, rooms), start, stop):
            _add(sums.setdefault(point.tags["partner"], {}), point.fields)
    rows = {partner: PartnerUse.of(own) for partner, own in sums.items()}
    return PartnerUses(rows, sum(rows.values(), PartnerUse()), [name])


def hour_uses(store: Store, site: str, period: Period) -> list[HourUse]:
    """Every stored hour of the site with its quarters. Raises ``StoreError``."""
    points = store.read("site_hour", {"site": [site]}, period.start, period.stop)
    return [_hour_use(point) for point in points]


def _tags(site: str, rooms: Sequence[str] | None) -> Mapping[str, Sequence[str]]:
    return {"site": [site]} if rooms is None else {"site": [site], "room": rooms}


def _add(sums: dict[str, float], fields: Mapping[str, float | str]) -> None:
    """As ``Use.__add__``, without an object for each of very many points."""
    get = sums.get
    for name, value in fields.items():
        if type(value) is float:
            old = get(name, 0.0)
            sums[name] = max(old, value) if name == "people_max" else old + value


def _hour_use(point: Point) -> HourUse:
    def part(n: int, name: str) -> int:
        return int(point.fields.get(f"{name}_q{n}_s", 0))

    one, two, three, four = (
        Quarter(part(n, "bookable"), part(n, "known"), part(n, "occupied")) for n in range(1, 5)
    )
    return HourUse(point.time, Use.of(point.fields), (one, two, three, four))


def _key_of(by: By, zone: ZoneInfo) -> Key:
    """What a point's row is called."""
    if by == "room":
        return lambda point: point.tags["room"]
    if by == "hour-of-week":
        return lambda point: f"{point.tags['weekday']}-{point.tags['hour']}"

    @cache
    def name(at: int) -> str:
        return time_key(by, moment(at, zone).date())

    return lambda point: name(point.time)


def time_key(by: By, day: date) -> str:
    """The name of the day, ISO week or month that holds a local day."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat() if by == "day" else f"{day:%Y-%m}"
