"""What in the registry a room's numbers depend on, so that a change makes them be computed
again: also one that was made while the service was off, a new version of the metrics, and one
that keeps more of each day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any, Final

from collector.rollup_evidence import forget_private
from collector.rollup_plan import Bounds
from rooms import METRICS_VERSION
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from storage.histories import KINDS
from storage.state import ServiceState
from storage.store import Store

_KIND: Final = "fingerprint"  # of the rows in the state
_AT_ONCE: Final = 100  # series asked for in one question
_KEPT: Final = 1  # what is kept of a computed day: 1 has its evidence, older versions had none


def fingerprints(registry: Registry) -> dict[str, str]:
    """By room. Names that people read play no part."""
    houses = {site: _house(registry, site) for site in registry.sites}
    out = {}
    for room, (site, entry) in registry.rooms.items():
        stays = registry.devices_in(room, -FOREVER, FOREVER)
        facts = {
            "metrics": METRICS_VERSION,
            "kept": _KEPT,
            "house": houses[site.id],
            "cleaning": [
                window.model_dump(mode="json", exclude={"rooms"})
                for window in site.cleaning
                if window.rooms is None or room in window.rooms
            ],
            "room": entry.model_dump(mode="json", exclude={"name"}),
            "devices": [
                [
                    stay.device.device.model_dump(mode="json", exclude={"name", "address"}),
                    asdict(stay.device.model),
                    stay.start,
                    stay.stop,
                ]
                for stay in stays
            ],
        }
        whole = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        out[room] = hashlib.sha256(whole.encode()).hexdigest()[:16]
    return out


def _house(registry: Registry, site_id: str) -> Mapping[str, Any]:
    site = registry.sites[site_id]
    return {
        "timezone": site.timezone,
        "opening_hours": site.opening_hours.model_dump(mode="json"),
        "holidays": site.holidays.model_dump(mode="json"),
        "closures": [[str(c.first), str(c.last)] for c in site.closures],
    }


def mark_changed(
    state: ServiceState, store: Store, registry: Registry, bounds: Bounds, now: int
) -> None:
    """Make all that can be computed dirty of rooms whose fingerprint is not the one that was
    kept, and keep the new one. Raises ``StoreError``: then call again."""
    kept = {room: row.body for room, row in state.live.all(_KIND).items()}
    new = {room: {"of": of} for room, of in fingerprints(registry).items()}
    changed = {room: body for room, body in new.items() if kept.get(room) != body}
    state.live.keep_only(_KIND, registry.rooms, now)
    if not changed:
        return
    forget_private(state, registry, changed)
    mark(state, store, registry, bounds, changed, -FOREVER, now)
    state.live.put(_KIND, changed, now, tell=False)


def mark(
    state: ServiceState,
    store: Store,
    registry: Registry,
    bounds: Bounds,
    rooms: Collection[str],
    start: int,
    now: int,
    stop: int = FOREVER,
) -> None:
    """Make the rooms' hours of ``[start, stop)`` dirty, as far as they are not frozen and
    there is anything to compute from.

    A room at a time: others want to write to the state meanwhile.
    """
    oldest = {room: max(start, bounds.oldest(room, now)) for room in rooms}
    known = first_known(store, registry, rooms, min(oldest.values(), default=now))
    for room, first in known.items():
        state.dirty.mark_time(room, [(max(first, oldest[room]), min(stop, now))])


def first_known(
    store: Store, registry: Registry, rooms: Collection[str], after: int
) -> dict[str, int]:
    """By room, the oldest time (ms, not before ``after``) of which there is anything: a
    reading of a device that ever stood in it, or a day computed before. Rooms without any
    are left out: they have no past to compute."""
    found: dict[str, int] = {}

    def note(room: str, time: int) -> None:
        found[room] = min(time, found.get(room, time))

    where: dict[str, list[tuple[str, int]]] = {}
    for room in rooms:
        for stay in registry.devices_in(room, after, FOREVER):
            where.setdefault(stay.device.device.id, []).append((room, stay.start))
    devices, ids = sorted(where), sorted(rooms)
    for i in range(0, len(devices), _AT_ONCE):
        for kind in KINDS:
            for point in store.first(kind, {"device": devices[i : i + _AT_ONCE]}, after):
                for room, since in where[point.tags["device"]]:
                    note(room, max(point.time, since))
    for i in range(0, len(ids), _AT_ONCE):
        for point in store.first("use_day", {"room": ids[i : i + _AT_ONCE]}, after):
            note(point.tags["room"], point.time)
    return found
