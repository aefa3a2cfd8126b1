"""What one device tells about its room: triggers, steady states, people, and when it is known.

Times are ms of UTC. A device is understood in each of its *trusted* stretches
(standing in the room, not distrusted) on its own: nothing carries over from
another room or from a time in which it was not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Final

from rooms.devicemodels import Evidence
from rooms.hearing import FIELDS, DeviceHistory, Heard, Report, listen
from rooms.intervals import Interval, Intervals, clip, subtract, union

# A state or counter told once stands this long while its device is known. It bounds
# how far back a window must look when a device reports changes only.
MEMORY: Final = 24 * 3_600_000

BRIDGE: Final = 10 * 60_000  # gaps between triggers that are bridged

_WRAPS: Final = (2**16, 2**24, 2**32)
_NEAR_WRAP: Final = 1000


@dataclass(slots=True)
class Told:
    """One device's evidence. Lists may be unsorted and overlap, triggers may be instants."""

    trusted: Intervals
    triggers: dict[Evidence, Intervals] = field(default_factory=dict)  # motion, line
    steady: dict[Evidence, Intervals] = field(default_factory=dict)  # presence, count, call
    known: Intervals = field(default_factory=list)  # shows vacancy where nothing is occupied
    hidden: Intervals = field(default_factory=list)  # messages of then lost their times
    people: list[tuple[int, int, int]] = field(default_factory=list)


def understand(device: DeviceHistory, known_until: int) -> Told:
    """Read a device's samples up to ``known_until`` (inclusive); the result ends there."""
    told = Told(subtract(union(device.placed), union(device.distrusted)))
    samples = sorted(device.samples, key=attrgetter("time"))
    for stretch in told.trusted:
        heard = listen(device, samples, stretch, known_until)
        if heard.times:
            _tell(device, heard, stretch, known_until, told)
    return told


def _tell(
    device: DeviceHistory, heard: Heard, stretch: Interval, known_until: int, told: Told
) -> None:
    end = min(stretch[1], known_until + 1)
    told.hidden += heard.hidden
    for evidence in device.evidence:
        if evidence == "motion":
            ranges, doubtful = _motion(device, heard, stretch[0], known_until)
            told.triggers.setdefault("motion", []).extend(ranges)
            told.known += clip(subtract(heard.awake, union(doubtful)), stretch[0], end)
        elif evidence == "line":
            told.triggers.setdefault("line", []).extend(_line(heard))
        else:
            spells = list(_spells(heard, evidence, end))
            told.steady.setdefault(evidence, []).extend((a, b) for a, b, v in spells if v > 0)
            if evidence != "call":
                told.known += [(a, b) for a, b, _ in spells]
            if evidence == "count":
                told.people += [(a, b, int(v)) for a, b, v in spells]


def _runs(
    reports: Sequence[Report], awake: Intervals, memory: int
) -> Iterator[tuple[int, int, float, float | None]]:
    """Each report's (start, stop, value, next value); next is None when none came in time."""
    i = 0
    for k, (time, value) in enumerate(reports):
        while i < len(awake) and awake[i][1] <= time:
            i += 1
        stop = min(awake[i][1], time + memory) if i < len(awake) and awake[i][0] <= time else time
        if k + 1 < len(reports) and reports[k + 1][0] <= stop:
            yield time, reports[k + 1][0], value, reports[k + 1][1]
        else:
            yield time, stop, value, None


def _spells(heard: Heard, evidence: Evidence, end: int) -> Iterator[tuple[int, int, float]]:
    """(start, stop, value) of a steady evidence; its first field, where told, is preferred."""
    taken: Intervals = []
    for name in FIELDS[evidence]:
        own: Intervals = []
        for start, until, value, _ in _runs(heard.reports[name], heard.awake, MEMORY):
            stop = min(until, end)
            if start < stop:
                own.append((start, stop))
                if not taken:
                    yield start, stop, value
                for a, b in subtract([(start, stop)], taken) if taken else ():
                    yield a, b, value
        taken = union(own)


def _motion(
    device: DeviceHistory, heard: Heard, start: int, known_until: int
) -> tuple[Intervals, Intervals]:
    """Triggers, and the times in which an "occupied" was never followed up."""
    triggers = [(time, time) for time, value in heard.reports["motion"] if value]
    ranges: Intervals = []
    moved = [time for time, value in heard.reports["motion_count"] if value > 0]
    if moved:
        every = device.expect_every * 1000
        previous = dict(zip(heard.times[1:], heard.times, strict=False))
        for time in moved:
            ranges.append((max(time - every, previous.get(time, start), start), time))
            triggers.append((time, time))
    doubtful: Intervals = []
    runs = _runs(heard.reports["occupied"], heard.awake, device.known_for_ms)
    for time, stop, value, following in runs:
        if not value:
            continue
        unfollowed = following is None and stop <= known_until
        lost = bool(following) and stop - time > BRIDGE  # its "vacant" did not reach us
        if unfollowed or lost:  # the trigger alone counts
            triggers.append((time, time))
            doubtful.append((time, stop))
        else:
            held = 0 if following or following is None else device.hold * 1000
            triggers.append((time, max(time, min(stop, known_until + 1) - held)))
    return triggers + subtract(union(ranges), heard.hidden), doubtful


def _line(heard: Heard) -> Intervals:
    return [
        (time, time)
        for name in FIELDS["line"]
        for (before, old), (time, new) in pairwise(heard.reports[name])
        if time - before <= MEMORY and counted(old, new) > 0
    ]


def counted(old: float, new: float) -> int:
    """How far a counter went on: it may wrap (16, 24 or 32 bits) or start again from 0."""
    if new >= old:
        return int(new - old)
    for size in _WRAPS:
        if size - _NEAR_WRAP <= old < size and new < _NEAR_WRAP:
            return int(size - old + new)
    return int(new)


def vouches(told: Told, gap: Interval) -> bool:
    """Was the device trusted, and its messages timed, through the whole gap?"""
    return not subtract([gap], told.trusted) and not any(
        start < gap[1] and gap[0] < stop for start, stop in told.hidden
    )
