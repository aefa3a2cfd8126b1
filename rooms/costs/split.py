"""A pool's costs split among its parties, exactly (metrics.md 4; decision 18).

All amounts are öre as fractions. Each of the month's D days stands for total / D. That day's
agreement divides it into a capacity part, split by the fixed key, and a usage part; the usage
parts of all days are one pot with one price for a unit (a weighted second).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from rooms.costs.coverage import RoomMonth
from rooms.costs.tally import Tally
from rooms.costs.terms import Terms
from rooms.statement.inputs import NOBODY, Treatment

Amounts = dict[str, Fraction]


class Slice(NamedTuple):
    """Öre under one agreement, before they are split by its key."""

    capacity: Fraction
    usage: Fraction
    credit: Fraction


@dataclass(frozen=True, slots=True)
class Split:
    """Exact amounts by partner; those of a pool sum to its total, ``credit`` to 0."""

    capacity: Amounts  # by the fixed key
    usage: Amounts  # by own units
    unattributed: Amounts  # nobody's units, by the fixed key of their day
    fixed: Amounts  # of the usage pot for rooms where the key stands in for use, by the key
    unused: Amounts  # of the rest of the pot, where there was no use at all, by the key
    credit: Amounts  # for lost time
    pot: Fraction  # what is split by units, or unused
    price: Fraction | None  # öre for a unit; None without any
    periods: tuple[Slice, ...]  # what of it falls under each agreement

    @property
    def exact(self) -> Amounts:
        parts = (self.capacity, self.usage, self.unattributed, self.fixed, self.unused, self.credit)
        return {who: sum((part[who] for part in parts), Fraction(0)) for who in self.capacity}

    def of_pot(self, who: str) -> Fraction:
        """What a party pays of the pot."""
        return self.usage[who] + self.unattributed[who] + self.unused[who]


def split(
    total: int, days: int, terms: tuple[Terms, ...], use: Tally, standing_in: Fraction
) -> Split:
    """Split ``total`` öre of a month of so many days.

    ``standing_in`` is the part (0 to 1) of the usage pot for rooms of which the fixed key stands
    in for use. Without any use all of the pot goes by the key.
    """
    slices = _slices(total, days, terms, use)
    by_capacity = _sum(terms, (one.capacity for one in slices))
    by_usage = _sum(terms, (one.usage for one in slices))
    pot = sum(by_usage.values(), Fraction(0)) * (1 - standing_in)
    units = use.total
    price = pot / units if units else None
    return Split(
        capacity=by_capacity,
        usage={who: (price or 0) * use.of(who) for who in by_capacity},
        unattributed=_times(nobodys(terms, use), price or Fraction(0)),
        fixed=_times(by_usage, standing_in),
        unused=_times(by_usage, Fraction(0) if units else 1 - standing_in),
        credit=_credits(terms, use, slices),
        pot=pot,
        price=price,
        periods=slices,
    )


def parties(terms: Iterable[Terms]) -> list[str]:
    """All who take part on any day, by id."""
    return sorted({who for one in terms for who in one.key})


def mean_share(terms: tuple[Terms, ...]) -> Amounts:
    """Each party's part of the fixed key, mean over the days that have an agreement."""
    days = sum(len(one.days) for one in terms)
    return _sum(terms, [Fraction(len(one.days), days) for one in terms])


def nobodys(terms: tuple[Terms, ...], use: Tally) -> Amounts:
    """Nobody's units as they fall on the parties: by the fixed key of their day."""
    return _sum(terms, [use.nobody.get(i, Fraction(0)) for i in range(len(terms))])


def standing_in(rooms: Mapping[str, RoomMonth], treatments: Mapping[str, Treatment]) -> Fraction:
    """The part of the pool's weighted bookable time that is in rooms where the key stands in."""
    whole = sum((rooms[room].bookable_units for room in treatments), Fraction(0))
    held = (rooms[room].bookable_units for room, how in treatments.items() if how == "shares")
    return sum(held, Fraction(0)) / whole if whole else Fraction(0)


def _slices(total: int, days: int, terms: tuple[Terms, ...], use: Tally) -> tuple[Slice, ...]:
    lost = Counter[int]()
    for key, seconds in use.seconds.items():
        lost[key.terms] += seconds.lost if key.partner != NOBODY else 0

    def made(index: int, one: Terms) -> Slice:
        part = Fraction(total * len(one.days), days)
        return Slice(part * one.agreement.capacity, part * one.usage, one.credit(lost[index]))

    return tuple(made(index, one) for index, one in enumerate(terms))


def _credits(terms: tuple[Terms, ...], use: Tally, slices: Iterable[Slice]) -> Amounts:
    """Each party gets its lost hours' credit; all credits of a day are borne by its key."""
    left = _sum(terms, (one.credit for one in slices))
    for key, seconds in use.seconds.items():
        if key.partner != NOBODY and seconds.lost:
            left[key.partner] -= terms[key.terms].credit(seconds.lost)
    return left


def _sum(terms: tuple[Terms, ...], amounts: Iterable[Fraction]) -> Amounts:
    """One amount under each agreement, split by its key and summed."""
    out = dict.fromkeys(parties(terms), Fraction(0))
    for one, amount in zip(terms, amounts, strict=True):
        if amount:
            for who, part in one.key.items():
                out[who] += amount * part
    return out


def _times(amounts: Amounts, factor: Fraction) -> Amounts:
    return {who: amount * factor for who, amount in amounts.items()}
