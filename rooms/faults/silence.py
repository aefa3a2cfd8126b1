"""A device that is not heard (design 7: ``device_silent``)."""

from __future__ import annotations

from typing import Final

from rooms.faults.facts import Facts
from rooms.faults.finding import Finding, Severity

OFFLINE_FOR: Final = 2 * 60_000  # a short break of the connection is nothing to tell about


def silence(facts: Facts) -> list[Finding]:
    """Said offline by itself, by its bridge, or by saying nothing for too long."""
    severity: Severity = "error" if facts.device.model.family == "vc" else "warning"
    for rule in (_said_offline, _unreachable, _unheard):
        since = rule(facts)
        if since is not None:
            return [Finding("device_silent", facts.id, "", severity, since)]
    return []


def _said_offline(facts: Facts) -> int | None:
    """The last will, unless a message came after it."""
    time, online = facts.latest.get("status.online", (0, 1.0))
    alive = any(at > time for name, (at, _) in facts.latest.items() if name != "status.online")
    return time if online == 0 and not alive and facts.now - time >= OFFLINE_FOR else None


def _unreachable(facts: Facts) -> int | None:
    """A bridge reports again and again that it cannot reach its equipment."""
    time, online = facts.latest.get("equipment.online", (0, 1.0))
    return time if online == 0 else None


def _unheard(facts: Facts) -> int | None:
    """Silent for longer than two (LoRaWAN: four) lost messages explain.

    After a start one interval of grace lets a device be heard again; one that
    was never heard is awaited for the whole time.
    """
    known_for = facts.device.known_for_ms
    if facts.last_heard is None:
        return facts.watched_since if facts.now - facts.watched_since > known_for else None
    grace = facts.watched_since + facts.device.expect_every * 1000
    due = max(facts.last_heard + known_for, grace)
    return facts.last_heard if facts.now > due else None
