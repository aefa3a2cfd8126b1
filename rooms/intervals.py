"""Sets of time as sorted, disjoint, half-open ``[start, stop)`` pairs of whole numbers.

The unit is the caller's. UTC only: a day of 23 or 25 local hours is no special
case here. ``union`` and ``bridges`` also take *instants* ``(t, t)``, which stand
for something that happened without lasting; all else returns true stretches only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Interval = tuple[int, int]
Intervals = list[Interval]


def union(pieces: Iterable[Interval]) -> Intervals:
    """Any pieces, in any order, merged where they overlap or touch; instants are kept."""
    out: Intervals = []
    end = None
    for start, stop in sorted(pieces):
        if end is not None and start <= end:
            if stop > end:
                out[-1] = (out[-1][0], stop)
                end = stop
        elif stop >= start:
            out.append((start, stop))
            end = stop
    return out


def subtract(these: Sequence[Interval], those: Sequence[Interval]) -> Intervals:
    """What of ``these`` is not in ``those`` (both sorted and disjoint)."""
    out: Intervals = []
    first = 0
    for begin, stop in these:
        start = begin
        while first < len(those) and those[first][1] <= start:
            first += 1
        i = first
        while i < len(those) and those[i][0] < stop:
            if those[i][0] > start:
                out.append((start, those[i][0]))
            start = max(start, those[i][1])
            i += 1
        if start < stop:
            out.append((start, stop))
    return out


def intersect(these: Sequence[Interval], those: Sequence[Interval]) -> Intervals:
    """What is in both (both sorted and disjoint)."""
    out: Intervals = []
    i = j = 0
    while i < len(these) and j < len(those):
        start, stop = max(these[i][0], those[j][0]), min(these[i][1], those[j][1])
        if start < stop:
            out.append((start, stop))
        if these[i][1] < those[j][1]:
            i += 1
        else:
            j += 1
    return out


def clip(these: Iterable[Interval], start: int, stop: int) -> Intervals:
    """The part within ``[start, stop)``."""
    return [(max(a, start), min(b, stop)) for a, b in these if max(a, start) < min(b, stop)]


def total(these: Iterable[Interval]) -> int:
    """The length of all together."""
    return sum(stop - start for start, stop in these)


def bridges(these: Sequence[Interval], gap: int) -> Intervals:
    """The gaps of at most ``gap`` between neighbours (sorted, disjoint; instants count)."""
    return [
        (before, after)
        for (_, before), (after, _) in pairwise(these)
        if before < after <= before + gap
    ]


def lasting(these: Sequence[Interval], shortest: int, gap: int, until: int) -> Intervals:
    """Without those that are shorter than ``shortest`` and alone.

    Alone: no neighbour within ``gap``, and none may still come, because the
    time known ends (at ``until``) more than ``gap`` later.
    """
    return [
        (start, stop)
        for i, (start, stop) in enumerate(these)
        if stop - start >= shortest
        or (i > 0 and start - these[i - 1][1] <= gap)
        or (i + 1 < len(these) and these[i + 1][0] - stop <= gap)
        or until - stop <= gap
    ]


def snap(these: Iterable[Interval], unit: int) -> Intervals:
    """Both ends moved down to a multiple of ``unit``; what becomes empty is gone."""
    moved = union((start - start % unit, stop - stop % unit) for start, stop in these)
    return [(start, stop) for start, stop in moved if start < stop]
