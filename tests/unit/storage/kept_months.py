"""Two sites that share costs, and their computed days, written by hand into a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rooms.dayevidence import DayEvidence, Stretch
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.registry.registry import midnight
from rooms.statement.inputs import Inputs, RoomDay
from rooms.utilisation import UNATTRIBUTED, PartnerUse, Use
from storage.sqlite import SqliteStore
from storage.state import ServiceState
from storage.statement_inputs import gather

H = 3600
OCTOBER = date(2026, 10, 1)
FULL = Use(bookable_s=9 * H, known_s=9 * H)

LYCKSELE: dict[str, Any] = {
    "id": "lycksele",
    "name": {"sv": "Arenan", "en": "The Arena"},
    "opening_hours": {"mon-sun": "08:00-17:00"},
    "holidays": {"country": None},
    "sources": [
        {"id": "lora", "decoder": "chirpstack"},
        {"id": "av", "decoder": "native"},
        {
            "id": "egen",
            "decoder": "mapped_json",
            "mapping": {
                "topics": ["egen/+"],
                "address": "topic[1]",
                "fields": [{"path": "n", "field": "presence.motion_count"}],
            },
        },
    ],
    "partners": [
        {"id": "norr", "name": "Norr AB", "reference": "PO 7"},
        {"id": "vindel", "name": "Vindel"},
    ],
    "rooms": [
        {"id": "granen", "name": {"sv": "Granen", "en": "Spruce"}, "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 4},
        {"id": "bjorken", "name": "Björken", "capacity": 4},
    ],
    "devices": [
        {"id": "radar", "source": "av", "address": "1", "model": "generic-presence"},
        {"id": "ers", "source": "lora", "address": "2", "model": "elsys-ers"},
        {"id": "vc", "source": "av", "address": "3", "model": "poly-videoos"},
    ],
    "placements": [
        {"device": "radar", "room": "granen"},
        {"device": "ers", "room": "tallen"},
        {"device": "vc", "room": "bjorken"},
    ],
    "pools": [{"id": "hyra", "name": "Hyra"}],
    "agreements": [
        {"id": "a", "pool": "hyra", "from": "2026-01-01", "capacity": "60 %", "shares": {"norr": 1}}
    ],
    "costs": [
        {
            "id": "lokal",
            "name": {"sv": "Lokalhyra", "en": "Rent"},
            "pool": "hyra",
            "amount": "10 000,00",
            "from": "2026-01",
            "vat": 25,
            "account": 5010,
        }
    ],
}
VASA: dict[str, Any] = {
    "id": "vasa",
    "name": "Vasa",
    "language": "en",
    "timezone": "Europe/Helsinki",
    "opening_hours": {"mon-fri": "09:00-12:00"},
    "holidays": {"country": None},
    "sources": [{"id": "av-vasa", "decoder": "native"}],
    "partners": [
        {"id": "norr", "name": "Norr AB", "reference": "other", "cost_centre": "K 12"},
        {"id": "aland", "name": "Åland Oy"},
    ],
    "rooms": [{"id": "eken", "name": "Eken", "capacity": 6, "weight": "3/2"}],
    "pools": [{"id": "vc", "name": "VC", "rooms": ["eken"]}],
    "billing": {"issuer": "Vasa Rum Ab", "account_names": {"5010": "Rent", "1790": "Due"}},
}


def at(text: str) -> int:
    """``2026-11-03 12:00`` of UTC, ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def room_days(inputs: Inputs, room: str) -> dict[str, RoomDay]:
    """By day."""
    return {str(one.day): one for one in inputs.room_days if one.room == room}


def registry_of(*sites: dict[str, Any]) -> Registry:
    return Registry([Site.model_validate(site) for site in sites])


def lycksele(**changes: Any) -> dict[str, Any]:
    return LYCKSELE | changes


def rooms_with(room: str, **changes: Any) -> list[dict[str, Any]]:
    return [one | (changes if one["id"] == room else {}) for one in LYCKSELE["rooms"]]


class KeptMonths:
    def __init__(self, folder: Path, now: int) -> None:
        self.now = now
        self.registry = registry_of(LYCKSELE)
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: now)

    def close(self) -> None:
        self.state.close()
        self.store.close()

    def keep(
        self,
        room: str,
        day: str,
        use: Use,
        parts: Mapping[str | None, PartnerUse],
        evidence: DayEvidence | None,
        site: str = "lycksele",
    ) -> int:
        """A computed day as the roll-up writes it; return its midnight (ms)."""
        start = midnight(date.fromisoformat(day), self.registry.zone(site))
        tags = {"site": site, "room": room}
        points = [Point("use_day", tags, start, dict(use.stored()))]
        for partner, part in parts.items():
            whose = tags | {"partner": partner or UNATTRIBUTED}
            points.append(Point("partner_day", whose, start, dict(part.stored())))
        assert self.store.write(points) == []
        self.state.evidence.put([(room, date.fromisoformat(day), evidence)])
        return start

    def keep_booked(self, room: str, day: str, hours: int, partner: str) -> None:
        """From eight on, as booked."""
        start = midnight(date.fromisoformat(day), self.registry.zone("lycksele")) + 8 * H * 1000
        stretch = Stretch(start, start + hours * H * 1000, partner, "booking", False)
        part = PartnerUse(booking_s=hours * H)
        use = Use(bookable_s=9 * H, known_s=9 * H, occupied_s=hours * H, booked_s=hours * H)
        told = DayEvidence((stretch,), booked={partner: hours * H})
        self.keep(room, day, use, {partner: part, None: PartnerUse()}, told)

    def gather(self, month: date = OCTOBER) -> Inputs:
        return gather(self.store, self.state, self.registry, month, self.now)
