"""Whose time was it? Each occupied second counts once, for one partner (metrics.md 3).

First match wins: correction, check-in, booking, host, unattributed. Where the definitions
leave room, it is read so:

- A *check-in* lasts until check-out, the next check-in, its ``until``, ``LEFT`` of vacant time
  (counted from the check-in on; unknown time is not vacant and interrupts the count), the
  start of a booking that is not this partner's (one that maps to no partner ends it too),
  or ``LOOKBACK``.
- *Carry*: while the room stays occupied after a booking, or after a check-in's ``until``, and
  was occupied up to that end, the time remains that partner's with that class, until the room
  is vacant or unknown, a booking that is not this partner's starts, somebody checks in or out,
  or ``LOOKBACK`` after the booking's end (after the check-in itself). What a check-in carries
  on is a check-in and comes before any booking.
- *Early*: a stay that begins at most ``EARLY`` before a partner's booking, out of known
  vacancy, and lasts until its start, counts to the booking, except where another booking or a
  check-in has that time, or an earlier booking carries it on.
- A booking that maps to no partner attributes nothing, but is a booking to all others.

Times are ms of UTC; claims are moved down to whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from rooms.intervals import Interval, Intervals, clip, subtract, union

EvidenceClass = Literal["correction", "checkin", "booking", "host", "unattributed"]

MINUTE: Final = 60_000
EARLY: Final = 10 * MINUTE  # presence this long before a booking counts to it
LEFT: Final = 15 * MINUTE  # a check-in ends after so many vacant minutes
# A check-in, and what a stay carries on from a booking or check-in, lasts this long at most:
# it bounds how far back a window must look.
LOOKBACK: Final = 24 * 60 * MINUTE


class Booking(NamedTuple):
    """A calendar event of one room; ``partner`` is None where the organiser maps to none."""

    id: str  # hashed
    start: int
    stop: int
    partner: str | None


class CheckIn(NamedTuple):
    """From a panel or the page behind the QR code; ``partner`` None is a check-out."""

    time: int
    partner: str | None
    until: int | None = None


class Correction(NamedTuple):
    """A manager's reassignment; ``partner`` None gives the time to nobody."""

    id: int  # of two that overlap the later one holds
    start: int
    stop: int
    partner: str | None


class Share(NamedTuple):
    """An occupied stretch, whose it was, and by which evidence."""

    start: int
    stop: int
    partner: str | None
    by: EvidenceClass


class Conflict(NamedTuple):
    """Two bookings of one room at one time: the first holds."""

    first: Booking
    second: Booking


@dataclass(frozen=True, slots=True)
class Claims:
    """What is said about whose time it was; any order, unclipped."""

    bookings: Sequence[Booking] = ()
    checkins: Sequence[CheckIn] = ()
    corrections: Sequence[Correction] = ()
    host: str | None = None


def effective(bookings: Iterable[Booking]) -> list[Booking]:
    """The bookings without overlaps, ascending: the earlier start wins (of two the smaller
    id), and what is left of the later one follows."""
    out: list[Booking] = []
    for booking in _in_order(bookings):
        start = max(booking.start, out[-1].stop) if out else booking.start
        if start < booking.stop:
            out.append(booking._replace(start=start))
    return out


def conflicts(bookings: Iterable[Booking]) -> list[Conflict]:
    """Every two bookings that overlap, ascending by the later one."""
    found: list[Conflict] = []
    running: list[Booking] = []
    for booking in _in_order(bookings):
        running = [one for one in running if one.stop > booking.start]
        found += [Conflict(one, booking) for one in running]
        running.append(booking)
    return found


def attribute(
    occupied: Sequence[Interval],
    unknown: Sequence[Interval],
    claims: Claims,
    start: int,
    stop: int,
) -> list[Share]:
    """Whose each occupied second of ``[start, stop)`` was, ascending; neighbours that say the
    same are one.

    ``occupied`` and ``unknown`` (sorted, disjoint, not touching) reach from ``LOOKBACK`` +
    15 min before ``start`` to 15 min after ``stop``, claims as far as they touch that time.
    Then a window gives the same as the same part of a wider one.
    """
    seen = (start - LOOKBACK - LEFT, stop + LEFT)
    room = _Room(clip(occupied, *seen), clip(unknown, *seen), seen)
    left = clip(occupied, start, stop)
    shares: list[Share] = []
    for claim in _claimed(room, claims, start, stop):
        mine = clip(left, claim.start, claim.stop)
        if mine:
            shares += [claim._replace(start=a, stop=b) for a, b in mine]
            left = subtract(left, mine)
    return _merged(shares)


def standing(
    occupied: Sequence[Interval], unknown: Sequence[Interval], claims: Claims, now: int
) -> CheckIn | None:
    """The check-in that holds at ``now``; the intervals reach from it to ``now``, and a stay that
    lasts until then goes on."""
    made = sorted((one for one in claims.checkins if one.time <= now), key=lambda one: one.time)
    if not made or made[-1].partner is None:
        return None
    stays = [(a, now + LEFT if b >= now else b) for a, b in occupied]
    room = _Room(stays, [*unknown], (made[-1].time - LEFT, now + LEFT))
    whole = made[-1]._replace(time=_whole(made[-1].time))
    held = _checked_in(room, [whole], effective(claims.bookings))
    return made[-1] if any(share.stop > now for share in held) else None


class _Room(NamedTuple):
    occupied: Intervals
    unknown: Intervals
    seen: Interval

    def stay(self, at: int) -> Interval | None:
        """The stay that lasts up to ``at``, and maybe on."""
        return next(((a, b) for a, b in self.occupied if a < at <= b), None)

    @property
    def vacant(self) -> Intervals:
        return subtract([self.seen], union(self.occupied + self.unknown))


def _claimed(room: _Room, claims: Claims, start: int, stop: int) -> Iterator[Share]:
    """What is claimed, the strongest first; a weaker claim gets what is left."""
    for one in sorted(claims.corrections, key=lambda one: one.id, reverse=True):
        yield Share(_whole(one.start), _whole(one.stop), one.partner, "correction")
    bookings = effective(claims.bookings)
    checkins = [
        one._replace(time=_whole(one.time))
        for one in sorted(claims.checkins, key=lambda one: one.time)
    ]
    yield from _checked_in(room, checkins, bookings)
    for booking in bookings:
        if booking.partner is not None:
            yield Share(booking.start, booking.stop, booking.partner, "booking")
    yield from _carried(room, checkins, bookings)
    yield from _early(room, bookings)
    yield Share(start, stop, claims.host, "unattributed" if claims.host is None else "host")


def _checked_in(
    room: _Room, checkins: Sequence[CheckIn], bookings: Sequence[Booking]
) -> Iterator[Share]:
    vacant = room.vacant
    for n, (time, partner, until) in enumerate(checkins):
        if partner is None or (until is not None and _whole(until) <= time):
            continue
        ends = [time + LOOKBACK, *(later.time for later in checkins[n + 1 : n + 2])]
        ends += [b.start for b in bookings if b.start > time and b.partner != partner]
        ends += [max(a, time) + LEFT for a, b in vacant if max(a, time) + LEFT <= b]
        if until is not None:
            stay = room.stay(_whole(until))
            ends.append(stay[1] if stay else _whole(until))
        yield Share(time, min(ends), partner, "checkin")


def _carried(
    room: _Room, checkins: Sequence[CheckIn], bookings: Sequence[Booking]
) -> Iterator[Share]:
    for n, (_, _, end, partner) in enumerate(bookings):
        stay = room.stay(end)
        if partner is None or stay is None:
            continue
        ends = [stay[1], end + LOOKBACK]
        # the next booking, if it is this partner's own, carries the stay on itself
        ends += [later.start for later in bookings[n + 1 : n + 2]]
        ends += [one.time for one in checkins if one.time >= end][:1]
        yield Share(end, min(ends), partner, "booking")


def _early(room: _Room, bookings: Sequence[Booking]) -> Iterator[Share]:
    doubtful = {room.seen[0], *(stop for _, stop in room.unknown)}
    booked = [(booking.start, booking.stop) for booking in bookings]
    for _, start, _, partner in bookings:
        stay = room.stay(start)
        if partner is None or stay is None or stay[0] in doubtful or stay[0] < start - EARLY:
            continue
        for a, b in subtract([(stay[0], start)], booked):
            yield Share(a, b, partner, "booking")


def _merged(shares: Iterable[Share]) -> list[Share]:
    out: list[Share] = []
    for share in sorted(shares, key=lambda one: one.start):
        if out and out[-1][1:] == (share.start, share.partner, share.by):
            out[-1] = out[-1]._replace(stop=share.stop)
        else:
            out.append(share)
    return out


def _in_order(bookings: Iterable[Booking]) -> list[Booking]:
    """In whole seconds, by start, then id."""
    snapped = (b._replace(start=_whole(b.start), stop=_whole(b.stop)) for b in bookings)
    return sorted((b for b in snapped if b.start < b.stop), key=lambda b: (b.start, b.id))


def _whole(time: int) -> int:
    return time - time % 1000
