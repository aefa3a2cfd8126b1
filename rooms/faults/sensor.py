"""What devices report about themselves, and how their messages are (design 7)."""

from __future__ import annotations

from typing import Final

from rooms.faults.case import Case, Held
from rooms.faults.finding import Finding

# The pipeline notes a clock that is off once in ten minutes, anew three messages after a start
NOTED_EVERY_MS: Final = 10 * 60_000
CERTAIN_MS: Final = 2 * 60_000


def battery_low(case: Case) -> list[Held]:
    """Opens below one level and clears above a higher one."""
    limit, history = case.limits.battery_low, case.placed.history
    was = case.open("battery_low")
    if limit is None:
        return []
    if history.battery is None:
        return [] if was is None else [Held(was.finding(case.placed.id))]
    if history.battery < limit.below or (was is not None and history.battery <= limit.clear):
        since = history.battery_at if history.low is None else history.low
        return [Held(Finding("battery_low", case.placed.id, "", "warning", since))]
    return []


def clock_skew(case: Case) -> list[Held]:
    """Ends when the device has spoken for so long without being off that it would be noted."""
    limit, history = case.limits.clock_skew, case.placed.history
    was = case.open("clock_skew")
    if limit is None:
        return []
    if history.skew_at is None:
        return [] if was is None else [Held(was.finding(case.placed.id))]
    noted_by = (
        history.skew_at + NOTED_EVERY_MS + CERTAIN_MS + 3000 * case.placed.device.expect_every
    )
    spoken = history.heard is not None and history.heard >= noted_by
    if spoken or abs(history.skew) <= limit.above:
        return []
    return [Held(Finding("clock_skew", case.placed.id, "", "info", history.skew_since))]


def decode_failing(case: Case) -> list[Held]:
    """So many messages running could not be used; one that can ends it."""
    limit, history = case.limits.decode_failing, case.placed.history
    was = case.open("decode_failing")
    if limit is None or (history.heard is not None and not history.failed):
        return []
    if was is not None:
        return [Held(was.finding(case.placed.id))]
    if history.failed < limit.running:
        return []
    return [Held(Finding("decode_failing", case.placed.id, "", "warning", history.failed_since))]
