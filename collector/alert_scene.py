"""What the alert queue looks at: faults, with what keeps them back, and who knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rooms.alerts.awake import Awake
from rooms.alerts.holds import SILENT, SOURCE_SILENT, Holds
from rooms.alerts.message import Alert, Recipient, Told, channels
from rooms.alerts.scene import Scene
from rooms.faults.fault import Fault
from rooms.faults.lifecycle import hold, release
from rooms.faults.windows import windows_of
from rooms.registry import Registry
from storage.state import Asked, ServiceState


def read_scene(
    state: ServiceState,
    registry: Registry,
    awake: Mapping[str, Awake],
    people: Iterable[Recipient],
    waiting: Iterable[Alert],
    now: int,
) -> Scene:
    """As things are now; what is to be held or released has been."""
    faults = state.faults.open()
    holds = _holds(state, registry, faults, now)
    faults = _hold(state, faults, holds, now)
    told = _told(state, now)
    named = {entry.fault for alert in waiting for entry in alert.entries}
    named.update(one.fault for one in told)
    others = (state.faults.get(id_) for id_ in sorted(named - {fault.id for fault in faults}))
    return Scene(
        registry,
        [person for person in people if channels(person)],
        awake,
        [*faults, *(fault for fault in others if fault is not None)],
        told,
        holds,
        state.faults.transitions,
        now,
    )


def _holds(state: ServiceState, registry: Registry, faults: Sequence[Fault], now: int) -> Holds:
    made = [(window.site, window.body) for window in state.windows.all()]
    windows = windows_of(registry, made)
    return Holds([*faults, *_sources_over(state, registry, faults, now)], windows, registry, now)


def _sources_over(
    state: ServiceState, registry: Registry, faults: Iterable[Fault], now: int
) -> list[Fault]:
    """Sources that were silent a short time ago: their devices are given time to speak."""
    devices = [registry.devices.get(fault.subject) for fault in faults if fault.code == SILENT]
    longest = max((device.expect_every for device in devices if device is not None), default=0)
    if not longest:
        return []
    asked = Asked(open=False, code=SOURCE_SILENT, start=now - longest * 1000, most=1000)
    return state.faults.find(asked)


def _hold(state: ServiceState, faults: Iterable[Fault], holds: Holds, now: int) -> list[Fault]:
    changes = {}
    for fault in faults:
        why = holds.why(fault)
        if why != fault.held:
            changes[fault.id] = hold(fault, why, now) if why else release(fault, now)
    if changes:
        state.faults.put(changes.values(), now)
    return [changes[fault.id].fault if fault.id in changes else fault for fault in faults]


def _told(state: ServiceState, now: int) -> list[Told]:
    """None in the future, should the clock have been set back."""
    found = state.alerts.told()
    for n, one in enumerate(found):
        if one.last > now:
            found[n] = one._replace(first=min(one.first, now), last=now)
            state.alerts.tell([one.fault], one.person, now, digest=one.digest)
    return found
