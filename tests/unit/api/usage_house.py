"""A house with partners, a calendar and stored sums, written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rooms.attribution import Booking
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.registry.registry import midnight
from rooms.utilisation import UNATTRIBUTED, HourUse, PartnerUse, Quarter, Use
from tests.unit.api.house import HOUR, NOW, SITE, House

H = 3600
GRANEN = Use(
    bookable_s=100 * H,
    known_s=95 * H,
    occupied_s=38 * H,
    outside_s=H + 1800,
    booked_s=50 * H,
    walkin_s=4 * H,
    bookings=42,
    assessable=40,
    no_shows=6,
)
TALLEN = Use(bookable_s=100 * H, known_s=80 * H, occupied_s=40 * H, booked_s=20 * H)
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


def november(folder: Path) -> House:
    """November: Granen 38 of 95 h, Tallen 40 of 80 h, Mondays 9 to 10 three quarters."""
    house = usage_house(folder)
    for room, use in (("granen", GRANEN), ("tallen", TALLEN)):
        put(house, "use_month", "2026-11-01", use, room=room)
    put(house, "use_day", "2026-11-02", GRANEN, room="granen")
    quarter = Quarter(7200, 7200, 3600)
    use = Use(bookable_s=2 * H, known_s=2 * H, occupied_s=H + 1800)
    busy = Quarter(7200, 7200, 7200)
    nine = at(house, "2026-11-09", 9)
    put_hour(house, "2026-11-09", HourUse(nine, use, (quarter, busy, quarter, quarter)), 9)
    weak = Use(bookable_s=2 * H, known_s=H, occupied_s=900)
    put_hour(house, "2026-11-10", HourUse(at(house, "2026-11-10", 11), weak), 11)
    put_partner(house, "2026-11-09", "granen", "vindel", PartnerUse(booking_s=30 * H, outside_s=60))
    mixed = PartnerUse(checkin_s=H, correction_s=2 * H, no_show_s=1800)
    put_partner(house, "2026-11-09", "tallen", "norrsken", mixed)
    put_partner(house, "2026-11-09", "tallen", UNATTRIBUTED, PartnerUse(unattributed_s=7 * H))
    put_partners(house)
    events = [
        Booking(str(n), at(house, "2026-11-09", 8 + n), at(house, "2026-11-09", 9 + n), partner)
        for n, partner in enumerate(("vindel", "vindel", None))
    ]
    house.state.claims.put_bookings("granen", events, 0, NOW, NOW)
    house.state.live.set_cursor("rollup_at", NOW - HOUR)
    return house
