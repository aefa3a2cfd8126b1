"""Stored points of a room's devices, as the domain's ``DeviceHistory`` wants them.

The collector (live state, roll-ups) and the API (history) both read through here, so
that a number never depends on who computed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rooms.occupancy import DeviceHistory, Sample, padding
from rooms.readings import Point, Value
from rooms.registry import PlacedDevice, Registry, SourceDevice
from rooms.registry.fields import Dated
from rooms.registry.registry import FOREVER, midnight
from storage.store import Store

# Any message makes a device known. Where two kinds share a field name at one time the later
# kind wins: the broker's word that a device is gone outweighs the device's own.
KINDS: Final = ("health", "climate", "equipment", "presence", "status")

Samples = dict[str, list[Sample]]


def device_histories(
    store: Store, registry: Registry, room: str, start: int, stop: int, *, pad: bool = True
) -> list[DeviceHistory]:
    """What every device that stood in ``room`` during ``[start, stop)`` ms said.

    With ``pad`` the window is widened first as ``rooms.occupancy.padding`` asks. Raises
    ``StoreError``; ``KeyError`` for a room that the registry does not know.
    """
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    if pad:
        ever = registry.devices_in(room, -FOREVER, FOREVER)
        back, forward = padding(histories(ever, {}, zone))
        start, stop = start - back, stop + forward
    placed = registry.devices_in(room, start, stop)
    samples = read_samples(store, {stay.device.device.id for stay in placed}, start, stop)
    return histories(placed, samples, zone)


def read_samples(store: Store, devices: Iterable[str], start: int, stop: int) -> Samples:
    """Every device's samples of ``[start, stop)``, ascending, kinds at one time merged."""
    ids = sorted(set(devices))
    merged: dict[str, dict[int, dict[str, Value]]] = {id_: {} for id_ in ids}
    for kind in KINDS if ids else ():
        for point in store.read(kind, {"device": ids}, start, stop):
            _merge(merged, point)
    return {
        device: [Sample(time, fields) for time, fields in sorted(at.items())]
        for device, at in merged.items()
    }


def _merge(merged: dict[str, dict[int, dict[str, Value]]], point: Point) -> None:
    merged[point.tags["device"]].setdefault(point.time, {}).update(point.fields)


def histories(
    placed: Sequence[PlacedDevice], samples: Samples, zone: ZoneInfo
) -> list[DeviceHistory]:
    """One history per device and value of its ``hold`` (nearly always one)."""
    stays: dict[tuple[str, int], tuple[SourceDevice, list[tuple[int, int]]]] = {}
    for device, start, stop in placed:
        for hold, a, b in _holds(device, start, stop, zone):
            stays.setdefault((device.device.id, hold), (device, []))[1].append((a, b))
    return [
        DeviceHistory(
            device=id_,
            evidence=device.evidence,
            expect_every=device.expect_every,
            known_for_ms=device.known_for_ms,
            hold=hold,
            zone=device.device.zone,
            samples=samples.get(id_, ()),
            placed=sorted(spans),
        )
        for (id_, hold), (device, spans) in stays.items()
    ]


def _holds(
    device: SourceDevice, start: int, stop: int, zone: ZoneInfo
) -> Iterator[tuple[int, int, int]]:
    """(hold in seconds, from, to): a dated hold never rewrites the past."""
    dated: Dated[int] | None = device.device.hold
    if dated is None:
        yield device.model.hold, start, stop
        return
    edges = [-FOREVER, *(midnight(step.since, zone) for step in dated.later), FOREVER]
    values = [dated.first, *(step.value for step in dated.later)]
    for value, a, b in zip(values, edges, edges[1:], strict=False):
        if max(a, start) < min(b, stop):
            yield value, max(a, start), min(b, stop)
