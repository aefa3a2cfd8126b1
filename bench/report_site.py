"""The made-up site of the report measurements, and where it is kept.

Every room has a people counter and a climate sensor with a PIR, every other one a VC unit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from collector.rollup import Rollup
from collector.rollup_registry import fingerprints
from rooms.registry import Registry, Site
from storage.open import open_store
from storage.outbox import Outbox
from storage.state import ServiceState
from storage.store import Store

SITE: Final = "bench"
ZONE: Final = ZoneInfo("Europe/Stockholm")
YEAR: Final = 2026
DAY: Final = date(YEAR, 11, 17)  # whose readings are rolled up, a Tuesday
NOW: Final = int(datetime(YEAR + 1, 1, 1, 12, tzinfo=ZONE).timestamp()) * 1000
PARTNERS: Final = ("renen", "vindel", "skogen")
CAPACITY: Final = 8


def clock() -> int:
    return NOW


def room_id(number: int) -> str:
    return f"room-{number:04d}"


def counter_of(room: str) -> str:
    return f"{room}-count"


def climate_of(room: str) -> str:
    return f"{room}-climate"


def vc_of(room: str) -> str:
    return f"{room}-vc"


def has_vc(number: int) -> bool:
    return number % 2 == 1


def registry_of(rooms: int) -> Registry:
    placed: dict[str, tuple[str, str]] = {}
    for n in range(rooms):
        room = room_id(n)
        placed[counter_of(room)] = (room, "generic-count")
        placed[climate_of(room)] = (room, "elsys-ers-co2")
        if has_vc(n):
            placed[vc_of(room)] = (room, "poly-videoos")
    site: dict[str, Any] = {
        "id": SITE,
        "name": "Bench",
        "timezone": ZONE.key,
        "opening_hours": {"mon-fri": "07:00-18:00"},
        "sources": [{"id": "native", "decoder": "native", "max_age": "unlimited"}],
        "partners": [{"id": id_, "name": id_.title()} for id_ in PARTNERS],
        "rooms": [
            {"id": room_id(n), "name": room_id(n), "capacity": CAPACITY} for n in range(rooms)
        ],
        "devices": [
            {"id": id_, "source": "native", "address": id_, "model": model}
            for id_, (_, model) in placed.items()
        ],
        "placements": [{"device": id_, "room": room} for id_, (room, _) in placed.items()],
    }
    return Registry([Site.model_validate(site)])


class Place(msgspec.Struct, frozen=True):
    """One size of the site on one store: what the measuring processes are told."""

    rooms: int
    store: str  # the address
    folder: str  # of the service's own files
    user: str = ""
    token: str = ""
    server: int | None = None  # the process of the store, if it is another one

    @property
    def path(self) -> Path:
        return Path(self.folder)

    def open(self) -> Store:
        return open_store(self.store, user=self.user, token=self.token, clock=clock)

    def state(self) -> ServiceState:
        return ServiceState(self.path / "service.db")

    @contextmanager
    def rollup(self, registry: Registry, state: ServiceState, store: Store) -> Iterator[Rollup]:
        with closing(Outbox(self.path / "outbox.db")) as outbox:
            yield Rollup(outbox, state, store, lambda: registry, clock=clock, retention_ms=None)


def version_of(registry: Registry) -> str:
    """Changes whenever the roll-up would want to compute the whole year again."""
    return hashlib.sha256(repr(sorted(fingerprints(registry).items())).encode()).hexdigest()
