"""A house with partners, a calendar and stored sums, written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.registry.registry import midnight
from rooms.utilisation import HourUse, PartnerUse, Use
from tests.unit.api.house import HOUR, SITE, House

PARTNERS = [
    {"id": "vindel", "name": "Vindel AB", "domains": ["vindel.example"]},
    {"id": "norrsken", "name": "Norrsken Digital"},
]
WHOLE: dict[str, Any] = SITE | {
    "partners": PARTNERS,
    "cleaning": [{"days": ["mon"], "at": "16:00-16:30"}],
    "closures": [
        {
            "from": "2026-11-19",
            "to": "2026-11-19",
            "reason": {"sv": "Inventering", "en": "Stocktaking"},
        }
    ],
}


def usage_house(folder: Path, **more: Any) -> House:
    house = House(folder, **more)
    house.fill()
    house.site = Site.model_validate(WHOLE)
    house.registry = Registry([house.site])
    return house


def at(house: House, day: str, hour: int = 0) -> int:
    return midnight(date.fromisoformat(day), house.registry.zone("lycksele")) + hour * HOUR


def put(
    house: House, name: str, day: str, use: Use, *, hour: int | None = None, **tags: str
) -> None:
    """One stored point of use, of a room or of the site."""
    if hour is not None:
        weekday = date.fromisoformat(day).isoweekday()
        tags |= {"weekday": str(weekday), "hour": f"{hour:02}"}
    time = at(house, day, hour or 0)
    house.store.points.append(Point(name, {"site": "lycksele", **tags}, time, dict(use.stored())))


def put_hour(house: House, day: str, hour: HourUse, local: int) -> None:
    tags = {"weekday": str(date.fromisoformat(day).isoweekday()), "hour": f"{local:02}"}
    point = Point("site_hour", {"site": "lycksele", **tags}, hour.start, dict(hour.stored()))
    house.store.points.append(point)


def put_partner(house: House, day: str, room: str, partner: str, use: PartnerUse) -> None:
    """A partner's part of a room's day; ``put_partners`` sums them for the site."""
    tags = {"site": "lycksele", "room": room, "partner": partner}
    point = Point("partner_day", tags, at(house, day), dict(use.stored()))
    house.store.points.append(point)


def put_partners(house: House) -> None:
    """What the roll-up makes of the rooms' parts."""
    sums: dict[tuple[str, int], PartnerUse] = {}
    for point in house.store.points:
        if point.measurement == "partner_day":
            key = point.tags["partner"], point.time
            sums[key] = sums.get(key, PartnerUse()) + PartnerUse.of(point.fields)
    for (partner, time), use in sums.items():
        tags = {"site": "lycksele", "partner": partner}
        house.store.points.append(Point("site_partner_day", tags, time, dict(use.stored())))
