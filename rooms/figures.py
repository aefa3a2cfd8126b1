"""The figures of metrics.md 2: ratios of sums, made at the very end.

Numerator and denominator are kept beside each value, so that a reader can check it and
groups can be added up; percentages are never stored or averaged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from rooms.utilisation import HourUse, Quarter, Use

_QUARTER: Final = 15 * 60_000
_ENOUGH_PCT: Final = 90  # coverage below this: "otillräckliga data"
_HIGH_PCT: Final = 95


class Ratio(NamedTuple):
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """``None`` where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1; all but ``utilisation`` are in seconds or bookings."""

    coverage: Ratio  # K / B
    frequency: Ratio  # O / K
    lowest: Ratio  # O / B: had the room been vacant in all unknown time
    highest: Ratio  # (O + U) / B: had it been occupied in all of it
    seat_fill: Ratio  # of counted occupied time only; above 1 where people stood
    utilisation: Ratio  # frequency x seat fill
    booking_rate: Ratio
    no_show: Ratio  # of assessable bookings
    sufficient: bool  # else the frequency tells too little


def figures(use: Use) -> Figures:
    bookable, known, occupied = use.bookable_s, use.known_s, use.occupied_s
    return Figures(
        coverage=Ratio(known, bookable),
        frequency=Ratio(occupied, known),
        lowest=Ratio(occupied, bookable),
        highest=Ratio(occupied + bookable - known, bookable),
        seat_fill=Ratio(use.person_s, use.seat_s),
        utilisation=Ratio(occupied * use.person_s, known * use.seat_s),
        booking_rate=Ratio(use.booked_s, bookable),
        no_show=Ratio(use.no_shows, use.assessable),
        sufficient=enough(known, bookable),
    )


def enough(known: int, whole: int) -> bool:
    """Is so much of ``whole`` known that it can be judged (90 %)?"""
    return whole > 0 and known * 100 >= whole * _ENOUGH_PCT


class Peak(NamedTuple):
    """A quarter of an hour from ``start`` (ms), and the share of bookable rooms in use."""

    start: int
    share: Ratio


@dataclass(frozen=True, slots=True)
class Peaks:
    """``None`` where no quarter could be assessed."""

    highest: Peak | None  # the first of equals
    high: Peak | None  # the 95th percentile by nearest rank: a quarter that was really so
    assessed: int  # quarters
    insufficient: int  # quarters with bookable time, too little of it known


def peaks(hours: Iterable[HourUse]) -> Peaks:
    """Of one room, or of a site whose rooms' hours were summed before.

    Quarters without bookable time play no part.
    """
    found: list[Peak] = []
    insufficient = 0
    for hour in hours:
        for n, quarter in enumerate(hour.quarters):
            if enough(quarter.known_s, quarter.bookable_s):
                found.append(_peak(hour.start + n * _QUARTER, quarter))
            elif quarter.bookable_s:
                insufficient += 1
    found.sort(key=lambda peak: (peak.share.value or 0, -peak.start))
    rank = -(-len(found) * _HIGH_PCT // 100)  # rounded up
    return Peaks(
        found[-1] if found else None,
        found[rank - 1] if found else None,
        len(found),
        insufficient,
    )


def _peak(start: int, quarter: Quarter) -> Peak:
    return Peak(start, Ratio(quarter.occupied_s, quarter.known_s))
