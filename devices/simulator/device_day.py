"""One device's day in its room: what sensors and equipment need to know to report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from random import Random
from typing import Any, NamedTuple

from devices.simulator.calendar import Interval
from devices.simulator.mishaps import LOW_PCT, SKEW_MS, Kind, Mishap, flaps
from devices.simulator.people import RoomDay, inside, merge
from devices.simulator.physics import Air
from rooms.registry.models import Source
from rooms.registry.registry import SourceDevice

Facts = Mapping[str, Mapping[str, Any]]  # kind -> field -> value, names as in native payloads

_LIVELY_EVERY = 120  # seconds
_BATTERY_LIFE_DAYS = 900


class Report(NamedTuple):
    """What a device has to say at a time (ms)."""

    time: int
    facts: Facts


@dataclass(frozen=True)
class DeviceDay:
    """``[start, stop)`` is the local day; ``live_from`` the start of a live run, if any."""

    seed: int
    day: date
    start: int
    stop: int
    source: Source
    entry: SourceDevice
    room: str  # its id, for topics
    people: RoomDay
    air: Air
    open: tuple[Interval, ...]
    skew_ms: int = 0
    live_from: int | None = None
    lively: bool = False
    token: str | None = None  # a check-in panel's
    mishaps: tuple[Mishap, ...] = ()

    @property
    def id(self) -> str:
        return self.entry.device.id

    @property
    def trait(self) -> int:
        """A number that belongs to the device: phases, radio distance, age of its battery."""
        return trait_of(self.seed, self.id)

    def spans(self, *kinds: Kind) -> list[Interval]:
        """When a mishap of these kinds is on; it may have begun before the day."""
        return merge(sorted((m.start, m.stop) for m in self.mishaps if m.kind in kinds))

    @property
    def away(self) -> list[Interval]:
        """When it has gone offline, and the broker knows."""
        gone = [flap for span in self.spans("flapping") for flap in flaps(*span)]
        return merge(sorted([*gone, *self.spans("offline")]))

    def clock(self, t: int) -> int:
        """What the device's own clock says."""
        off = sum(
            -SKEW_MS if m.detail == "behind" else SKEW_MS
            for m in self.mishaps
            if m.kind == "clock" and m.start <= t < m.stop
        )
        return t + self.skew_ms + off

    def battery(self, t: int) -> int:
        low = inside(self.spans("battery"), t)
        return LOW_PCT if low else battery_pct(self.trait, self.day)

    def hears(self, gateway: str, t: int) -> bool:
        """Is a gateway in order?"""
        return not any(
            m.kind == "gateway" and m.target == gateway and m.start <= t < m.stop
            for m in self.mishaps
        )

    def rng(self, purpose: str) -> Random:
        return Random(f"{self.seed}/{self.id}/{self.day}/{purpose}")

    @property
    def hello(self) -> int | None:
        """When it reports at the start of a live run: spread over the first three seconds."""
        if self.live_from is None or not self.start <= self.live_from < self.stop:
            return None
        return min(self.live_from + self.trait % 3000, self.stop - 1)

    def is_live(self, t: int) -> bool:
        return self.live_from is not None and t >= self.live_from

    def is_lively(self, t: int) -> bool:
        return self.lively and self.is_live(t)

    def regular(self, every: int) -> list[int]:
        """Report times: each ``every`` seconds, oftener when lively, and the hello."""
        t = self.start + self.trait % (every * 1000)
        times: list[int] = []
        while t < self.stop:
            times.append(t)
            step = min(every, _LIVELY_EVERY) if self.is_lively(t) else every
            t += step * 1000
        return times if self.hello is None else sorted({*times, self.hello})


def trait_of(seed: int, device: str) -> int:
    return int.from_bytes(blake2b(f"{seed}/{device}".encode(), digest_size=6).digest())


def battery_pct(trait: int, day: date) -> int:
    """Drains with the calendar, each device from its own day; changed when nearly empty."""
    age = (day.toordinal() + trait) % _BATTERY_LIFE_DAYS
    return round(100 - 88 * age / _BATTERY_LIFE_DAYS)
