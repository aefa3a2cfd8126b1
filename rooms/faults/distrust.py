"""When a sensor was not to be believed (metrics.md 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rooms.intervals import Intervals, union
from rooms.spell import Spell

DISTRUSTING: Final = ("sensor_stuck", "decode_failing")
_SECOND: Final = 1000


def distrust(spells: Iterable[Spell], now: int) -> dict[str, Intervals]:
    """By device: when a problem that makes it untrustworthy was open.

    One that is open reaches to the end of the second of ``now``, as occupancy does.
    """
    found: dict[str, Intervals] = {}
    for spell in spells:
        if spell.code in DISTRUSTING:
            stop = now - now % _SECOND + _SECOND if spell.stop is None else spell.stop
            found.setdefault(spell.subject, []).append((spell.start, stop))
    return {device: union(times) for device, times in found.items()}
