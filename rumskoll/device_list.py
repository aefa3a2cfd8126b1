"""Devices as the person who installs them asks for them, read from the data folder's files:
the same whether the service runs or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from rooms.faults import Fault
from rooms.readings import Value
from rooms.registry import Registry, SourceDevice
from rooms.texts.times import moment
from storage.quarantine import UnknownDevice

State = Literal["heard", "silent", "offline", "never"]

RUNNING_MS: Final = 120_000  # a collector's heartbeat; older: nobody listens
_SILENT: Final = ("device_silent", "source_silent")
_TOLD: Final = ("battery_pct", "battery_mv", "rssi_dbm", "snr_db", "linkquality")


class Line(NamedTuple):
    """One device; ``heard`` is ms, ``told`` its newest figures of itself by field."""

    entry: SourceDevice
    room: str | None
    heard: int | None
    state: State
    told: Mapping[str, Value]
    faults: tuple[str, ...]

    def as_row(self, registry: Registry) -> dict[str, Any]:
        device, zone = self.entry.device, registry.zone(self.entry.site)
        return {
            "id": device.id,
            "site": self.entry.site,
            "room": self.room,
            "model": device.model,
            "source": device.source,
            "address": device.address,
            "heard": None if self.heard is None else moment(self.heard, zone).isoformat(),
            "state": self.state,
            **{name: self.told.get(name) for name in _TOLD},
            "faults": [*self.faults],
        }


def device_lines(
    registry: Registry, bodies: Mapping[str, Mapping[str, Any]], faults: Iterable[Fault], now: int
) -> list[Line]:
    """Every device of the registry, by room and id; ``bodies`` are those in ``service.db``."""
    wrong: dict[str, list[str]] = {}
    silent: set[str] = set()
    for fault in faults:
        wrong.setdefault(fault.subject, []).append(fault.code)
        if fault.code in _SILENT:
            silent |= {fault.subject, *fault.members}
    lines = [
        _line(registry, entry, bodies.get(id_, {}), tuple(wrong.get(id_, ())), id_ in silent, now)
        for id_, entry in registry.devices.items()
    ]
    order = {room: place for place, room in enumerate(registry.rooms)}
    return sorted(
        lines, key=lambda one: (order.get(one.room or "", len(order)), one.entry.device.id)
    )


def _line(
    registry: Registry,
    entry: SourceDevice,
    body: Mapping[str, Any],
    faults: tuple[str, ...],
    silent: bool,
    now: int,
) -> Line:
    heard, latest = body.get("heard"), body.get("latest", {})
    told = {name: latest[key][1] for name in _TOLD if (key := f"health.{name}") in latest}
    room = registry.room_of(entry.device.id, now)
    return Line(entry, room, heard, _state(entry, heard, latest, silent, now), told, faults)


def _state(
    entry: SourceDevice,
    heard: int | None,
    latest: Mapping[str, tuple[int, Value]],
    silent: bool,
    now: int,
) -> State:
    if heard is None:
        return "never"
    words = [latest[name] for name in ("status.online", "equipment.online") if name in latest]
    at, online = max(words, default=(0, 1.0))
    if not online and at >= heard:
        return "offline"
    return "silent" if silent or now - heard > entry.known_for_ms else "heard"


def still_unknown(
    registry: Registry, heard: Iterable[UnknownDevice], source: str | None
) -> list[UnknownDevice]:
    """Those that have not been written into rooms.yaml since, the last heard first."""
    return [
        one
        for one in heard
        if source in {None, one.source}
        and (
            one.source not in registry.sources
            or registry.by_address(one.source, registry.normalise(one.source, one.address)) is None
        )
    ]
