"""What a fault's device said around the moment it opened: which readings tell of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from api.parts import Parts
from rooms.faults import Fault
from rooms.intervals import Interval
from rooms.readings import FIELDS, Point, Value
from rooms.registry import Registry
from rooms.units import DAY_MS, HOUR_MS

BEFORE_MS: Final = 2 * HOUR_MS
AFTER_MS: Final = HOUR_MS
MOST_DEVICES: Final = 8  # of a source that fell silent
_SLOW_MS: Final = 14 * DAY_MS  # a battery's way down
_LONGEST_MS: Final = DAY_MS  # of all else, however long it went unnoticed

Shape = Literal["heard", "number", "state"]
Samples = list[tuple[int, float]]  # ms, value


class Series(NamedTuple):
    """One kind of reading of one device, ascending."""

    device: str
    field: str  # "kind.field", or "heard" for messages of any kind
    shape: Shape
    samples: Samples


# what tells of a fault, besides when its device was heard
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "device_silent": ("status.online", "equipment.online", "health.rssi_dbm", "health.linkquality"),
    "peripheral_missing": ("equipment.peripherals", "equipment.online"),
    "battery_low": ("health.battery_pct",),
    "sensor_stuck": ("presence.occupied", "presence.motion", "presence.people"),
    "sensor_disagreement": (
        "presence.occupied",
        "presence.motion",
        "presence.people",
        "equipment.in_call",
    ),
    "air_quality": ("climate.co2_ppm",),
    "clock_skew": ("health.skew_s",),
    "decode_failing": ("decode.failed",),
}
_HEARD: Final = tuple(kind for kind in FIELDS if kind != "checkin")
_PEOPLE: Final = ("presence", "climate")  # not told of one person's own office


def window_of(fault: Fault, now: int) -> Interval:
    """The time around the moment at which it opened, the onset within reach included."""
    reach = _SLOW_MS if fault.code == "battery_low" else BEFORE_MS
    since = max(fault.since - HOUR_MS, fault.opened - _LONGEST_MS)
    return min(fault.opened - reach, since), min(fault.opened + AFTER_MS, now)


def series_of(parts: Parts, fault: Fault, within: Interval) -> list[Series]:
    """What is stored of it; nothing for what is no device's. Raises ``StoreError``."""
    registry = parts.registry()
    if fault.code == "flapping":  # what comes and goes is told by its own readings
        code, _, detail = fault.detail.partition(": ")
        fault = fault._replace(code=code, detail=detail)
    devices = _devices(registry, fault, within)
    fields = _fields(fault)
    kinds = {field.partition(".")[0] for field in fields}
    if fault.code not in ("battery_low", "air_quality"):
        kinds.update(_HEARD)
    found: list[Series] = []
    for device in devices:
        hidden = registry.hides_people(device, fault.opened)
        tags = {"device": [device]}
        points = {
            kind: [*parts.store.read(kind, tags, *within)]
            for kind in sorted(kinds)
            if not (hidden and kind in _PEOPLE)
        }
        found += _of_device(device, fields, points, fault)
    return found


def _devices(registry: Registry, fault: Fault, within: Interval) -> list[str]:
    """The device itself, those that it stands for, or those of its room that tell of it."""
    if fault.subject in registry.devices:
        return [fault.subject, *_others(registry, fault)]
    if fault.members:
        return [id_ for id_ in fault.members if id_ in registry.devices][:MOST_DEVICES]
    if fault.code != "air_quality" or fault.subject not in registry.rooms:
        return []
    placed = registry.devices_in(fault.subject, *within)
    return list(dict.fromkeys(stay.device.device.id for stay in placed))


def _others(registry: Registry, fault: Fault) -> list[str]:
    """With whom a sensor disagrees: another one, or the equipment that is in a call."""
    if fault.code != "sensor_disagreement" or fault.room not in registry.rooms:
        return []
    there = registry.devices_in(fault.room, fault.opened, fault.opened + 1)
    return [
        stay.device.device.id
        for stay in there
        if stay.device.device.id == fault.detail
        or (fault.detail == "call" and stay.device.model.family == "vc")
    ]


def _fields(fault: Fault) -> tuple[str, ...]:
    if fault.code in ("equipment_error", "equipment_warning"):
        flag = f"error_{fault.detail}"
        told = (f"equipment.{flag}",) if flag in FIELDS["equipment"] else ()
        return (*told, "equipment.online")
    return _FIELDS.get(fault.code, ())


def _of_device(
    device: str,
    fields: Iterable[str],
    points: Mapping[str, list[Point]],
    fault: Fault,
) -> list[Series]:
    found = []
    if set(_HEARD) & set(points) and fault.code not in ("battery_low", "air_quality"):
        times = sorted({point.time for kind in _HEARD for point in points.get(kind, ())})
        found.append(Series(device, "heard", "heard", [(time, 1.0) for time in times]))
    for field in fields:
        kind, _, name = field.partition(".")
        samples = [
            (point.time, value)
            for point in points.get(kind, ())
            if (value := _number(point.fields.get(name), fault.detail)) is not None
        ]
        if samples:
            found.append(Series(device, field, _shape(kind, name), samples))
    return found


def _shape(kind: str, name: str) -> Shape:
    if kind == "decode":
        return "heard"
    told = FIELDS[kind][name]  # type: ignore[index]
    flag = name.startswith("error_") or told.type in ("bool", "list")
    return "state" if flag else "number"


def _number(value: Value | None, detail: str) -> float | None:
    """The value; of a list of peripherals, whether the one that the fault is about is there."""
    if not isinstance(value, str):
        return value
    wanted = detail.partition(": ")[2]
    try:
        listed: Any = json.loads(value)
    except ValueError:
        return None
    entries = [e for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []
    return float(any(e.get("connected") is not False and wanted in _called(e) for e in entries))


def _called(entry: dict[str, Any]) -> tuple[str, str]:
    """A peripheral's name, and the name by which it is told from others of that name."""
    name = str(entry.get("name") or entry.get("type") or "")
    return name, f"{name} {entry.get('id', '')}".strip()
