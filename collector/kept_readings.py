"""Readings that a device kept while nobody heard it, and tells later (design 3)."""

from __future__ import annotations

from collections.abc import Iterator

from collector.known import Known, public
from rooms.fold import TooOld, place_time
from rooms.readings import Decoded, DecodeError, Partial, Point


def kept_readings(
    known: Known, decoded: Decoded, source: str, device: str, arrival: int, *, any_age: bool
) -> tuple[list[Point], int]:
    """Each under its own time, and how many could not be placed: too old, or in the future.

    Raises ``DecodeError`` ``too_old`` if that leaves nothing of the message.
    """
    max_age = None if any_age else known.max_age[source]
    placed = [(part, _placed(part.time, arrival, max_age)) for part in decoded.past]
    out_of_range = sum(at is None for _, at in placed)
    if out_of_range and out_of_range == len(placed) and not decoded.partials:
        raise DecodeError("too_old", "all that the device kept is too old, or in the future")
    return [*_points(known, device, placed)], out_of_range


def _placed(told: int | None, arrival: int, max_age: int | None) -> int | None:
    try:
        return None if told is None else place_time(told, arrival, max_age)
    except TooOld:
        return None


def _points(known: Known, device: str, placed: list[tuple[Partial, int | None]]) -> Iterator[Point]:
    for part, at in placed:
        if at is None:
            continue
        fields = public(part) if known.hides_people(device, at) else part.fields
        if fields:
            there = known.blurred(device, at) if part.kind == "health" else at
            yield Point(part.kind, known.tags[device], there, fields)
