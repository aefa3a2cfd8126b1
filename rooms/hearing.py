"""What a device said, field by field, and when it was known (metrics.md 1).

Times are ms of UTC. One *stretch* is heard at a time: a time in which the
device stood in the room and was trusted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.devicemodels import Evidence
from rooms.intervals import Interval, Intervals, clip, subtract, union
from rooms.readings import Value

FIELDS: Final[Mapping[Evidence, tuple[str, ...]]] = {
    "motion": ("motion", "motion_count", "occupied"),
    "presence": ("room_in_use", "occupied"),
    "count": ("people",),
    "line": ("in_total", "out_total"),
    "call": ("in_call",),
}
_LONG_AGO: Final = -(2**63)
_NEVER: Final = 2**63

Report = tuple[int, float]  # time and value of one field


@dataclass(frozen=True, slots=True)
class Sample:
    """One stored reading of a device; ``fields`` of all kinds at that time, merged."""

    time: int
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class DeviceHistory:
    """What one device said, ascending by time, and how to understand it."""

    device: str
    evidence: tuple[Evidence, ...]
    expect_every: int  # seconds
    known_for_ms: int  # known this long after any message of its own
    hold: int  # seconds that its hardware keeps "occupied" after the last movement
    zone: str | None
    samples: Sequence[Sample]
    placed: Sequence[Interval]  # when it stood in this room
    distrusted: Sequence[Interval] = ()


@dataclass(slots=True)
class Heard:
    """The samples of one trusted stretch, by field."""

    times: list[int] = field(default_factory=list)  # distinct, ascending
    offline: list[int] = field(default_factory=list)
    backlog: list[int] = field(default_factory=list)
    reports: dict[str, list[Report]] = field(default_factory=dict)
    hidden: Intervals = field(default_factory=list)
    awake: Intervals = field(default_factory=list)  # known, to the end of the last promise


def listen(
    device: DeviceHistory, samples: Sequence[Sample], stretch: Interval, known_until: int
) -> Heard:
    start, stop = stretch
    stop = min(stop, known_until + 1)
    heard = Heard()
    wanted = [
        (name, heard.reports.setdefault(name, []))
        for name in dict.fromkeys(name for kind in device.evidence for name in FIELDS[kind])
    ]
    last = None
    for sample in samples:
        time = sample.time
        if not start <= time < stop:
            continue
        if time != last:
            heard.times.append(time)
            last = time
        get = sample.fields.get
        for name, reports in wanted:
            value = get(name)
            if type(value) is float:
                reports.append((time, value))
        if get("online") == 0:
            heard.offline.append(time)
        if get("backlog"):
            heard.backlog.append(time)
    if heard.times:
        if heard.backlog:
            _hide_backlog(heard, device.known_for_ms)
        heard.awake = _awake(heard, stretch, device.known_for_ms)
    return heard


def _hide_backlog(heard: Heard, known_for: int) -> None:
    """Of queued messages only the last of a run is evidence; the time before it is unknown.

    The unknown time reaches back to the message before, at most ``known_for``:
    what came earlier was, or was not, known by its own messages.
    """
    backlog = set(heard.backlog)
    lost: set[int] = set()
    before = _LONG_AGO
    for time in heard.times:
        if time in backlog:
            heard.hidden.append((max(before, time - known_for), time))
            if before in backlog and time - before <= known_for:
                lost.add(before)
        before = time
    heard.hidden = union(heard.hidden)
    for reports in heard.reports.values():
        reports[:] = [report for report in reports if report[0] not in lost]


def _awake(heard: Heard, stretch: Interval, known_for: int) -> Intervals:
    awake: Intervals = []
    first = last = heard.times[0]
    for time in heard.times:
        if time - last > known_for:
            awake.append((first, last + known_for))
            first = time
        last = time
    awake.append((first, last + known_for))
    if heard.offline:
        following = dict(zip(heard.times, [*heard.times[1:], _NEVER], strict=True))
        awake = subtract(awake, union((time, following[time]) for time in heard.offline))
    if heard.hidden:
        awake = subtract(awake, heard.hidden)
    return clip(awake, *stretch)
