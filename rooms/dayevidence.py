"""What a room's day is billed by, interval by interval, as statements list it (metrics.md 4).

Times are ms of UTC in whole seconds, within the local day. It is kept longer than the readings
that it was computed from.
"""

from __future__ import annotations

import msgspec

from rooms.attribution import EvidenceClass


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Occupied time, whose it was, and by which evidence."""

    start: int
    stop: int
    partner: str | None
    by: EvidenceClass
    outside: bool  # outside bookable time (cleaning windows are in no stretch)


class Vacancy(msgspec.Struct, frozen=True, array_like=True):
    """The known, vacant, bookable part of a booking to which nobody came."""

    start: int
    stop: int
    partner: str | None


class Overlap(msgspec.Struct, frozen=True, array_like=True):
    """What two bookings both wanted; the first holds."""

    start: int
    stop: int
    first: str | None
    second: str | None


class DayEvidence(msgspec.Struct, frozen=True):
    """Over ``stretches`` within bookable time a partner's seconds sum to its
    ``PartnerUse.used_s``, over the others to ``outside_s``, over ``vacancies`` to ``no_show_s``."""

    stretches: tuple[Stretch, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    booked: dict[str, int] = {}  # partner ("" nobody's) -> booked seconds of bookable time
    lost: dict[str, int] = {}  # partner -> its used or booked seconds with broken equipment
