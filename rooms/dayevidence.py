"""What a room's day is billed by, interval by interval, as statements list it (metrics.md 4).

Times are ms of UTC in whole seconds, within the local day. It is kept longer than the readings
that it was computed from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rooms.attribution import Booking, Correction, EvidenceClass, Share, conflicts
from rooms.intervals import Interval, Intervals, clip, intersect, snap, subtract, total, union
from rooms.utilisation import PartnerUse


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Occupied time, whose it was, and by which evidence."""

    start: int
    stop: int
    partner: str | None
    by: EvidenceClass
    outside: bool  # outside bookable time (cleaning windows are in no stretch)


class Vacancy(msgspec.Struct, frozen=True, array_like=True):
    """The known, vacant, bookable part of a booking to which nobody came, and whose it is."""

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

    def sums(self) -> dict[str | None, PartnerUse]:
        """Each partner's part of the day (``None``: nobody's); only what is not all zeros."""
        found: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        for start, stop, partner, by, outside in map(msgspec.structs.astuple, self.stretches):
            found[partner]["outside_s" if outside else f"{by}_s"] += (stop - start) // 1000
        for one in self.vacancies:
            found[one.partner]["no_show_s"] += (one.stop - one.start) // 1000
        return {partner: PartnerUse(**own) for partner, own in found.items()}


def stretches(shares: Iterable[Share], used: Intervals, outside: Intervals) -> tuple[Stretch, ...]:
    """The shares' parts within bookable time (``used``) and ``outside`` of it."""
    found = [
        Stretch(start, stop, share.partner, share.by, beyond)
        for share in shares
        for beyond, these in ((False, used), (True, outside))
        for start, stop in clip(these, share.start, share.stop)
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def vacancies(
    empty: Iterable[Booking], vacant: Intervals, corrections: Iterable[Correction]
) -> tuple[Vacancy, ...]:
    """The vacant parts of bookings (without overlaps) to which nobody came. They are the
    booker's unless corrected; of corrections that overlap the later one holds."""
    found: list[Vacancy] = []
    latest = sorted(corrections, key=lambda one: one.id, reverse=True)
    for booking in empty:
        left = clip(vacant, booking.start, booking.stop)
        for one in latest:
            taken = intersect(left, snap([(one.start, one.stop)], 1000))
            found += [Vacancy(start, stop, one.partner) for start, stop in taken]
            left = subtract(left, taken)
        found += [Vacancy(start, stop, booking.partner) for start, stop in left]
    return tuple(sorted(found, key=lambda one: one.start))


def overlaps(bookings: Iterable[Booking], within: Interval) -> tuple[Overlap, ...]:
    """What bookings of different partners both wanted of ``within``."""
    near = [one for one in bookings if one.start < within[1] and one.stop > within[0]]
    wanted: defaultdict[tuple[str | None, str | None], Intervals] = defaultdict(list)
    for first, second in conflicts(near):
        if first.partner != second.partner:
            both = max(first.start, second.start), min(first.stop, second.stop)
            wanted[first.partner, second.partner] += clip([both], *within)
    found = [Overlap(*span, *pair) for pair, these in wanted.items() for span in union(these)]
    return tuple(sorted(found, key=lambda o: (o.start, o.stop, o.first or "", o.second or "")))


def booked_times(bookings: Iterable[Booking], bookable: Intervals) -> dict[str, Intervals]:
    """By partner ("" nobody's), what its bookings (without overlaps) have of bookable time."""
    found: defaultdict[str, Intervals] = defaultdict(list)
    for booking in bookings:
        found[booking.partner or ""] += clip(bookable, booking.start, booking.stop)
    return {partner: these for partner, these in sorted(found.items()) if these}


def lost_times(
    booked: Mapping[str, Intervals], used: Sequence[Stretch], broken: Intervals
) -> dict[str, int]:
    """By partner, the seconds of ``broken`` bookable time that it had booked or used."""
    held = defaultdict(list, {partner: [*these] for partner, these in booked.items()})
    for one in used:
        held[one.partner or ""].append((one.start, one.stop))
    lost = {partner: seconds_of(intersect(broken, union(these))) for partner, these in held.items()}
    return {partner: lost[partner] for partner in sorted(lost) if lost[partner]}


def seconds_of(these: Iterable[Interval]) -> int:
    return total(these) // 1000
