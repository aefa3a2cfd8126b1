"""What sensors report about themselves (design 7)."""

from __future__ import annotations

from typing import Final

from rooms.faults.facts import Facts
from rooms.faults.finding import Finding

LOW: Final = 20  # percent: opens below
CLEAR: Final = 25  # an open one clears above


def low_battery(facts: Facts) -> list[Finding]:
    since, level = facts.latest.get("health.battery_pct", (0, 100.0))
    if not isinstance(level, float):
        return []
    if level < LOW or ("battery_low" in facts.open_codes and level <= CLEAR):
        return [Finding("battery_low", facts.id, "", "warning", since)]
    return []
