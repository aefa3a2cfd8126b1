"""Hysteresis in one place: which findings stand, from what the rules hold at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rooms.faults.case import NEVER, Held
from rooms.faults.history import Open

Key = tuple[str, str]  # code and detail


def settle(
    standing: dict[Key, Open],
    held: Iterable[Held],
    now: int,
    clear_of: Callable[[str], int],
    may_open: Callable[[str], bool],
    ended: Callable[[str], int],
) -> tuple[int, bool]:
    """Bring ``standing`` up to ``now``; return when to look again if no message comes before,
    and whether anything in it changed. ``clear_of`` gives ms by code, ``ended`` since when
    one that does not hold has not."""
    again = NEVER
    holding: set[Key] = set()
    changed = False
    for finding, opens, until in held:
        if now < opens:
            again = min(again, opens)
        if now < until:
            again = min(again, until)
        if not opens <= now < until:
            continue
        key = finding.code, finding.detail
        one = standing.get(key)
        if one is None:
            if not may_open(finding.code):
                continue
            standing[key] = Open(*key, finding.severity, finding.since, members=finding.members)
            changed = True
        elif (one.gone, one.severity, one.members) != (None, finding.severity, finding.members):
            one.gone, one.severity, one.members = None, finding.severity, finding.members
            changed = True
        holding.add(key)
    for key in [key for key in standing if key not in holding]:
        one = standing[key]
        if one.gone is None:
            one.gone, changed = ended(one.code), True
        over = one.gone + clear_of(one.code)
        if over <= now:
            del standing[key]
            changed = True
        else:
            again = min(again, over)
    return again, changed
