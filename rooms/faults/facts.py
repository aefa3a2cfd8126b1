"""What the rules are told about one device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rooms.readings import Value
from rooms.registry import SourceDevice

Latest = Mapping[str, tuple[int, Value]]  # "kind.field" -> time in ms, value


@dataclass(frozen=True, slots=True)
class Facts:
    device: SourceDevice
    latest: Latest
    last_heard: int | None
    now: int
    watched_since: int
    open_codes: frozenset[str]

    @property
    def id(self) -> str:
        return self.device.device.id
