"""What comes and goes again and again: one fault, the single ones are held back (design 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Final

from rooms.faults.fault import Fault, Transition
from rooms.faults.finding import Finding, Key
from rooms.registry.fault_limits import Flapping

FLAPPING: Final = "flapping"
_TURNS: Final = ("opened", "reopened", "resolved")
_UNDER: Final = "under:"


def flapping(
    happened: Iterable[tuple[Fault, Transition]],
    limits_of: Callable[[Fault], Flapping | None],
    open_keys: Collection[Key],
    now: int,
) -> list[Finding]:
    """Subjects whose fault of one code and detail was opened or resolved too often of late.

    ``happened`` covers ``Flapping.within`` before ``now`` at least, in order; ``limits_of`` gives
    ``None`` where the rule is off; ``open_keys`` are those of the flapping faults that are open:
    they clear at half as many changes, or they would flap themselves. What is held under
    another fault, as devices are under their gateway, does not flap of its own accord.
    """
    turns: defaultdict[Key, list[int]] = defaultdict(list)
    faults: dict[Key, Fault] = {}
    held = set[Key]()
    for fault, one in happened:
        if one.held.startswith(_UNDER):
            held.add(fault.key)
        if one.kind in _TURNS and not one.who and fault.code != FLAPPING:
            turns[fault.key].append(one.at)
            faults[fault.key] = fault
    found = []
    for key, times in turns.items():
        limits = limits_of(faults[key])
        if limits is None or key in held:
            continue
        recent = [at for at in times if now - limits.within * 1000 < at <= now]
        mine = key_of(key)
        most = limits.changes // 2 if mine in open_keys else limits.changes
        if len(recent) > most:
            found.append(Finding(*mine, "warning", min(recent)))
    return found


def key_of(key: Key) -> Key:
    """Of the flapping fault that stands for one that comes and goes."""
    code, subject, detail = key
    return (FLAPPING, subject, f"{code}: {detail}" if detail else code)
