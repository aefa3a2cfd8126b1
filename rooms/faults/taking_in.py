"""Takes readings into the histories of what is watched, and tells what that touches."""

from __future__ import annotations

from rooms.faults.equipment_hearing import note_equipment
from rooms.faults.finding import SOURCE
from rooms.faults.hearing import DECODE, hear, place
from rooms.faults.history import Use
from rooms.faults.use import SENSING, in_use, missed, note_stay, note_use, vacant_since
from rooms.faults.watched import ROOM, WatchedDevice, WatchedRoom
from rooms.faults.whole import Whole
from rooms.readings import FIELDS, Point

_KINDS_OF_USE = frozenset({"presence", "equipment"})


class Taking:
    """``touched`` and ``changed`` are the engine's: names to look at, and to store."""

    def __init__(self, whole: Whole, touched: set[str], changed: set[str]) -> None:
        self._whole = whole
        self._touched = touched
        self._changed = changed

    def note(self, point: Point, now: int) -> None:
        kind = point.measurement
        if kind not in FIELDS and kind != DECODE:
            return  # a derived series on its way to the store
        id_ = point.tags["device"]
        watched = self._whole.devices.get(id_)
        if watched is None:
            if id_.startswith(SOURCE) and kind == "status":
                self._note_source(id_, point, now)
            return
        history = watched.history
        hidden = self._whole.hidden(watched.room, now)
        blur = watched.device.expect_every * 1000 if hidden else 0
        heard, gateway, anew = history.heard, history.gateway, history.anew
        at, present = place(history, point, now, blur)
        hear(history, point, at, present, watched.limits, watched.device.known_for_ms)
        if kind == "equipment" and point.fields.get("online") != 0:
            history.equipment = note_equipment(history.equipment, point.fields, at)
        if hidden:
            history.use = history.air = None
        elif kind in _KINDS_OF_USE and watched.device.evidence and watched.room:
            newest = history.use is None or at >= history.use.at
            if newest and at >= watched.since:
                self._note_use(watched, self._whole.rooms[watched.room], point, at)
        if history.air is not None and watched.room and kind == "climate":
            self._note_air(watched, self._whole.rooms[watched.room])
        if history.anew != anew and history.use is not None and watched.room:
            # what it said before it was silent counts again
            self._touched.update(one.id for one in self._whole.rooms[watched.room].devices)
        if (history.heard, history.gateway) != (heard, gateway):
            self._note_word(watched, gateway)
        self._touched.add(id_)
        self._changed.add(id_)

    def _note_source(self, name: str, point: Point, now: int) -> None:
        source = self._whole.sources.get(name.removeprefix(SOURCE))
        online = point.fields.get("online")
        if source is None or online is None:
            return
        at = min(point.time, now)
        if online:
            source.history.online, source.history.offline = at, None
        elif source.history.offline is None:
            source.history.offline = at
        self._touched.add(name)
        self._changed.add(name)

    def _note_word(self, device: WatchedDevice, gateway_before: str | None) -> None:
        history = device.history
        if history.gateway != gateway_before and gateway_before:
            source = self._whole.sources[device.device.device.source]
            source.gateways[gateway_before].devices.pop(device.id, None)
        source = self._whole.join(device)
        for group in (source.whole, source.gateways.get(history.gateway or "")):
            if group is not None and group.waiting:  # they may need as long to be heard again
                source.history.back = max(source.history.back, group.heard)
                self._changed.add(SOURCE + source.id)
                self._touched |= group.waiting
                group.waiting.clear()
        name = SOURCE + source.id
        offline = source.history.offline
        if offline is not None and (history.heard or 0) >= offline:
            source.history.offline = None
            self._changed.add(name)
        # one more that is awaited: so many messages are due sooner
        more = history.anew == history.heard or history.gateway != gateway_before
        if more or source.standing or offline is not None or source.due is None:
            self._touched.add(name)

    def _note_air(self, device: WatchedDevice, room: WatchedRoom) -> None:
        above = device.history.air is not None and device.history.air.above is not None
        if above or room.high or room.standing:
            room.high |= above
            self._touched.add(ROOM + room.id)

    def _note_use(self, device: WatchedDevice, room: WatchedRoom, point: Point, at: int) -> None:
        history = device.history
        if history.use is None or history.room != room.id:
            history.use, history.room = Use(at), room.id
        use = history.use
        anew = history.anew > use.at
        before, sure = (use.on, use.since, use.first, use.call), use.sure
        was_used = any(
            (span := in_use(one.history.use, one.known_until)) is not None and span[1] > at
            for one in room.devices
            if one is not device or not anew
        )
        vague = bool(point.fields.get("backlog"))
        note_use(use, device.device.evidence, point.fields, at, anew=anew, vague=vague)
        if before != (use.on, use.since, use.first, use.call):
            self._touched.update(one.id for one in room.devices)
            if room.high or room.standing:
                self._touched.add(ROOM + room.id)
        elif use.sure > sure and use.first is not None:
            self._touched.update(one.id for one in room.devices if _doubtful(one, use))
        if not vague:
            self._note_stay(device, room, at, was_used)

    def _note_stay(self, device: WatchedDevice, room: WatchedRoom, at: int, was_used: bool) -> None:
        stay = room.history
        before = stay.since, stay.counted
        span = in_use(device.history.use, device.known_until)
        if note_stay(stay, at, was_used, span, device.since):
            for one in room.devices:
                self._miss(one, room, at)
        if before != (stay.since, stay.counted):
            self._changed.add(ROOM + room.id)

    def _miss(self, device: WatchedDevice, room: WatchedRoom, at: int) -> None:
        """Others saw a stay, and this one did not, although it was there and awake."""
        history, stay = device.history, room.history
        there = max(device.since, history.begun) <= stay.since and device.known_until > at
        if not there or SENSING.isdisjoint(device.device.evidence):
            return
        if history.use is not None and history.room != room.id:
            history.use = None
        if missed(history.use, stay):
            history.use, history.room = history.use or Use(0), room.id
            history.use.missed += 1
            self._touched.add(device.id)
            self._changed.add(device.id)


def _doubtful(device: WatchedDevice, use: Use) -> bool:
    """Has ``use`` seen people for so long that a device which does not is wrong?"""
    limit = device.limits.sensor_disagreement
    if limit is None or use.first is None or use.sure - use.first < limit.after * 1000:
        return False
    history = device.history
    return vacant_since(history.use, device.device.evidence, history.begun) is not None
