"""What is known of a room over a month, and what its use is counted by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from rooms.statement.inputs import AgreementInput, RoomDay, Treatment

ENOUGH_PCT: Final = 90  # of bookable time must be known (metrics.md 4)


@dataclass(slots=True)
class RoomMonth:
    """Sums in seconds over a room's days that are not private; weighted ones beside them."""

    open_days: int = 0  # days that are not private
    private_days: int = 0
    sensor: bool = False
    bookable_s: int = 0
    known_s: int = 0
    occupied_s: int = 0
    outside_s: int = 0
    lost_s: int = 0
    bookable_units: Fraction = Fraction(0)
    unknown_units: Fraction = Fraction(0)
    weights: dict[date, Fraction] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        return self.private_days > 0 and self.open_days == 0

    @property
    def sufficient(self) -> bool:
        return self.known_s * 100 >= self.bookable_s * ENOUGH_PCT

    def add(self, day: RoomDay) -> None:
        if day.private:
            self.private_days += 1
            return
        self.open_days += 1
        self.sensor |= day.sensor
        self.bookable_s += day.bookable_s
        self.known_s += day.known_s
        self.occupied_s += day.occupied_s
        self.outside_s += day.outside_s
        self.lost_s += day.lost_s
        self.bookable_units += day.weight * day.bookable_s
        self.unknown_units += day.weight * (day.bookable_s - day.known_s)
        self.weights[day.day] = day.weight

    def weight_changes(self) -> list[tuple[date, Fraction]]:
        """The first day's weight, and each other one from its first day on."""
        found: list[tuple[date, Fraction]] = []
        for day, weight in sorted(self.weights.items()):
            if not found or found[-1][1] != weight:
                found.append((day, weight))
        return found


def room_months(rooms: Iterable[str], days: Iterable[RoomDay]) -> dict[str, RoomMonth]:
    """Each room's month; days of other rooms are left out."""
    months = {room: RoomMonth() for room in rooms}
    for day in days:
        if day.room in months:
            months[day.room].add(day)
    return months


def treatment_of(month: RoomMonth, last: AgreementInput | None) -> Treatment:
    """What stands for a room's use in a pool, by ``last``, its agreement at the month's end.

    Without any sensor in the month, the agreement's fallback; with too little known, what the
    agreement says of low coverage, if it does; else what was measured.
    """
    if month.private:
        return "private"
    if last is None:
        return "measured"
    if not month.sensor:
        return last.fallback
    if not month.sufficient and last.low_coverage is not None:
        return last.low_coverage
    return "measured"
