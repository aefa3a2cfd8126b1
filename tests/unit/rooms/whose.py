"""Whose time it was, asked in minutes from midnight, with letters for partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rooms.attribution import (
    Booking,
    CheckIn,
    Claims,
    Correction,
    attribute,
)
from rooms.intervals import Interval, Intervals

MIN = 60_000
DAY = 1440
EMPTY: Sequence[Any] = ()


def ms(these: Sequence[tuple[float, float]]) -> Intervals:
    return [(round(a * MIN), round(b * MIN)) for a, b in these]


def booked(*these: tuple[float, float, str | None]) -> list[Booking]:
    return [
        Booking(f"b{n}", round(a * MIN), round(b * MIN), partner)
        for n, (a, b, partner) in enumerate(these)
    ]


def whose(
    occupied: Sequence[tuple[float, float]],
    *,
    unknown: Sequence[tuple[float, float]] = EMPTY,
    bookings: Sequence[tuple[float, float, str | None]] = EMPTY,
    checkins: Sequence[tuple[float, str | None] | tuple[float, str | None, float]] = EMPTY,
    corrections: Sequence[tuple[int, float, float, str | None]] = EMPTY,
    host: str | None = None,
    window: Interval = (0, 3 * DAY),
) -> list[tuple[float, float, str | None, str]]:
    claims = Claims(
        booked(*bookings),
        [
            CheckIn(round(one[0] * MIN), one[1], round(one[2] * MIN) if len(one) > 2 else None)
            for one in checkins
        ],
        [Correction(id_, round(a * MIN), round(b * MIN), who) for id_, a, b, who in corrections],
        host,
    )
    shares = attribute(ms(occupied), ms(unknown), claims, window[0] * MIN, window[1] * MIN)
    return [(start / MIN, stop / MIN, partner, by) for start, stop, partner, by in shares]
