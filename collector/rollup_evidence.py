"""Keeps what computed days are billed by beside the sums that it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rooms.registry import Registry
from rooms.roomday import RoomDay
from storage.state import ServiceState


def write_evidence(
    state: ServiceState, registry: Registry, computed: Sequence[tuple[str, Sequence[RoomDay]]]
) -> None:
    """Rewrite the evidence of rooms and their days; of days on which a room is private it goes.

    Call it once the store has the sums (``write_days``), and count the days as computed only
    after it: a kill in between leaves work to be done again.
    """
    state.evidence.put(
        (room, day.day, None if registry.rooms[room][1].private.at(day.day) else day.evidence)
        for room, days in computed
        for day in days
    )


def forget_private(state: ServiceState, registry: Registry, rooms: Iterable[str]) -> None:
    """Let go of the evidence of days on which the rooms are private by now, also of days that
    are too old to be computed again."""
    state.evidence.put(
        (room, day, None)
        for room in rooms
        for day in state.evidence.days(room)
        if registry.rooms[room][1].private.at(day)
    )
