"""The ``room_slot`` series: a room in steps of 5 minutes, what Grafana draws (design 5).

Slots are aligned to the epoch, in ms of UTC; local time and its changes play no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rooms.devicemodels import Evidence
from rooms.intervals import Interval, clip, subtract, union
from rooms.occupancy import Sample, Timeline

SLOT: Final = 5 * 60_000
_MEANS: Final = ("co2_ppm", "temperature_c")
_KINDS: Final[Mapping[Evidence, str]] = {
    "motion": "motion_s",
    "presence": "presence_s",
    "count": "count_s",
    "line": "line_s",
    "call": "in_call_s",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Five minutes from ``start``. ``None``: nothing was measured.

    Seconds by kind of evidence are those of ``occupied_s`` for which evidence of that kind
    is a reason; of several kinds at once each has them.
    """

    start: int
    occupied_s: int
    known_s: int
    faults: int
    motion_s: int = 0
    presence_s: int = 0
    count_s: int = 0
    line_s: int = 0
    in_call_s: int = 0
    people_max: int | None = None
    co2_ppm: float | None = None
    temperature_c: float | None = None

    def fields(self) -> dict[str, float]:
        """As stored; what was not measured is left out."""
        named = {name: getattr(self, name) for name in self.__slots__ if name != "start"}
        return {name: float(value) for name, value in named.items() if value is not None}


def room_slots(
    timeline: Timeline, climate: Sequence[Sample], faults: int, start: int, stop: int
) -> list[Slot]:
    """Every whole slot that touches ``[start, stop)``.

    What lies outside of the timeline's window counts as not known: give a
    timeline that covers the slots. ``faults`` is the number open now.
    """
    first, end = start - start % SLOT, stop + -stop % SLOT
    count = max(0, (end - first) // SLOT)
    window = [(timeline.start, timeline.stop)]
    occupied = _seconds(timeline.occupied, first, count)
    known = _seconds(subtract(window, timeline.unknown), first, count)
    kinds = _by_kind(timeline, first, count)
    people: list[int | None] = [None] * count
    for a, b, number in timeline.people:
        for low, high in clip([(a, b)], first, end):
            for n in range((low - first) // SLOT, (high - 1 - first) // SLOT + 1):
                people[n] = max(number, people[n] or 0)
    means = {name: _means(climate, name, first, count) for name in _MEANS}
    return [
        Slot(
            first + n * SLOT,
            occupied[n],
            known[n],
            faults,
            people_max=people[n],
            **{name: seconds[n] for name, seconds in kinds.items()},
            co2_ppm=means["co2_ppm"][n],
            temperature_c=means["temperature_c"][n],
        )
        for n in range(count)
    ]


def _by_kind(timeline: Timeline, first: int, count: int) -> dict[str, list[int]]:
    """Seconds in each slot, by field; devices of one kind that agree count once."""
    times: dict[Evidence, list[Interval]] = {}
    for one in timeline.evidence:
        times.setdefault(one.evidence, []).append((one.start, one.stop))
    return {_KINDS[kind]: _seconds(union(these), first, count) for kind, these in times.items()}


def _seconds(these: Iterable[Interval], first: int, count: int) -> list[int]:
    out = [0] * count
    for a, b in clip(these, first, first + count * SLOT):
        for n in range((a - first) // SLOT, (b - 1 - first) // SLOT + 1):
            slot = first + n * SLOT
            out[n] += min(b, slot + SLOT) // 1000 - max(a, slot) // 1000
    return out


def _means(samples: Sequence[Sample], name: str, first: int, count: int) -> list[float | None]:
    sums = [0.0] * count
    numbers = [0] * count
    for sample in samples:
        n = (sample.time - first) // SLOT
        value = sample.fields.get(name)
        if 0 <= n < count and isinstance(value, float):
            sums[n] += value
            numbers[n] += 1
    return [total / number if number else None for total, number in zip(sums, numbers, strict=True)]
