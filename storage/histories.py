"""Stored points of a room's devices, as the domain's ``DeviceHistory`` wants them.

The collector (live state, roll-ups) and the API (history) both read through here, so
that a number never depends on who computed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from rooms.intervals import Intervals, clip, subtract
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
Distrusted = Mapping[str, Intervals]  # by device: see rooms.faults.distrust
_NONE: Final[Distrusted] = {}
T = TypeVar("T")


def device_histories(
    store: Store,
    registry: Registry,
    room: str,
    start: int,
    stop: int,
    *,
    pad: bool = True,
    distrusted: Distrusted = _NONE,
) -> list[DeviceHistory]:
    """What every device that stood in ``room`` during ``[start, stop)`` ms said.

    With ``pad`` the window is widened first as ``rooms.occupancy.padding`` asks. On days on
    which the room is private no device stands in it: nothing of then is read or carried on.
    Raises ``StoreError``; ``KeyError`` for a room that the registry does not know.
    """
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    if pad:
        ever = registry.devices_in(room, -FOREVER, FOREVER)
        back, forward = padding(histories(ever, {}, zone))
        start, stop = start - back, stop + forward
    private = private_times(registry, room, start, stop)
    placed = [
        stay._replace(start=a, stop=b)
        for stay in registry.devices_in(room, start, stop)
        for a, b in subtract([(stay.start, stay.stop)], private)
    ]
    samples = read_samples(store, {stay.device.device.id for stay in placed}, start, stop)
    return histories(placed, samples, zone, distrusted)


def private_times(registry: Registry, room: str, start: int, stop: int) -> Intervals:
    """The parts of ``[start, stop)`` ms, whole local days where it holds them, in which the
    room is one person's own office. Raises ``KeyError`` for an unknown room."""
    site, entry = registry.rooms[room]
    steps = _steps(entry.private, registry.zone(site.id))
    return clip(((a, b) for private, a, b in steps if private), start, stop)


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
    placed: Sequence[PlacedDevice],
    samples: Samples,
    zone: ZoneInfo,
    distrusted: Distrusted = _NONE,
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
            distrusted=distrusted.get(id_, ()),
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
    for value, a, b in _steps(dated, zone):
        if max(a, start) < min(b, stop):
            yield value, max(a, start), min(b, stop)


def _steps(dated: Dated[T], zone: ZoneInfo) -> Iterator[tuple[T, int, int]]:
    """(value, from, to) in ms, for all time."""
    edges = [-FOREVER, *(midnight(step.since, zone) for step in dated.later), FOREVER]
    values = [dated.first, *(step.value for step in dated.later)]
    yield from zip(values, edges, edges[1:], strict=False)
