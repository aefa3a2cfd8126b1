"""A small house that shares its costs, over real files: what issues statements in tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from api.statements.service import Statements
from rooms.dayevidence import DayEvidence, Stretch
from rooms.readings import Point
from rooms.registry.registry import midnight
from rooms.statement.registered import next_month
from rooms.units import DAY_MS
from rooms.utilisation import PartnerUse, Use
from storage.ledger import Ledger
from tests.unit.storage.kept_months import LYCKSELE, H, KeptMonths, registry_of

PARTNERS = ("norr", "skog", "vind")
ROOMS = ("granen", "tallen")
HOUSE: dict[str, Any] = LYCKSELE | {
    "partners": [{"id": one, "name": f"{one.title()} AB"} for one in PARTNERS],
    "rooms": [{"id": one, "name": one.title(), "capacity": 8} for one in ROOMS],
    "devices": [
        {"id": f"radar-{one}", "source": "av", "address": one, "model": "generic-presence"}
        for one in ROOMS
    ],
    "placements": [{"device": f"radar-{one}", "room": one} for one in ROOMS],
    "agreements": [
        {
            "id": "a",
            "pool": "hyra",
            "from": "2026-01-01",
            "capacity": "50 %",
            "shares": {"norr": 2, "skog": 1, "vind": 1},
        }
    ],
}


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


class Issuing(KeptMonths):
    """``now`` is the clock. October is filled: norr two hours a day in granen, skog one."""

    def __init__(
        self,
        folder: Path,
        now: str = "2026-11-03 12:00",
        *,
        fill: bool = True,
        retention_days: int = 90,
    ) -> None:
        super().__init__(folder, at(now))
        self.registry = registry_of(HOUSE)
        self.ledger = Ledger(folder / "statements", self.state)
        self.retention_ms = retention_days * DAY_MS
        self.statements = self.fresh()
        if fill:
            self.fill("2026-10", {"norr": 2 * H, "skog": H})

    def fresh(self) -> Statements:
        """As after a restart: nothing is remembered."""
        return Statements(
            self.state,
            self.store,
            lambda: self.registry,
            self.ledger,
            clock=lambda: self.now,
            retention_ms=self.retention_ms,
            program="Rumskoll 0.1.0",
        )

    def change(self, **site: Any) -> None:
        """Another ``rooms.yaml``."""
        self.registry = registry_of(HOUSE | site)

    def fill(self, month: str, used: Mapping[str, int]) -> None:
        """Each of its days in granen, seconds by partner; tallen is known to be empty."""
        day = date.fromisoformat(f"{month}-01")
        for i in range((next_month(day) - day).days):
            self.use("granen", str(day + timedelta(days=i)), used)
            self.use("tallen", str(day + timedelta(days=i)), {})
        start = midnight(day, self.registry.zone("lycksele"))
        self.store.write([Point("site_month", {"site": "lycksele"}, start, {"bookable_s": 1.0})])

    def use(self, room: str, day: str, used: Mapping[str, int], known_s: int = 9 * H) -> None:
        """One after the other, from eight on, each as booked."""
        at = midnight(date.fromisoformat(day), self.registry.zone("lycksele")) + 8 * H * 1000
        stretches = []
        for partner, seconds in used.items():
            stretches.append(Stretch(at, at + seconds * 1000, partner, "booking", False))
            at += seconds * 1000
        whole = sum(used.values())
        use = Use(bookable_s=9 * H, known_s=known_s, occupied_s=whole, booked_s=whole)
        parts = {one: PartnerUse(booking_s=used.get(one, 0)) for one in PARTNERS}
        told = DayEvidence(tuple(stretches), booked={one: s for one, s in used.items() if s})
        self.keep(room, day, use, parts, told)
        self.now += 60_000  # what was kept for a moment is made anew
