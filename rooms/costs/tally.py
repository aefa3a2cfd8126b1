"""Whose use of a pool's rooms counts, in whole seconds and in units (weighted seconds).

Seconds are summed as whole numbers, by partner, room, weight and agreement, before anything
is multiplied: a month of 100 rooms then needs a few thousand exact products.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rooms.costs.terms import Terms
from rooms.statement.inputs import NOBODY, AgreementInput, PartnerDay, RoomDay, Treatment


class Key(NamedTuple):
    partner: str  # or NOBODY
    room: str
    weight: Fraction
    terms: int  # position among the pool's


@dataclass(slots=True)
class Seconds:
    """What counts of somebody's time in a room; under ``bookings``, used means booked."""

    used: int = 0
    no_show: int = 0
    outside: int = 0
    lost: int = 0

    def add(self, other: Seconds) -> None:
        self.used += other.used
        self.no_show += other.no_show
        self.outside += other.outside
        self.lost += other.lost

    def counted(self, agreement: AgreementInput) -> int:
        """Seconds in the room that the agreement counts."""
        return self.used + (self.outside if agreement.outside else 0)


@dataclass(slots=True)
class Tally:
    """Units are weighted seconds: weight x (used + factor x no-show + outside, if agreed)."""

    seconds: dict[Key, Seconds] = field(default_factory=lambda: defaultdict(Seconds))
    units: dict[Key, Fraction] = field(default_factory=dict)
    partners: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))  # units
    nobody: dict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))  # by terms
    strangers: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # seconds

    @property
    def total(self) -> Fraction:
        return sum(self.partners.values(), Fraction(0))

    def of(self, partner: str) -> Fraction:
        """A partner's units, or NOBODY's."""
        return self.partners.get(partner, Fraction(0))


def tally(
    terms: tuple[Terms, ...],
    treatments: Mapping[str, Treatment],
    room_days: Mapping[tuple[str, date], RoomDay],
    partner_days: Iterable[PartnerDay],
) -> Tally:
    """Count the use of the pool's rooms (those in ``treatments``).

    Who is no party to a day's agreement counts as NOBODY that day. Private days count nothing,
    nor do days without an agreement.
    """
    made = Tally()
    by_day = {day: (i, one.agreement) for i, one in enumerate(terms) for day in one.days}
    for one in partner_days:
        treatment = treatments.get(one.room)
        if treatment is None or one.day not in by_day:
            continue
        room = room_days[one.room, one.day]
        if room.private:
            continue
        index, agreement = by_day[one.day]
        party = one.partner in agreement.shares
        key = Key(one.partner if party else NOBODY, one.room, room.weight, index)
        seconds = _seconds(one, treatment)
        made.seconds[key].add(seconds)
        if not party and one.partner != NOBODY and treatment != "shares":
            made.strangers[one.partner] += seconds.counted(agreement)
    for key, seconds in made.seconds.items():
        if treatments[key.room] != "shares":
            _weigh(made, key, seconds, terms[key.terms])
    return made


def _seconds(one: PartnerDay, treatment: Treatment) -> Seconds:
    if treatment == "bookings":
        return Seconds(one.booked_s, lost=one.lost_s)
    return Seconds(one.used_s, one.no_show_s, one.outside_s, one.lost_s)


def _weigh(made: Tally, key: Key, seconds: Seconds, terms: Terms) -> None:
    agreement = terms.agreement
    units = key.weight * seconds.counted(agreement)
    if agreement.no_show and seconds.no_show:
        units += key.weight * agreement.no_show * seconds.no_show
    if units:
        made.units[key] = units
        made.partners[key.partner] += units
        if key.partner == NOBODY:
            made.nobody[key.terms] += units
