"""How many people a room's counters see, over time (metrics.md 1)."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.hearing import DeviceHistory
from rooms.intervals import clip, snap

Counts = list[tuple[int, int, int]]  # start, stop, count


def people_over_time(
    devices: Sequence[DeviceHistory],
    told: Sequence[Sequence[tuple[int, int, int]]],
    start: int,
    stop: int,
) -> Counts:
    """Whole-second counts within ``[start, stop)``, ascending, where every zone is known.

    ``told`` has each device's own counts. Zones add up; in a zone the highest
    counts; no zone is a zone of its own. A zone with a counter standing in it
    that is not known leaves the number open: it is not taken for empty.
    """
    changes: list[tuple[int, int, int, int | None]] = []  # time, order, device, count
    for n, device in enumerate(devices):
        if "count" not in device.evidence:
            continue
        for a, b in clip(snap(device.placed, 1000), start, stop):
            changes += [(a, _ARRIVES, n, None), (b, _LEAVES, n, None)]
        for a, b, count in told[n]:
            low, high = max(a - a % 1000, start), min(b - b % 1000, stop)
            if low < high:
                changes += [(low, _TELLS, n, count), (high, _ENDS, n, None)]
    changes.sort(key=lambda change: change[:3])
    return _sweep(devices, changes)


_ENDS, _ARRIVES, _TELLS, _LEAVES = range(4)


def _sweep(
    devices: Sequence[DeviceHistory], changes: Sequence[tuple[int, int, int, int | None]]
) -> Counts:
    out: Counts = []
    now: dict[int, int | None] = {}  # counters standing in the room
    since = 0
    people: int | None = None
    for time, order, n, count in changes:
        if people is not None and since < time:
            if out and out[-1][1:] == (since, people):
                out[-1] = (out[-1][0], time, people)
            else:
                out.append((since, time, people))
        if order == _LEAVES:
            now.pop(n, None)
        else:
            now[n] = count
        since, people = time, _sum(devices, now)
    return out


def _sum(devices: Sequence[DeviceHistory], now: dict[int, int | None]) -> int | None:
    zones: dict[str | None, int] = {}
    for n, count in now.items():
        if count is not None:
            zones[devices[n].zone] = max(count, zones.get(devices[n].zone, 0))
    if not zones or any(devices[n].zone not in zones for n in now):
        return None
    return sum(zones.values())
