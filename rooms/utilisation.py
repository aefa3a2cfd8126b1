"""How a room was used: the sums that every figure of metrics.md 2 is a ratio of.

Sums are whole seconds or counts and add up over hours, days, rooms and sites; percentages
are made from sums at the very end (``rooms/figures.py``) and never stored or averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Use:
    """A room's (or several rooms') use in some time, as stored in ``use_hour`` and coarser."""

    bookable_s: int = 0  # B: opening hours less holidays, closures and cleaning, until now
    known_s: int = 0  # K: the part of B whose state is known
    occupied_s: int = 0  # O: occupied within K
    outside_s: int = 0  # occupied outside B and outside cleaning windows
    person_s: int = 0  # people x seconds, within counted_s
    counted_s: int = 0  # occupied seconds of B in which people were counted
    seat_s: int = 0  # capacity x counted seconds: what person_s is a share of
    people_max: int = 0  # merges by maximum, all else by sum
    booked_s: int = 0  # booked part of B
    walkin_s: int = 0  # O outside bookings
    bookings: int = 0  # bookings that start here (and touch B)
    assessable: int = 0  # of those, the ones of which it can be told whether somebody came
    no_shows: int = 0  # of those, the ones to which nobody came
    lost_s: int = 0  # seconds of B in which equipment was broken

    def __add__(self, other: Use) -> Use:
        sums = {name: getattr(self, name) + getattr(other, name) for name in _SUMMED}
        return Use(**sums, people_max=max(self.people_max, other.people_max))

    def stored(self) -> dict[str, float]:
        """As a point's fields, explicit zeros included."""
        return {name: float(getattr(self, name)) for name in NAMES}

    @classmethod
    def of(cls, stored: dict[str, float] | dict[str, float | str]) -> Self:
        """From a point's fields; what an older version did not write counts as 0."""
        return cls(**{name: int(stored.get(name, 0)) for name in NAMES})


NAMES: Final = tuple(field.name for field in fields(Use))
_SUMMED: Final = tuple(name for name in NAMES if name != "people_max")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour's B, K and O in seconds: what the peak is found from."""

    bookable_s: int = 0
    known_s: int = 0
    occupied_s: int = 0

    def __add__(self, other: Quarter) -> Quarter:
        return Quarter(
            self.bookable_s + other.bookable_s,
            self.known_s + other.known_s,
            self.occupied_s + other.occupied_s,
        )


@dataclass(frozen=True, slots=True)
class HourUse:
    """One local hour from ``start`` (ms of UTC), with its four quarters."""

    start: int
    use: Use = Use()
    quarters: tuple[Quarter, Quarter, Quarter, Quarter] = (Quarter(),) * 4

    def stored(self) -> dict[str, float]:
        quarters = {
            f"{name}_q{n}_s": float(getattr(quarter, f"{name}_s"))
            for n, quarter in enumerate(self.quarters, 1)
            for name in ("bookable", "known", "occupied")
        }
        return self.use.stored() | quarters


QUARTER_NAMES: Final = tuple(name for name in HourUse(0).stored() if name not in NAMES)


@dataclass(frozen=True, slots=True)
class PartnerUse:
    """A partner's part of a room's day, as stored in ``partner_day``: seconds.

    The first five are occupied seconds of B by class of evidence (metrics.md 3); over all
    partners and ``UNATTRIBUTED`` they sum to ``Use.occupied_s``, ``outside_s`` to its own.
    """

    correction_s: int = 0
    checkin_s: int = 0
    booking_s: int = 0
    host_s: int = 0
    unattributed_s: int = 0  # of UNATTRIBUTED only
    no_show_s: int = 0  # booked, known and vacant seconds of B, of bookings nobody came to
    outside_s: int = 0  # occupied outside B and cleaning, whatever the evidence

    def __add__(self, other: PartnerUse) -> PartnerUse:
        return PartnerUse(
            **{name: getattr(self, name) + getattr(other, name) for name in PARTNER_NAMES}
        )

    @property
    def used_s(self) -> int:
        """Occupied seconds of B."""
        return (
            self.correction_s + self.checkin_s + self.booking_s + self.host_s + self.unattributed_s
        )

    def stored(self) -> dict[str, float]:
        return {name: float(getattr(self, name)) for name in PARTNER_NAMES}

    @classmethod
    def of(cls, stored: dict[str, float] | dict[str, float | str]) -> Self:
        return cls(**{name: int(stored.get(name, 0)) for name in PARTNER_NAMES})


PARTNER_NAMES: Final = tuple(field.name for field in fields(PartnerUse))
UNATTRIBUTED: Final = "_unattributed"  # a tag's value that no partner's id can have
