"""Checking in to a room, and who is checked in now."""

from __future__ import annotations

from typing import Literal

from api.parts import Parts
from api.queries import Window, timeline_of
from rooms.attribution import LOOKBACK, Booking, CheckIn, Claims, effective, standing
from rooms.intervals import Intervals
from storage.store import StoreError


def check_in(
    parts: Parts,
    room: str,
    partner: str | None,
    via: Literal["page", "api"],
    until: int | None = None,
) -> None:
    """From now on the room is the partner's; ``None`` checks out. The hour is computed again."""
    now = parts.clock()
    with parts.state.transaction():
        parts.state.claims.check_in(room, CheckIn(now, partner, until), via, now)
        parts.state.dirty.mark_time(room, [(now, now + 1)])


def booked_now(parts: Parts, room: str, now: int) -> Booking | None:
    """The booking that holds now: of overlapping ones the earlier start wins."""
    bookings = effective(parts.state.claims.bookings(room, now - LOOKBACK, now + LOOKBACK))
    return next((booking for booking in bookings if booking.start <= now < booking.stop), None)


def checked_in(parts: Parts, room: str) -> CheckIn | None:
    """The check-in that stands now, as the numbers will have it (``rooms.attribution``)."""
    now = parts.clock()
    said = parts.state.claims.checkins(room, now - LOOKBACK + 1, now + 1)
    if not said or said[-1].partner is None:
        return None
    occupied, unknown = _seen(parts, room, said[-1].time, now)
    bookings = parts.state.claims.bookings(room, said[-1].time, now + 1)
    return standing(occupied, unknown, Claims(bookings=bookings, checkins=said), now)


def _seen(parts: Parts, room: str, start: int, now: int) -> tuple[Intervals, Intervals]:
    """When the room was occupied, and when nobody knows: all the time, if the database is away."""
    asked = Window(start - start % 1000, now - now % 1000 + 1000)
    try:
        found = timeline_of(parts, parts.registry(), room, asked)
    except StoreError:
        return [], [(asked.start, asked.stop)]
    return found.occupied, found.unknown
