"""A month of bad luck, seeded: each mishap gets a time of its own, with room to be judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from devices.simulator.calendar import Interval, day_bounds, open_spans
from devices.simulator.generate import Setting
from devices.simulator.mishap_drafts import Draft, drafts
from devices.simulator.mishap_known import House, by_chance
from devices.simulator.mishaps import Mishap
from rooms.registry.registry import Registry

_APART: Final = 6 * 3_600_000  # between two mishaps of one device
_TRIES: Final = 300


def plan_mishaps(registry: Registry, setting: Setting, start: int, stop: int) -> list[Mishap]:
    """Mishaps of ``[start, stop)`` for every site, in order of time.

    What finds no time of its own in a short period is left out.
    """
    found: list[Mishap] = []
    for site in registry.sites.values():
        house = House(registry, site, setting, start, stop)
        taken: dict[str, list[Interval]] = defaultdict(list)
        for own in by_chance(house):
            taken[own.target].append((own.start, own.stop))
        found += _placed(house, taken)
    return sorted(found, key=lambda mishap: (mishap.start, mishap))


def _placed(house: House, taken: dict[str, list[Interval]]) -> Iterator[Mishap]:
    rng = Random(f"{house.setting.seed}/{house.site.id}/mishaps")
    for draft in drafts(house, rng):
        for _ in range(_TRIES):
            at = _time(house, draft, rng)
            stop = at + draft.lasts
            wide = at - _APART, stop + _APART
            clash = any(
                wide[0] < b and a < wide[1] for device in draft.on for a, b in taken[device]
            )
            # what is left of the day before and after belongs to the story
            if house.start + _APART <= at and stop + _APART <= house.stop and not clash:
                for device in draft.on:
                    taken[device].append((at, stop))
                yield Mishap(draft.kind, draft.target, at, stop, draft.detail)
                break


def _time(house: House, draft: Draft, rng: Random) -> int:
    at = rng.randrange(house.start, house.stop) // 1000 * 1000
    if not draft.whole_days:
        return at
    zone = house.registry.zone(house.site.id)
    day = datetime.fromtimestamp(at / 1000, zone).date()
    while not open_spans(house.site, day):
        day += timedelta(days=1)
    return day_bounds(day, zone)[0]
