"""What faults cost: lost room-time in opening hours, and how long people took (design 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rooms.calendar import bookable, local_days
from rooms.faults.fault import Transition
from rooms.intervals import Interval, clip, intersect, total, union
from rooms.registry import Registry

# Faults of severity "error" with these codes make a room's equipment useless (``lost_s``);
# of silent devices only VC equipment is an error.
BROKEN: Final = ("equipment_error", "peripheral_missing", "device_silent")


class MeanTimes(NamedTuple):
    """Means in ms, and of how many; ``None``: of none."""

    to_acknowledge: int | None
    acknowledged: int
    to_repair: int | None
    repaired: int


def is_costly(code: str, severity: str) -> bool:
    """Does it make a room's equipment useless?"""
    return severity == "error" and code in BROKEN


def lost_by_room(registry: Registry, device: str, times: Iterable[Interval]) -> dict[str, int]:
    """By room, the bookable ms (opening hours less cleaning) of ``times`` in which the device
    stood there. Two faults at once both cost that time: a room's own sum is ``lost_s``."""
    spells = union(times)
    lost: dict[str, int] = {}
    for stay in registry.stays(device):
        own = clip(spells, stay.start, stay.stop)
        room = registry.room_of(device, own[0][0]) if own else None
        if room is not None:
            site, _ = registry.rooms[room]
            zone = ZoneInfo(site.timezone)
            days = {day for a, b in own for day in local_days(a, b, zone)}
            lost[room] = lost.get(room, 0) + sum(
                total(intersect(bookable(site, room, day), own)) for day in days
            )
    return lost


def lost_ms(
    registry: Registry, code: str, severity: str, subject: str, times: Iterable[Interval]
) -> int:
    """Bookable room-time that a fault cost while it was there; none where it is not costly, or
    its device is gone."""
    if not is_costly(code, severity):
        return 0
    return sum(lost_by_room(registry, subject, times).values())


def mean_times(transitions: Iterable[Transition]) -> MeanTimes:
    """From the moment something was noticed (again) to the first acknowledgement of it, and to
    its end. ``transitions`` may be of many faults, each one's in their order; what was noticed
    before the first of them counts for nothing."""
    noticed: dict[str, int] = {}
    unanswered: dict[str, int] = {}
    answers, repairs = list[int](), list[int]()
    for one in transitions:
        if one.kind in ("opened", "reopened"):
            noticed[one.fault] = unanswered[one.fault] = one.at
        elif one.kind == "acknowledged" and one.fault in unanswered:
            answers.append(max(0, one.at - unanswered.pop(one.fault)))
        elif one.kind == "resolved" and one.fault in noticed:
            repairs.append(max(0, one.at - noticed.pop(one.fault)))
            unanswered.pop(one.fault, None)
    return MeanTimes(_mean(answers), len(answers), _mean(repairs), len(repairs))


def _mean(lengths: list[int]) -> int | None:
    return round(sum(lengths) / len(lengths)) if lengths else None
