"""Takes a reading into a device's history (design 3: time; design 7: the past raises nothing)."""

from __future__ import annotations

from typing import Final

from rooms.faults.history import Air, History
from rooms.readings import Point
from rooms.registry.fault_limits import Limits

PRESENT_MS: Final = 2 * 60_000  # a message is about the present when it is not later than that
DECODE: Final = "decode"  # the measurement of messages that could not be used


def place(history: History, point: Point, now: int, blur: int) -> tuple[int, bool]:
    """When a reading was made by our clock, and whether it is about the present.

    ``blur`` is the grid (ms) on which times in private rooms are placed. A clock that is
    behind makes all messages equally late, while it goes on as fast as ours; what waited
    somewhere is late by different amounts, or comes all at once.
    """
    late = now - point.time
    if point.measurement == "health" and "skew_s" in point.fields:
        history.late = max(0, -round(float(point.fields["skew_s"]) * 1000))
    if late <= PRESENT_MS + blur:
        history.late = 0
        return (now if blur and late > 0 else min(point.time, now)), True
    if history.late and abs(late - history.late) <= PRESENT_MS:
        return now, True
    passed = now - history.lag_at
    steady = history.lag > 0 and abs(late - history.lag) <= min(passed // 2, PRESENT_MS // 2)
    if passed:
        history.lag, history.lag_at = late, now
    if steady and passed >= 1000:
        history.late = late
        return now, True
    return point.time, False


def hear(
    history: History, point: Point, at: int, present: bool, limits: Limits, known_for: int
) -> None:
    """Everything but what tells of people and equipment, which have files of their own."""
    fields = point.fields
    kind = point.measurement
    online = fields.get("online") if kind in ("status", "equipment") else None
    if online == 0:  # said of it, not by it
        if kind == "status":
            history.offline = at if history.offline is None else history.offline
        elif history.unreachable is None:
            history.unreachable = at
        return
    if online == 1 and kind == "equipment":
        history.unreachable = None
    if history.heard is None or at >= history.heard:
        if history.heard is None or at - history.heard > known_for:
            history.anew = at
        history.heard, history.present = at, present
    if history.offline is not None and at >= history.offline:
        history.offline = None
    if kind == DECODE:
        history.failed_since = history.failed_since if history.failed else at
        history.failed += 1
        return
    if present and kind != "status":
        history.failed = 0
    if kind == "health":
        _health(history, point, at, limits)
    elif kind == "climate":
        co2 = fields.get("co2_ppm")
        if isinstance(co2, float):
            _breathe(history, co2, at, limits)


def _health(history: History, point: Point, at: int, limits: Limits) -> None:
    level = point.fields.get("battery_pct")
    if isinstance(level, float) and at >= history.battery_at:
        history.battery, history.battery_at = level, at
        if limits.battery_low is None or level >= limits.battery_low.below:
            history.low = None
        elif history.low is None:
            history.low = at
    skew = point.fields.get("skew_s")
    if isinstance(skew, float):
        history.skew_since = history.skew_since if history.skew_at is not None else at
        history.skew, history.skew_at = skew, at
    gateway = point.fields.get("gateway")
    if isinstance(gateway, str) and history.heard == at:
        history.gateway = gateway


def _breathe(history: History, co2: float, at: int, limits: Limits) -> None:
    air = history.air
    if air is None:
        air = history.air = Air(at, co2)
    if at >= air.at:
        air.at, air.co2 = at, co2
        if limits.air_quality is None or co2 <= limits.air_quality.above:
            air.above = None
        elif air.above is None:
            air.above = at
