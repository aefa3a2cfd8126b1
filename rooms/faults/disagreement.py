"""A sensor that says vacant while others see people (design 7: ``sensor_disagreement``)."""

from __future__ import annotations

from collections.abc import Iterator

from rooms.faults.case import NEVER, Case, Held, Placed
from rooms.faults.finding import Finding
from rooms.faults.use import Span, busy, surely_until, vacant_since


def sensor_disagreement(case: Case) -> list[Held]:
    """One is enough: the one that stands, else the first to come."""
    found = list(_all(case))
    standing = [held for held in found if case.open(*held.finding.key[::2])]
    if standing:
        return standing
    return sorted(found, key=lambda held: (held.opens, held.finding.detail))


def _all(case: Case) -> Iterator[Held]:
    limit, placed = case.limits.sensor_disagreement, case.placed
    if limit is None or not placed.room:
        return
    vacant = vacant_since(placed.history.use, placed.device.evidence, placed.history.begun)
    if vacant is None:
        return
    for other in case.neighbours:
        if other is placed:
            continue
        for detail, span, sure in _seen(other):
            since = max(vacant, span[0], placed.since, other.since)
            finding = Finding("sensor_disagreement", placed.id, detail, "warning", since)
            if case.open("sensor_disagreement", detail):
                yield Held(finding, until=NEVER if span[1] == other.known_until else span[1])
                continue
            opens = since + limit.after * 1000
            if sure < opens:
                continue  # people may have left right after its last trigger
            if placed.device.expect_every <= limit.after:  # it will say so itself
                heard = placed.history.heard
                if heard is None or heard < opens:
                    continue
                opens = heard
            yield Held(finding, opens, min(span[1], placed.known_until, other.known_until))


def _seen(other: Placed) -> Iterator[tuple[str, Span, int]]:
    """What says in use, from when to when at most, and until when for certain."""
    use = other.history.use
    if use is not None and use.call is not None:
        yield "call", (use.call, other.known_until), other.known_until
    if "line" not in other.device.evidence:
        span = busy(use, other.known_until)
        if use is not None and span is not None:
            yield other.id, span, surely_until(use, other.known_until)
