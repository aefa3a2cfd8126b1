"""Whose time was it? Each occupied second counts once, for one partner (metrics.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

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
