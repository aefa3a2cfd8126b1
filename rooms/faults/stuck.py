"""A sensor that says the same for ever (design 7: ``sensor_stuck``)."""

from __future__ import annotations

from rooms.faults.case import Case, Held
from rooms.faults.finding import Finding
from rooms.faults.history import History
from rooms.faults.use import SENSING, told


def sensor_stuck(case: Case) -> list[Held]:
    """Occupied without change for too long, or never while others saw people again and again."""
    limit, placed, history = case.limits.sensor_stuck, case.placed, case.placed.history
    if limit is None or not placed.room or SENSING.isdisjoint(placed.device.evidence):
        return []
    found = []
    use = history.use
    if use is not None and told(use):
        since = max(use.since, placed.since)
        finding = _finding(placed.id, "occupied", since)
        if case.open("sensor_stuck", "occupied"):
            found.append(Held(finding))
        else:
            found.append(Held(finding, since + limit.occupied * 1000, placed.known_until))
    elif (was := case.open("sensor_stuck", "occupied")) and _nothing_since(history, was.since):
        found.append(Held(was.finding(placed.id)))
    since = max(history.begun if use is None or use.busy is None else use.busy, placed.since)
    finding = _finding(placed.id, "never", since)
    if was := case.open("sensor_stuck", "never"):
        if since <= was.since or use is None:
            found.append(Held(finding))
    elif use is not None and use.missed >= limit.others:
        found.append(Held(finding, since + limit.never * 1000, placed.known_until))
    return found


def _finding(device: str, detail: str, since: int) -> Finding:
    return Finding("sensor_stuck", device, detail, "warning", since)


def _nothing_since(history: History, since: int) -> bool:
    return history.use is None or history.use.at <= since
