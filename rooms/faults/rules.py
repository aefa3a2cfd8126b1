"""The rules: one file per family, one line registers a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from rooms.faults.equipment import errors, missing_peripherals
from rooms.faults.facts import Facts, Latest
from rooms.faults.finding import Finding
from rooms.faults.sensor import low_battery
from rooms.faults.silence import silence
from rooms.registry import SourceDevice

CODES: Final = (
    "device_silent",
    "equipment_error",
    "equipment_warning",
    "peripheral_missing",
    "battery_low",
)

RULES: Final[tuple[Callable[[Facts], list[Finding]], ...]] = (
    silence,
    errors,
    missing_peripherals,
    low_battery,
)


def problems_now(
    device: SourceDevice,
    latest: Latest,
    last_heard: int | None,
    now: int,
    watched_since: int,
    open_codes: Collection[str] = (),
) -> list[Finding]:
    """Everything wrong with a device at ``now`` (all times in ms).

    ``latest`` has each field's newest value with its time under "kind.field",
    ``watched_since`` is the start of the service or the end of an outage, and
    ``open_codes`` the device's problems of a moment ago: some clear later than they open.
    """
    facts = Facts(device, latest, last_heard, now, watched_since, frozenset(open_codes))
    return [problem for rule in RULES for problem in rule(facts)]
