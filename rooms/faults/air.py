"""Bad air in a room where people are (design 7: ``air_quality``)."""

from __future__ import annotations

from rooms.faults.case import Held, RoomCase
from rooms.faults.finding import Finding


def air_quality(case: RoomCase) -> list[Held]:
    """The highest known CO2; an open one clears below a lower level, people or not."""
    limit = case.limits.air_quality
    if limit is None:
        return []
    measured = [
        (air, air.at + placed.device.known_for_ms, placed.history.present)
        for placed in case.devices
        if (air := placed.history.air) is not None and air.at >= placed.since
    ]
    was = case.standing.get(("air_quality", ""))
    if was is not None:
        known = [air for air, until, _ in measured if until > case.now]
        if not known or max(air.co2 for air in known) >= limit.clear:
            return [Held(was.finding(case.room))]
        return []
    found = []
    for air, until, present in measured:
        if air.co2 > limit.above and present:
            since = max(air.at if air.above is None else air.above, case.since)
            found.append((since, min(until, case.until)))
    if not found:
        return []
    since, until = min(found)
    finding = Finding("air_quality", case.room, "", "info", since)
    return [Held(finding, since + limit.after * 1000, until)]
