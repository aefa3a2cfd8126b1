"""Short ways to write histories: minutes in, tuples out."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.devicemodels import Evidence
from rooms.intervals import Intervals
from rooms.occupancy import DeviceHistory, Sample, Timeline, room_timeline
from rooms.readings import Value

MIN = 60_000
ALWAYS = ((-(2**62), 2**62),)
Said = Sequence[tuple[float, dict[str, Value]]]


def device(
    evidence: Evidence | tuple[Evidence, ...],
    said: Said,
    *,
    name: str = "d",
    every: int = 600,
    factor: float = 2.5,
    hold: int = 0,
    zone: str | None = None,
    placed: Sequence[tuple[int, int]] = ALWAYS,
    distrusted: Sequence[tuple[int, int]] = (),
) -> DeviceHistory:
    """``said`` has minutes and fields."""
    return DeviceHistory(
        name,
        (evidence,) if isinstance(evidence, str) else evidence,
        every,
        round(every * factor * 1000),
        hold,
        zone,
        [Sample(round(minute * MIN), fields) for minute, fields in said],
        placed,
        distrusted,
    )


def timeline(
    *devices: DeviceHistory, start: float = 0, stop: float = 120, known_until: float = 1000
) -> Timeline:
    return room_timeline(devices, round(start * MIN), round(stop * MIN), round(known_until * MIN))


def minutes(these: Intervals) -> list[tuple[float, float]]:
    return [(a / MIN, b / MIN) for a, b in these]


def beat(stop: float, every: float = 10, **fields: Value) -> list[tuple[float, dict[str, Value]]]:
    """The same message again and again, from minute 0."""
    return [(n * every, dict(fields)) for n in range(int(stop / every) + 1)]


def mixed(*said: Said) -> Said:
    return sorted((one for some in said for one in some), key=lambda one: one[0])
