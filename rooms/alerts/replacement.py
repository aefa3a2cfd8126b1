"""Which free room could stand in for one whose equipment is broken (design 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from rooms.attribution import Booking
from rooms.faults.fault import Fault
from rooms.intervals import Interval, subtract, union
from rooms.units import HOUR_MS

SOON_MS: Final = 2 * HOUR_MS  # of a later meeting, nobody knows which rooms are vacant then
AT_LEAST_MS: Final = HOUR_MS // 2  # without a meeting: free for shorter is no help
_REPORTED: Final = ("picture", "sound", "screen", "cables")  # things that a meeting needs


class Candidate(NamedTuple):
    """Another room of the site that is not private, at a moment."""

    room: str
    capacity: int
    equipment: frozenset[str]  # families of the devices that stand in it
    vacant: bool  # known to be; an unknown state is not
    works: bool  # no open fault ``hinders`` in it
    until: int  # ms, from ``free_until``


class Free(NamedTuple):
    room: str
    until: int  # ms


def hinders(fault: Fault) -> bool:
    """Does it keep people in its room from meeting as they meant to?"""
    if fault.code == "reported":
        return fault.detail in _REPORTED
    return fault.room is not None and fault.severity == "error"


def needed_until(meeting: Booking | None, now: int) -> int | None:
    """Until when (ms) another room is needed; ``None`` where the meeting is not soon."""
    if meeting is None:
        return now + AT_LEAST_MS
    return meeting.stop if meeting.start <= now + SOON_MS else None


def free_until(bookable: Iterable[Interval], bookings: Iterable[Booking], now: int) -> int:
    """When the stretch around ``now`` that is open and not booked ends; ``now`` without one."""
    unbooked = subtract(list(bookable), union((b.start, b.stop) for b in bookings))
    return next((stop for start, stop in unbooked if start <= now < stop), now)


def replacement(
    candidates: Iterable[Candidate], capacity: int, equipment: frozenset[str], needed: int
) -> Free | None:
    """The smallest that seats as many, else the largest, of the rooms that are vacant, work, have
    the equipment and are free until ``needed`` (ms) at least."""
    fit = [
        one
        for one in candidates
        if one.vacant and one.works and one.equipment >= equipment and one.until >= needed
    ]
    enough = [one for one in fit if one.capacity >= capacity]
    if enough:
        best = min(enough, key=lambda one: (one.capacity, one.room))
    elif fit:
        best = min(fit, key=lambda one: (-one.capacity, one.room))
    else:
        return None
    return Free(best.room, best.until)
