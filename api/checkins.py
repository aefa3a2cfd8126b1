"""Checking in to a room, and who is checked in now."""

from __future__ import annotations

from typing import Literal

from api.parts import Parts
from api.snapshot import Snapshot
from rooms.attribution import LEFT, LOOKBACK, Booking, CheckIn, effective


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


def checked_in(parts: Parts, room: str, now: Snapshot) -> CheckIn | None:
    """The check-in that still stands (metrics.md 3), as far as the room's state now can tell."""
    said = parts.state.claims.checkins(room, now.now - LOOKBACK + 1, now.now + 1)
    if not said or said[-1].partner is None:
        return None
    last = said[-1]
    if last.until is not None and last.until <= now.now:
        return None
    row = now.rooms.get(room) if now.current else None
    if row is not None and row.body.get("state") == "vacant":
        vacant_for = now.now - max(row.body.get("since") or 0, last.time)
        if vacant_for >= LEFT:
            return None
    bookings = effective(parts.state.claims.bookings(room, last.time, now.now + 1))
    others = (b for b in bookings if last.time < b.start <= now.now and b.partner != last.partner)
    return None if any(others) else last
