"""The walk test: which device reacts to the one who walks through the rooms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collector.fate import Fate, identify
from collector.incoming import Incoming
from collector.known import Known, public
from rooms.fold import Latest
from rooms.reactions import Reaction, notices, reactions
from rooms.readings import DecodeError, Partial
from rooms.registry import Registry

RECENT_MS = 10 * 60_000  # what a device dates earlier is no reaction to the one who walks now


class Step(NamedTuple):
    """A reaction; ``device`` is ``None`` for one that rooms.yaml does not know."""

    at: int
    device: str | None
    room: str | None
    reactions: list[Reaction]
    source: str
    address: str


class Walk:
    """Takes messages as they come; remembers what each device said last, and who reacted."""

    def __init__(self, known: Known, now: int) -> None:
        self._known = known
        self._latest: dict[tuple[str, str], Latest] = {}
        self.expected = expected(known.registry, now)
        self.reacted: set[str] = set()

    @property
    def missing(self) -> list[str]:
        return [id_ for id_ in self.expected if id_ not in self.reacted]

    def take(self, message: Incoming) -> Step | None:
        """The reaction that a message shows, if any; what cannot be read shows none."""
        if message.retain:
            return None
        fate = Fate()
        try:
            decoded = identify(self._known, message, fate)
        except DecodeError:
            return None
        registry, at = self._known.registry, message.time
        device = fate.device if fate.device in registry.devices else None
        latest = self._latest.setdefault((fate.source, decoded.address), Latest())
        found = [one for part in decoded.partials for one in self._of(part, latest, device, at)]
        if not found:
            return None
        if device is not None:
            self.reacted.add(device)
        room = None if device is None else registry.room_of(device, at)
        return Step(at, device, room, found, fate.source, decoded.address)

    def _of(self, part: Partial, latest: Latest, device: str | None, at: int) -> Iterator[Reaction]:
        told = at if part.time is None else part.time
        if at - told > RECENT_MS:
            return
        hidden = device is not None and self._known.hides_people(device, at)
        fields = public(part) if hidden else part.fields
        before = {name: value for name, (_, value) in latest.fields.items()}
        yield from reactions(before.get, part.kind, fields)
        latest.lay_over(part.kind, told, fields)


def expected(registry: Registry, now: int) -> list[str]:
    """The devices that can notice somebody, room by room; none of private rooms."""
    order = {room: place for place, room in enumerate(registry.rooms)}
    found = [
        (order.get(registry.room_of(id_, now) or "", len(order)), id_)
        for id_, entry in registry.devices.items()
        if notices(entry.evidence) and not registry.hides_people(id_, now)
    ]
    return [id_ for _, id_ in sorted(found)]
