"""Stays of single persons, added up to how many are in a room."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from devices.simulator.calendar import Interval


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting, a call, a cleaner's round: planned times and each person's real stay (ms)."""

    room: str
    kind: str  # meeting, walk-in, call, office, cleaning, off-hours, lively
    start: int
    stop: int
    partner: str | None = None
    booked: bool = False
    call: bool = False  # a video call is held
    stays: tuple[Interval, ...] = ()

    @property
    def no_show(self) -> bool:
        return self.booked and not self.stays

    @property
    def last_out(self) -> int:
        return max((leave for _, leave in self.stays), default=self.start)


class RoomDay:
    """The truth about one room on one local day."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        self.visits = tuple(visits)
        stays = [stay for visit in visits for stay in visit.stays]
        self.arrivals = sorted(arrive for arrive, _ in stays)
        self.departures = sorted(leave for _, leave in stays)

    @cached_property
    def steps(self) -> list[tuple[int, int, int]]:
        """``(start, stop, people)`` in order, people above 0, neighbours differing."""
        change = Counter(self.arrivals)
        change.subtract(self.departures)
        times = [t for t in sorted(change) if change[t]]
        steps: list[tuple[int, int, int]] = []
        people = 0
        for t, after in pairwise(times):
            people += change[t]
            if people:
                steps.append((t, after, people))
        return steps

    @cached_property
    def occupied(self) -> list[Interval]:
        """Maximal intervals with anyone inside."""
        return merge((start, stop) for start, stop, _ in self.steps)

    def people_at(self, t: int) -> int:
        return bisect_right(self.arrivals, t) - bisect_right(self.departures, t)


def merge(intervals: Iterable[Interval], gap: int = 0) -> list[Interval]:
    """Union of ascending intervals; holes up to ``gap`` ms are filled."""
    merged: list[Interval] = []
    for start, stop in intervals:
        if merged and start - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def inside(intervals: Sequence[Interval], t: int) -> bool:
    """Is ``t`` in one of the ascending, disjoint intervals?"""
    i = bisect_right(intervals, (t, 2**62)) - 1
    return i >= 0 and t < intervals[i][1]
