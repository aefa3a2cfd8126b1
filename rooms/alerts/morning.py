"""The morning digest, and the check of the rooms that are booked today (design 7)."""

from __future__ import annotations

from collections.abc import Collection

from rooms.alerts.message import Alert, Entry
from rooms.alerts.scene import NEWS, Scene
from rooms.calendar import day_bounds


def digest(scene: Scene, person: str, site: str) -> tuple[Entry, ...]:
    """What is new, what earlier digests told of and is over ("resolved") or not ("reminder")."""
    new, old, over = [], [], []
    for fault in scene.faults.values():
        if scene.site(fault).id != site:
            continue
        told = scene.told.get((fault.id, person))
        listener = scene.listeners(fault).get(person)
        if told is not None and told.digest and scene.over(fault):
            over.append(Entry(fault.id, "resolved", fault.resolved or scene.now))
        elif listener is None or listener.routes or not scene.tellable(fault):
            continue
        elif told is None:
            new.append(scene.news(fault))
        elif told.digest:
            old.append(Entry(fault.id, "reminder", fault.opened))
    return (*new, *old, *over)


def room_check(scene: Scene, person: str, site: str, booked: Collection[str]) -> tuple[Entry, ...]:
    """What is broken, so that those who meet would notice, in rooms booked today."""
    return tuple(
        Entry(fault.id, "reminder", fault.opened)
        if (fault.id, person) in scene.told
        else scene.news(fault)
        for fault in scene.faults.values()
        if fault.room in booked
        and (fault.severity == "error" or fault.code == "reported")
        and scene.site(fault).id == site
        and scene.tellable(fault)
        and person in scene.listeners(fault)
    )


def worth_sending(scene: Scene, alert: Alert) -> bool:
    """A digest without news is not, nor a room check of which all was told today."""
    if alert.kind == "digest":
        return any(entry.event in NEWS for entry in alert.entries)
    if alert.kind == "room_check":
        awake = scene.awake(alert.site)
        midnight, _ = day_bounds(awake.day(scene.now), awake.zone)
        told = [scene.told.get((entry.fault, alert.person)) for entry in alert.entries]
        return any(one is None or one.last < midnight for one in told)
    return bool(alert.entries)
