"""What the devices said lately, in memory: enough for the live state of every room.

Bounded by the window, and by dropping readings that say the same as their
neighbours within a minute, so that a talkative device costs no more than a
quiet one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from collector.known import SOURCE_TAG
from rooms.fold import Latest
from rooms.occupancy import Sample
from rooms.reactions import NOTICING, Reaction, reactions
from rooms.readings import Point, Value
from rooms.registry import Registry
from storage.histories import KINDS, Samples

WINDOW_MS: Final = 2 * 3600_000
_SAME_MS: Final = 60_000
# What occupancy reads; of everything else only "it was heard" matters.
_EVIDENCE: Final = {
    "presence": None,  # all fields
    "equipment": frozenset({"online", "in_call", "room_in_use", "people", "backlog"}),
    "status": None,
}


class Reacted(NamedTuple):
    """A device's last reaction to somebody: when (ms), and what it noticed."""

    at: int
    what: list[Reaction]


class Memory:
    """Samples per device over the last ``WINDOW_MS``, and the newest value of each field."""

    def __init__(self) -> None:
        self.samples: Samples = {}
        self.latest: dict[str, Latest] = {}
        self.reacted: dict[str, Reacted] = {}
        self._just_reacted: set[str] = set()

    def note(self, point: Point, oldest: int) -> None:
        """Take in one reading, in any order of time; no samples from before ``oldest``."""
        device = point.tags["device"]
        latest = self.latest.get(device)
        if latest is None:
            latest = self.latest[device] = Latest()
        if point.measurement not in KINDS:  # a check-in: it was heard, and that is all
            latest.lay_over(point.measurement, point.time, {})
            return
        noticing = point.measurement in NOTICING and point.time >= latest.heard
        if noticing and (found := _reactions(latest, point)):
            self.reacted[device] = Reacted(point.time, found)
            self._just_reacted.add(device)
        latest.lay_over(point.measurement, point.time, point.fields)
        if point.time >= oldest:
            self._insert(device, Sample(point.time, _evidence(point)))

    def _insert(self, device: str, sample: Sample) -> None:
        kept = self.samples.setdefault(device, [])
        if not kept or sample.time > kept[-1].time:
            if (
                len(kept) > 1
                and sample.time - kept[-2].time <= _SAME_MS
                and kept[-2].fields == kept[-1].fields == sample.fields
            ):
                kept[-1] = sample
            else:
                kept.append(sample)
            return
        at = bisect_left(kept, sample.time, key=lambda s: s.time)
        if kept[at].time == sample.time:
            kept[at] = Sample(sample.time, {**kept[at].fields, **sample.fields})
        else:
            kept.insert(at, sample)

    def just_reacted(self) -> set[str]:
        """The devices that reacted to somebody since this was asked last."""
        found, self._just_reacted = self._just_reacted, set()
        return found

    def load(self, samples: Samples) -> None:
        """Start from what the store holds; what was noted meanwhile stays."""
        for device, stored in samples.items():
            for sample in stored:
                fields = {k: v for k, v in sample.fields.items() if k in _NAMES}
                self._insert(device, Sample(sample.time, fields))

    def forget(self, before: int, registry: Registry) -> None:
        """Drop what is older than the window, and devices that are gone."""
        for device in [*self.samples]:
            if device not in registry.devices:
                del self.samples[device]
                continue
            kept = self.samples[device]
            del kept[: bisect_right(kept, before, key=lambda s: s.time)]
        for device in self.latest.keys() - registry.devices.keys():
            if not device.startswith(SOURCE_TAG):
                del self.latest[device]
                self.reacted.pop(device, None)

    def of(self, devices: Iterable[str]) -> Samples:
        return {device: self.samples.get(device, []) for device in devices}


def _reactions(latest: Latest, point: Point) -> list[Reaction]:
    def before(name: str) -> Value | None:
        return latest.fields[name][1] if name in latest.fields else None

    return reactions(before, point.measurement, point.fields)


def _evidence(point: Point) -> dict[str, Value]:
    if point.measurement not in _EVIDENCE:
        return {}
    wanted = _EVIDENCE[point.measurement]
    if wanted is None:
        return point.fields
    return {name: value for name, value in point.fields.items() if name in wanted}


_NAMES: Final = frozenset(
    {"occupied", "motion", "motion_count", "people", "in_total", "out_total", "backlog"}
    | {"online", "in_call", "room_in_use"}
)
