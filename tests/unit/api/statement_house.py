"""A house whose October is worked out by hand (``tests.unit.statement.examples``), and whose
November is the same, as far as it has come."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from api.statements.service import Statements
from rooms.registry import Registry, Site
from rooms.statement.inputs import Inputs, RoomDay, Stay
from rooms.units import DAY_MS, HOUR_MS
from storage.ledger import Ledger
from tests.unit.api.house import SITE, House
from tests.unit.statement import examples

OCTOBER, NOVEMBER = "2026-10", "2026-11"
PARTNERS = [{"id": one.id, "name": one.name} for one in examples.PARTNERS]
LATER = 31 * DAY_MS + HOUR_MS  # October has an hour more
WORDS = {"granen": "The sensor was away for two days"}  # of which less than 90 % is known


class Told(Statements):
    """What would be gathered is told: ``changes`` replace fields of a month's inputs."""

    changes: dict[str, dict[str, Any]]

    def months(self) -> list[str]:
        return sorted({OCTOBER, NOVEMBER, *(one.month for one in self.issued()), *self.changes})

    def _gathered(self, month: str) -> Inputs:
        made = examples.inputs() if month <= OCTOBER else november(self._clock())
        return replace(made, month=month, **self.changes.get(month, {}))


def november(now: int) -> Inputs:
    of = examples.inputs()
    site = replace(examples.SITE, start=of.sites[0].stop, stop=of.sites[0].stop + 30 * DAY_MS)
    days = [day for day in of.room_days if day.day < date(2026, 10, 23)]
    rooms = {(one.room, one.day) for one in days}
    return replace(
        of,
        until=now,
        complete=False,
        sites=(site,),
        room_days=tuple(moved(one) for one in days),
        partner_days=tuple(moved(p) for p in of.partner_days if (p.room, p.day) in rooms),
        stays=tuple(_later(s) for s in of.stays if s.start + LATER < now),
        empty=(),
        clashes=(),
    )


def moved(one: Any) -> Any:
    """A day's sums, a month later."""
    return replace(one, day=one.day + timedelta(days=31))


def _later(one: Stay) -> Stay:
    return replace(one, start=one.start + LATER, stop=one.stop + LATER)


class StatementHouse(House):
    def __init__(self, folder: Path, **more: Any) -> None:
        super().__init__(folder, **more)
        self.site = Site.model_validate(SITE | {"partners": PARTNERS})
        self.registry = Registry([self.site])
        self.fill()
        stays = ((one.room, one.start, one.stop, one.partner or None) for one in examples.STAYS)
        self.counted(*stays)

    def statements_over(self, ledger: Ledger) -> Statements:
        self.told = Told(
            self.state,
            self.store,
            lambda: self.registry,
            ledger,
            clock=lambda: self.now,
            retention_ms=90 * DAY_MS,
            program="Rumskoll 9.9.9",
        )
        self.told.changes = {}
        return self.told

    def change(self, month: str, **changes: Any) -> None:
        """The month's inputs are others now; what was kept for a moment is made anew."""
        self.told.changes[month] = changes
        self.now += 120_000

    def late(self) -> None:
        """A correction: what Alfa used on the 1st of October was Beta's."""
        stays = [
            replace(one, partner="beta", by="correction")
            if one.room == "bjorken" and one.start == examples.at(1, "08:00")
            else one
            for one in examples.STAYS
        ]
        use = examples.days_of_partners(stays, examples.EMPTY, examples.BOOKED_S, examples.LOST_S)
        self.change(
            OCTOBER,
            stays=tuple(sorted(stays, key=lambda one: (one.room, one.start))),
            partner_days=use,
            room_days=examples.days_of_rooms(examples.ROOMS, use, examples.UNKNOWN_S),
        )

    def issue(self, month: str = OCTOBER, **more: Any) -> int:
        given = {"overrides": WORDS} | more
        return self.told.issue(month, "åsa", **given).number


def known(days: tuple[RoomDay, ...]) -> tuple[RoomDay, ...]:
    """As if all of it were known."""
    return tuple(replace(day, known_s=day.bookable_s) for day in days)
