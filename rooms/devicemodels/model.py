"""The shape of what a device's model tells about it, so that rooms.yaml need not (design 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rooms.devicemodels.objectfields import ObjectField

Evidence = Literal["motion", "presence", "count", "line", "call"]
Family = Literal["sensor", "vc", "display", "panel"]
CodecName = Literal["elsys", "milesight"]
BridgeName = Literal["roomos", "pjlink", "poly", "collabos"]

# A room is known to be vacant by these only (metrics.md 1).
SHOWS_VACANCY: Final[frozenset[Evidence]] = frozenset({"motion", "presence", "count"})


@dataclass(frozen=True, slots=True)
class DeviceModel:
    """Defaults of one model.

    ``expect_every`` is the longest silence a healthy device leaves, in seconds;
    ``hold`` how long its hardware keeps "occupied" after the last movement, in seconds;
    ``evidence`` as in metrics.md 1. A LoRaWAN device is read by its ``codec`` from raw
    bytes, or by ``reads`` from the object that the network server decoded. ``counts``: it
    tells how often somebody moved since its last message, not when. ``measures`` names what it
    tells of the air, the light and the sound.
    """

    name: str
    evidence: tuple[Evidence, ...] = ()
    expect_every: int = 600
    hold: int = 0
    family: Family = "sensor"
    codec: CodecName | None = None
    reads: tuple[ObjectField, ...] = ()
    bridge: BridgeName | None = None
    counts: bool = False
    measures: tuple[str, ...] = ()

    @property
    def lorawan(self) -> bool:
        return self.codec is not None or bool(self.reads)

    @property
    def silence_factor(self) -> float:
        """Known for so many intervals: on LoRaWAN two lost frames are normal."""
        return 4.5 if self.lorawan else 2.5
