"""How a field of ours stands in the object that a LoRaWAN network server has decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
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


def read(
    field: str, *names: str, scale: float = 1.0, values: Mapping[str, bool] | None = None
) -> ObjectField:
    """A field under any of ``names``, at the top or one level down, where integration platforms
    put what a codec gave them."""
    paths = (*names, *(f"{outer}.{name}" for name in names for outer in _OUTER))
    return ObjectField(field, paths, scale, values=values)


def volts(*names: str) -> ObjectField:
    return read("health.battery_mv", *names, scale=1000)


_OUTER = ("default", "lifecycle", "occupancy", "telemetry")

YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("true", "1", "1.0", "occupied", "yes"), True),
    **dict.fromkeys(("false", "0", "0.0", "vacant", "free", "unoccupied", "no"), False),
}
