"""A sensor that says the same for ever (design 7: ``sensor_stuck``)."""

from __future__ import annotations

from collections.abc import Iterator

from rooms.faults.case import Case, Held
from rooms.faults.finding import Finding
from rooms.faults.history import History, Use
from rooms.faults.use import BRIDGED_MS, SENSING, Span, told


def sensor_stuck(case: Case) -> list[Held]:
    """Occupied without change for too long, or never while others saw people again and again."""
    limit, placed, history = case.limits.sensor_stuck, case.placed, case.placed.history
    if limit is None or not placed.room or SENSING.isdisjoint(placed.device.evidence):
        return []
    found = []
    use = history.use
    spans = [] if use is None else list(_occupied(use, placed.known_until))
    for start, until in spans:
        since = max(start, placed.since, history.anew)  # in a silence it may have changed
        finding = _finding(placed.id, "occupied", since)
        if case.open("sensor_stuck", "occupied"):
            found.append(Held(finding))
        else:
            found.append(Held(finding, since + limit.occupied * 1000, until))
    if (
        not spans
        and (was := case.open("sensor_stuck", "occupied"))
        and _nothing_since(history, was.since)
    ):
        found.append(Held(was.finding(placed.id)))
    since = max(history.begun if use is None or use.busy is None else use.busy, placed.since)
    finding = _finding(placed.id, "never", since)
    if was := case.open("sensor_stuck", "never"):
        if since <= was.since or use is None:
            found.append(Held(finding))
    elif use is not None and use.missed >= limit.others:
        found.append(Held(finding, since + limit.never * 1000, placed.known_until))
    return found


def _occupied(use: Use, known_until: int) -> Iterator[Span]:
    """What it says lasts; triggers without a gap are as good, as of a sensor that counts them."""
    if told(use):
        yield use.since, known_until
    if use.first is not None and use.last is not None and use.at <= use.last + BRIDGED_MS:
        yield use.first, min(use.last + BRIDGED_MS, known_until)


def _finding(device: str, detail: str, since: int) -> Finding:
    return Finding("sensor_stuck", device, detail, "warning", since)


def _nothing_since(history: History, since: int) -> bool:
    return history.use is None or history.use.at <= since
