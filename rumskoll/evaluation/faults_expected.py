"""A fault that should be found, or that is no wonder, and the house that it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from devices.simulator.mishaps import Mishap
from rooms.intervals import Intervals
from rooms.registry import Registry, SourceDevice
from rooms.registry.fault_limits import Limits

DISAGREEING: Final = "sensor_disagreement"
_S: Final = 1000


class Expected(NamedTuple):
    """A fault that has to be found. ``detail`` ``None``: any.

    It is there from one of ``onsets`` on (what is found counts from the latest before it) until
    ``stop``; the rule waits ``delay`` ms, and the device speaks every ``every`` ms.
    """

    code: str
    subject: str
    detail: str | None
    onsets: tuple[int, ...]
    stop: int
    delay: int
    every: int


class Explained(NamedTuple):
    """A fault that may well be found: a consequence of a mishap."""

    code: str
    subject: str
    start: int
    stop: int


class Truth(NamedTuple):
    expected: list[Expected]
    explained: list[Explained]


class House(NamedTuple):
    """``stays``: when somebody was in a room, truly."""

    registry: Registry
    seed: int
    stays: dict[str, Intervals]

    def every(self, device: str) -> int:
        return self.registry.devices[device].expect_every * _S

    def limits(self, device: str) -> Limits:
        return self.registry.limits_of(device)

    def together(self, device: str, at: int) -> list[SourceDevice]:
        """All that stand in the room of a device."""
        room = self.registry.room_of(device, at)
        return [p.device for p in self.registry.devices_in(room, at, at + 1)] if room else []


Found = Iterator[Expected | Explained]


def expected(
    house: House,
    mishap: Mishap,
    code: str,
    delay: int,
    detail: str = "",
    onsets: Sequence[int] = (),
) -> Expected:
    """Of one device, from the mishap's start or from ``onsets``."""
    every = house.every(mishap.target)
    times = tuple(onsets) or (mishap.start,)
    return Expected(code, mishap.target, detail, times, mishap.stop, delay, every)


def strange(house: House, mishap: Mishap, devices: Iterable[str]) -> Iterator[Explained]:
    """What is not heard keeps its last state for as long as it is known: others disagree."""
    for device in devices:
        known = house.registry.devices[device].known_for_ms
        for other in house.together(device, mishap.start):
            yield Explained(DISAGREEING, other.device.id, mishap.start, mishap.stop + known)
