"""Is a room occupied, vacant or unknown, and since when (metrics.md 1).

One function serves live state and history. Times are ms of UTC; intervals are
half-open and snapped to whole seconds. docs/decisions/0004-occupancy.md says what was
decided where the definitions leave room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from rooms.devicemodels import Evidence
from rooms.evidence import BRIDGE, MEMORY, Told, understand, vouches
from rooms.hearing import DeviceHistory, Sample
from rooms.intervals import (
    Interval,
    Intervals,
    bridges,
    clip,
    intersect,
    lasting,
    snap,
    subtract,
    union,
)
from rooms.people import people_over_time

__all__ = [
    "DeviceHistory",
    "Evident",
    "RoomNow",
    "Sample",
    "Timeline",
    "padding",
    "room_now",
    "room_timeline",
]

State = Literal["occupied", "vacant", "unknown"]

# Gaps between triggers that are bridged, and how near a short stay needs another one
SHORTEST: Final = 2 * 60_000  # a shorter stay needs company within BRIDGE
_SIDEWAYS: Final = BRIDGE + SHORTEST
_SECOND: Final = 1000


class Evident(NamedTuple):
    """A device's own reason for calling the room occupied."""

    start: int
    stop: int
    device: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Timeline:
    """A room's state over ``[start, stop)``; before ``settled_until`` it is final."""

    start: int
    stop: int
    occupied: Intervals
    unknown: Intervals
    people: list[tuple[int, int, int]]  # start, stop, count
    evidence: list[Evident]
    settled_until: int

    @property
    def vacant(self) -> Intervals:
        return subtract([(self.start, self.stop)], union(self.occupied + self.unknown))


@dataclass(frozen=True, slots=True)
class RoomNow:
    """The end of a timeline. ``since_open``: the state began at or before its start."""

    state: State
    since: int
    since_open: bool
    provisional: bool  # held only by triggers: over, from the last one, if none follows
    people: int | None
    evidence: tuple[Evident, ...]


class _Piece(NamedTuple):
    """A stretch or instant in which the n-th device gives evidence."""

    start: int
    stop: int
    owner: int
    evidence: Evidence


def room_timeline(
    devices: Sequence[DeviceHistory], start: int, stop: int, known_until: int
) -> Timeline:
    """The room's states over ``[start, stop)`` from samples up to ``known_until``.

    The samples must reach ``padding(devices)`` beyond the window. Ends are moved
    down to whole seconds, but the second that holds ``known_until`` is told whole,
    so that a trigger shows at once (live: ``stop == known_until == now``). What
    comes after ``known_until`` is unknown.
    """
    end = _whole(known_until) + _SECOND
    start, stop = _whole(start), max(_whole(stop), end) if stop >= known_until else _whole(stop)
    told = [understand(device, end - 1) for device in devices]
    pieces = _triggers(told, end)
    for n, one in enumerate(told):
        for kind, steady in one.steady.items():
            pieces += [_Piece(a, b, n, kind) for a, b in union(steady)]
    stays = union((piece.start, piece.stop) for piece in pieces)
    occupied = _seconds(lasting(stays, SHORTEST, BRIDGE, end), start, stop)
    known = _seconds(union(piece for one in told for piece in one.known), start, stop)
    unknown = subtract([(start, stop)], union(occupied + known))
    return Timeline(
        start,
        stop,
        occupied,
        unknown,
        people_over_time(devices, [one.people for one in told], start, stop),
        _evident(devices, pieces, occupied),
        min(stop, end - padding(devices)[1]),
    )


def padding(devices: Iterable[DeviceHistory]) -> tuple[int, int]:
    """(back, forward) in ms: how far samples beyond a window may change it."""
    back = forward = _SIDEWAYS
    for device in devices:
        heard = max(round(4.5 * device.expect_every * 1000), device.known_for_ms)
        if any(kind != "motion" for kind in device.evidence):
            heard = max(heard, MEMORY)
        later = max(device.expect_every * 1000, device.known_for_ms)
        back = max(back, heard + _SIDEWAYS)
        forward = max(forward, device.hold * 1000 + later + _SIDEWAYS)
    return back, forward


def room_now(timeline: Timeline) -> RoomNow:
    """The state at the end of a timeline whose ``stop`` was now."""
    stop = timeline.stop
    states: dict[State, Intervals] = {
        "occupied": timeline.occupied,
        "unknown": timeline.unknown,
        "vacant": timeline.vacant,
    }
    state, since = next(
        (
            (name, spells[-1][0])
            for name, spells in states.items()
            if spells and spells[-1][1] == stop
        ),
        ("unknown", stop),
    )
    evidence = tuple(one for one in timeline.evidence if one.stop == stop)
    people = timeline.people[-1] if timeline.people else None
    return RoomNow(
        state,
        since,
        since <= timeline.start,
        state == "occupied" and all(one.evidence in ("motion", "line") for one in evidence),
        people[2] if people and people[1] == stop else None,
        evidence,
    )


def _triggers(told: Sequence[Told], end: int) -> list[_Piece]:
    """Triggers with the gaps between them bridged, the room's as one series.

    A device vouches for the gap after its trigger, unless it was moved, distrusted
    or its messages lost their times meanwhile. Up to ``end`` a gap may still be closed.
    """
    pieces: list[_Piece] = []
    for n, one in enumerate(told):
        for kind, found in one.triggers.items():
            own = union(found)
            gaps = [gap for gap in bridges([*own, (end, end)], BRIDGE) if vouches(one, gap)]
            pieces += [_Piece(a, b, n, kind) for a, b in union(own + gaps)]
    pieces.sort()
    between: list[_Piece] = []
    last: _Piece | None = None
    for piece in pieces:
        if last and last.stop < piece.start <= last.stop + BRIDGE:
            gap = (last.stop, piece.start)
            if vouches(told[last.owner], gap):
                between.append(_Piece(*gap, last.owner, last.evidence))
        if last is None or piece.stop > last.stop:
            last = piece
    return pieces + between


def _evident(
    devices: Sequence[DeviceHistory], pieces: Iterable[_Piece], occupied: Intervals
) -> list[Evident]:
    by_source: dict[tuple[int, Evidence], Intervals] = {}
    for piece in pieces:
        by_source.setdefault((piece.owner, piece.evidence), []).append((piece.start, piece.stop))
    return sorted(
        Evident(a, b, devices[owner].device, kind)
        for (owner, kind), own in by_source.items()
        for a, b in intersect(snap(own, _SECOND), occupied)
    )


def _seconds(these: Iterable[Interval], start: int, stop: int) -> Intervals:
    return clip(snap(these, _SECOND), start, stop)


def _whole(time: int) -> int:
    return time - time % _SECOND
