"""A made-up house that shares its rooms, with a month of sums and evidence that agree."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from rooms.attribution import EvidenceClass
from rooms.calendar import bookable, day_bounds
from rooms.dayevidence import DayEvidence, Stretch
from rooms.intervals import total
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.utilisation import UNATTRIBUTED, PartnerUse, Use
from storage.state import ServiceState
from storage.store import Store

SITE: Final = "bench"
ZONE: Final = ZoneInfo("Europe/Stockholm")
MONTH: Final = date(2026, 10, 1)
DAYS: Final = 31
NOW: Final = int(datetime(2026, 11, 2, 8, tzinfo=ZONE).timestamp()) * 1000
HOUR: Final = 3_600_000
STAYS: Final = 6  # of a room's open day


class Whose(NamedTuple):
    partner: str | None
    by: EvidenceClass


def clock() -> int:
    return NOW


def partner_ids(count: int) -> list[str]:
    return [f"partner-{n:02d}" for n in range(count)]


def registry_of(rooms: int, partners: int) -> Registry:
    ids = [f"room-{n:03d}" for n in range(rooms)]
    whose = partner_ids(partners)
    body: dict[str, Any] = {
        "id": SITE,
        "name": "Bänken",
        "timezone": ZONE.key,
        "opening_hours": {"mon-fri": "07:00-18:00"},
        "sources": [{"id": "native", "decoder": "native", "max_age": "unlimited"}],
        "partners": [{"id": id_, "name": f"Företaget {id_} AB"} for id_ in whose],
        "rooms": [{"id": id_, "name": id_.title(), "capacity": 8} for id_ in ids],
        "devices": [
            {"id": f"{id_}-pir", "source": "native", "address": id_, "model": "generic-motion"}
            for id_ in ids
        ],
        "placements": [{"device": f"{id_}-pir", "room": id_} for id_ in ids],
        "pools": [{"id": "rooms", "name": "Rum"}, {"id": "vc", "name": "Videoutrustning"}],
        "agreements": [
            {
                "id": f"{pool}-{since.year}",
                "pool": pool,
                "from": since,
                "capacity": part,
                "shares": {id_: n + 1 for n, id_ in enumerate(whose)},
                "no_show": "1/2",
            }
            for pool, part in (("rooms", "60 %"), ("vc", "0"))
            for since in (date(2026, 1, 1),)
        ],
        "costs": [
            {"id": "rent", "name": "Hyra", "pool": "rooms", "amount": "310 000,00"}
            | {"month": "2026-10", "vat": "25", "account": "5010"},
            {"id": "video", "name": "Video", "pool": "vc", "amount": "41 500,50"}
            | {"month": "2026-10", "vat": "25", "account": "5250"},
        ],
    }
    return Registry([Site.model_validate(body)])


def fill(registry: Registry, store: Store, state: ServiceState) -> int:
    """Write the month; return how many stays it has."""
    chance = random.Random(7)
    points: list[Point] = []
    evidence: list[tuple[str, date, DayEvidence | None]] = []
    site = registry.sites[SITE]
    whose = [entry.id for entry in site.partners]
    for room in registry.rooms:
        for day in (MONTH + timedelta(n) for n in range(DAYS)):
            open_s = total(bookable(site, room, day)) // 1000
            found = DayEvidence(stretches=tuple(_stays(day, whose, chance) if open_s else ()))
            points += _points(room, day, open_s, found)
            evidence.append((room, day, found))
    refused = store.write(points)
    if refused:
        raise SystemExit(f"the store refuses a point: {refused[0]}")
    state.evidence.put(evidence)
    return sum(len(one.stretches) for _, _, one in evidence if one)


def _stays(day: date, whose: list[str], chance: random.Random) -> Iterator[Stretch]:
    at = day_bounds(day, ZONE)[0] + 8 * HOUR
    for _ in range(STAYS):
        start = at + chance.randrange(0, 1800) * 1000
        stop = start + chance.randrange(900, 4500) * 1000
        who = Whose(chance.choice(whose), "booking")
        if chance.random() < 0.1:
            who = Whose(None, "unattributed")
        yield Stretch(start, stop, *who, False)
        at = stop


def _points(room: str, day: date, open_s: int, found: DayEvidence) -> Iterator[Point]:
    at = day_bounds(day, ZONE)[0]
    used: dict[str | None, Counter[str]] = defaultdict(Counter)
    for one in found.stretches:
        used[one.partner][f"{one.by}_s"] += (one.stop - one.start) // 1000
    occupied = sum(sum(own.values()) for own in used.values())
    use = Use(bookable_s=open_s, known_s=open_s, occupied_s=occupied)
    tags = {"site": SITE, "room": room}
    yield Point("use_day", tags, at, dict(use.stored()))
    for partner, own in {None: Counter[str](), **used}.items():
        part = PartnerUse(**own)
        yield Point(
            "partner_day", {**tags, "partner": partner or UNATTRIBUTED}, at, dict(part.stored())
        )
