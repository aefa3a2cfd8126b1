"""What a LoRaWAN device's frame holds, whichever network server passes it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from devices.simulator import elsys, milesight
from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.mapped import put
from rooms.devicemodels.objectfields import ObjectField

GATEWAYS: Final = ("a84041ffff1e0001", "a84041ffff1e0002")
_MOVED: Final = ("motion", "occupied")  # what a PIR without a count tells instead
_UNREAD: Final = b"\x00"  # of other makers only what the network server decodes counts


class Frame(NamedTuple):
    """Bytes, their port, and the object that the network server makes of them (or ``None``)."""

    data: bytes
    port: int
    decoded: dict[str, Any] | None


class Heard(NamedTuple):
    """One gateway's reception."""

    gateway: str
    rssi: int
    snr: float


def frame(day: DeviceDay, report: Report) -> Frame:
    values = {name: v for fields in report.facts.values() for name, v in fields.items()}
    model = day.entry.model
    if model.codec == "milesight":
        return Frame(milesight.encode(day.entry.device.model, values), 85, None)
    if model.reads:
        return Frame(_UNREAD, 10, _decoded(model.reads, values))
    return Frame(elsys.encode(values), 5, None)


def heard(day: DeviceDay, t: int) -> Iterator[Heard]:
    """One or two gateways hear it, by where the device stands."""
    trait = day.trait
    for i, gateway in enumerate(gateways(trait)):
        if day.hears(gateway, t):
            rssi = -58 - trait % 40 - 14 * i - t // 60_000 % 7
            yield Heard(gateway, rssi, round(12 + (rssi + 58) / 6, 1))


def gateways(trait: int) -> tuple[str, ...]:
    """Those within reach of a device, the best first."""
    return GATEWAYS[: 1 + trait % 2]


def _decoded(fields: tuple[ObjectField, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The first of each field's names, and what the maker's codec would have put there."""
    out: dict[str, Any] = {}
    moved = {name: values["motion_count"] > 0 for name in _MOVED if "motion_count" in values}
    known = {**moved, **values}
    for field in fields:
        value = known.get(field.field.partition(".")[2])
        if value is None:
            continue
        if field.values is not None:
            value = next((raw for raw, ours in field.values.items() if ours == value), value)
        elif not isinstance(value, bool):
            value = round((value - field.offset) / field.scale, 6)
        put(out, field.paths[0], value)
    return out
