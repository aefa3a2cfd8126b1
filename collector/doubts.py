"""Notices problems that come and go, and has their hours computed again (design 7): a device
that is doubted changes what is known, equipment that is broken what was lost."""

from __future__ import annotations

from typing import Final

from collector.news import Paddings
from rooms.faults import DISTRUSTING, Spell, distrust
from rooms.intervals import Intervals
from rooms.registry import Registry
from rooms.units import HOUR_MS
from storage.state import ServiceState

REACH_MS: Final = 48 * HOUR_MS  # more than the live state looks back
_KIND: Final = "spells"  # one row of ``state``: as they were last seen


class Doubts:
    """Part of the watch, in its thread."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._spells: set[Spell] = set()

    def look(self, registry: Registry, paddings: Paddings, now: int) -> None:
        """Take in the problems as they are now; inside the watch's transaction."""
        live = self._state.live
        self._spells = set(self._state.faults.spells(now - REACH_MS, now + 1))
        row = live.get(_KIND, "")
        before = {Spell(*spell) for spell in row.body["spells"]} if row else set()
        body = {"spells": sorted(self._spells, key=lambda spell: spell[:5])}
        live.put(_KIND, {"": body}, now, tell=False)
        for spell in self._spells - before:  # one that has closed is another than it was
            self._mark(registry, paddings, spell, now)

    def at(self, now: int) -> dict[str, Intervals]:
        """By device: when it was not to be believed, as far as the live state looks back."""
        return distrust(self._spells, now)

    def _mark(self, registry: Registry, paddings: Paddings, spell: Spell, now: int) -> None:
        """The spell's hours, for it may be told long after its onset; of a device that is
        doubted all hours that its readings matter to."""
        doubted = spell.code in DISTRUSTING
        back, forward = paddings.get(spell.subject, (0, 0)) if doubted else (0, 0)
        end = now if spell.stop is None else spell.stop
        for _, start, stop in registry.stays(spell.subject):
            first, last = max(start, spell.start), min(stop, end)
            room = registry.room_of(spell.subject, first)
            if first < last and room is not None:
                self._state.dirty.mark_time(room, [(first - forward, min(last + back, now) + 1)])
