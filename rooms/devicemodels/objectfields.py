"""How a field of ours stands in the object that a LoRaWAN network server has decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObjectField:
    """One field of ours, ``kind.name`` as in ``rooms.readings.FIELDS``.

    ``paths`` are tried in order (``rooms.registry.mapping.compile_path``): a device's codecs
    from its maker, The Things Network and ChirpStack name the same value differently. A
    number becomes ``value * scale + offset``; ``values`` maps what is told, as text in lower
    case, to ours, and leaves out what it does not hold.
    """

    field: str
    paths: tuple[str, ...]
    scale: float = 1.0
    offset: float = 0.0
    values: Mapping[str, bool | float | str] | None = None
