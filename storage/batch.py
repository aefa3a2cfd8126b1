"""What one group of messages leads to, kept by the outbox as a whole or not at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from rooms.readings import Point
from storage.quarantine import Unusable


class Account(NamedTuple):
    """Key of one counter: received = stored + duplicate + ignored + quarantined."""

    day: str  # local day of arrival, YYYY-MM-DD
    source: str
    device: str  # registry id, or "" where the message names none that is known
    outcome: str  # stored, duplicate, ignored, quarantined; missing and refused apart
    reason: str = ""


class Arrival(msgspec.Struct, array_like=True, gc=False):
    """What recognises a message that the broker sends once more."""

    mid: int
    digest: bytes
    time: int
    key: str | None  # device and message key, for copies made by gateways


@dataclass(slots=True)
class Batch:
    """All that one group of messages leads to."""

    points: list[Point] = field(default_factory=list)
    accounts: Counter[Account] = field(default_factory=Counter)
    unusable: list[Unusable] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    clocks: dict[str, int] = field(default_factory=dict)  # device -> last assigned arrival time
    replayed: list[int] = field(default_factory=list)  # quarantine rows that this batch replaces
