"""How far the computed occupancy is from the truth, and why.

Sums are whole seconds and add up over rooms; shares are made from sums at the very end.
Only time is judged of which both the state and the truth are known: what is unknown lowers
the coverage, not the accuracy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from rooms.intervals import Interval, Intervals, clip, intersect, snap, subtract, total, union
from rooms.occupancy import DeviceHistory, Timeline, padding, room_timeline

Cause = Literal["hold", "gap", "stay", "silence", "disagreement"]
CAUSES: Final[tuple[Cause, ...]] = ("hold", "gap", "stay", "silence", "disagreement")
"""Why a second is wrong, see ``_by_cause``."""

_SECOND: Final = 1000
_LATE: Final = 1.5  # so many intervals after its last message a device is taken for silent


@dataclass(frozen=True, slots=True)
class Case:
    """A room with its truth over ``[start, stop)`` ms: ``true`` is when somebody was there,
    ``told`` when the truth is known at all, ``open`` the time that also is judged apart."""

    name: str
    devices: Sequence[DeviceHistory]
    start: int
    stop: int
    true: Intervals
    told: Intervals
    open: Intervals = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Score:
    """Seconds. ``asked``: the window; ``judged``: state and truth known; ``occupied`` (as
    computed) and ``true`` are parts of it; ``missed`` and ``invented`` are what is wrong."""

    asked: int = 0
    known: int = 0
    judged: int = 0
    occupied: int = 0
    true: int = 0
    missed: Mapping[Cause, int] = field(default_factory=Counter)
    invented: Mapping[Cause, int] = field(default_factory=Counter)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.asked + other.asked,
            self.known + other.known,
            self.judged + other.judged,
            self.occupied + other.occupied,
            self.true + other.true,
            Counter(self.missed) + Counter(other.missed),
            Counter(self.invented) + Counter(other.invented),
        )

    @property
    def wrong(self) -> int:
        return sum(self.missed.values()) + sum(self.invented.values())

    @property
    def accuracy(self) -> float | None:
        return _share(self.judged - self.wrong, self.judged)

    @property
    def occupied_share(self) -> float | None:
        return _share(self.occupied, self.judged)

    @property
    def true_share(self) -> float | None:
        return _share(self.true, self.judged)

    @property
    def coverage(self) -> float | None:
        return _share(self.known, self.asked)


class Comparison(NamedTuple):
    """One room: its computed timeline, and the scores of all time and of opening hours."""

    case: Case
    timeline: Timeline
    score: Score
    open_score: Score


def compare(case: Case) -> Comparison:
    """Compute the room's occupancy as the product does, settled, and hold it to the truth."""
    settled = case.stop + padding(case.devices)[1] + _SECOND
    line = room_timeline(case.devices, case.start, case.stop, settled)
    causes = _by_cause(case, line, settled)
    whole = [(line.start, line.stop)]
    return Comparison(
        case, line, _score(case, line, causes, whole), _score(case, line, causes, case.open)
    )


Wrong = dict[Cause, Intervals]


def _score(case: Case, line: Timeline, causes: tuple[Wrong, Wrong], asked: Intervals) -> Score:
    known = subtract(asked, line.unknown)
    judged = intersect(known, snap(case.told, _SECOND))
    missed, invented = (
        {cause: _seconds(times, judged) for cause, times in wrong.items()} for wrong in causes
    )
    return Score(
        total(asked) // _SECOND,
        total(known) // _SECOND,
        total(judged) // _SECOND,
        _seconds(line.occupied, judged),
        _seconds(snap(case.true, _SECOND), judged),
        missed,
        invented,
    )


def _by_cause(case: Case, line: Timeline, settled: int) -> tuple[Wrong, Wrong]:
    """What was missed and what was invented, each wrong second under its first cause of:

    - ``silence``: no device had spoken for 1.5 times its interval;
    - ``disagreement``: some device of several was right on its own;
    - ``gap``: between two stays; bridged (invented), or people sat still for long (missed);
    - ``stay``: a whole stay, such as one too short to count;
    - ``hold``: at the beginning or end of a stay: delays, holds, counting intervals.
    """
    true = clip(snap(case.true, _SECOND), line.start, line.stop)
    vacant, occupied = _on_their_own(case, line, settled)
    silent = subtract([(line.start, line.stop)], _spoken(case.devices))
    return (
        _sorted_out(_by_shape(true, line.occupied), silent, occupied),
        _sorted_out(_by_shape(line.occupied, true), silent, vacant),
    )


def _by_shape(these: Intervals, those: Intervals) -> Wrong:
    """What of ``these`` is not in ``those``, by which of its ends touch one of them."""
    starts, stops = {start for start, _ in those}, {stop for _, stop in those}
    shapes: tuple[Cause, ...] = ("stay", "hold", "gap")
    out: Wrong = {}
    for start, stop in subtract(these, those):
        shape = shapes[(start in stops) + (stop in starts)]
        out.setdefault(shape, []).append((start, stop))
    return out


def _sorted_out(shapes: Wrong, silent: Intervals, disagreeing: Intervals) -> Wrong:
    wrong = union(piece for pieces in shapes.values() for piece in pieces)
    heard = subtract(wrong, silent)
    out: Wrong = {
        "silence": intersect(wrong, silent),
        "disagreement": intersect(heard, disagreeing),
    }
    rest = subtract(heard, disagreeing)
    return out | {shape: intersect(pieces, rest) for shape, pieces in shapes.items()}


def _on_their_own(case: Case, line: Timeline, settled: int) -> tuple[Intervals, Intervals]:
    """When one of several devices alone would say vacant, and when occupied."""
    speakers = [device for device in case.devices if device.evidence]
    if len(speakers) < 2:
        return [], []
    own = [room_timeline([device], line.start, line.stop, settled) for device in speakers]
    return (
        union(piece for each in own for piece in each.vacant),
        union(piece for each in own for piece in each.occupied),
    )


def _spoken(devices: Sequence[DeviceHistory]) -> Intervals:
    return union(
        (sample.time, sample.time + round(_LATE * device.expect_every * _SECOND))
        for device in devices
        if device.evidence
        for sample in device.samples
    )


def _seconds(these: Sequence[Interval], within: Intervals) -> int:
    return total(intersect(these, within)) // _SECOND


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
