"""What devices tell of people in their room, as far as the rules need it (metrics.md 1).

Like ``rooms.evidence``, but carried on message by message. Times are ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from rooms.devicemodels import Evidence
from rooms.evidence import BRIDGE, counted
from rooms.faults.history import RoomHistory, Use
from rooms.readings import Value

SENSING: Final = frozenset({"motion", "presence", "count", "line"})  # sees people by itself
BRIDGED_MS: Final = BRIDGE + 60_000  # a message may come a little late
STAY_MS: Final = 2 * 60_000  # shorter ones are none (metrics.md 1)

OCCUPIED: Final = 1
IN_USE: Final = 2  # RoomOS: preferred to what else it says
PEOPLE: Final = 4
MOVING: Final = 8  # a motion sensor's "occupied": a trigger, not a state
_STEADY: Final[Mapping[Evidence, Mapping[str, int]]] = {
    "motion": {"occupied": MOVING},
    "presence": {"occupied": OCCUPIED, "room_in_use": IN_USE},
    "count": {"people": PEOPLE},
}
_TRIGGERS: Final = ("motion", "motion_count")

Span = tuple[int, int]


@cache
def _bits(evidence: tuple[Evidence, ...]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for kind in sorted(evidence):  # presence after motion: a state tells more than a trigger
        bits |= _STEADY.get(kind, {})
    return bits


def told(use: Use) -> int:
    """The bits that say in use and count."""
    return use.on & ~OCCUPIED if use.told & IN_USE else use.on


def note_use(
    use: Use,
    evidence: tuple[Evidence, ...],
    fields: Mapping[str, Value],
    at: int,
    *,
    anew: bool,
    vague: bool,
) -> None:
    """A message of ``at``. ``anew``: nothing is known of the time before it. ``vague``: it
    waited in a queue, so that nobody knows when it moved or since when it was occupied."""
    earlier, use.at = use.at, at
    anew = anew or vague
    before = told(use)
    moved = False
    bits = _bits(evidence)
    for name, value in fields.items():
        if not isinstance(value, float):
            continue
        bit = bits.get(name)
        if bit:
            moved |= bit == MOVING and (value > 0 or use.on & MOVING > 0) and not anew
            use.told |= bit
            use.on = use.on | bit if value > 0 else use.on & ~bit
        if name in _TRIGGERS and "motion" in evidence:
            moved |= value > 0
        elif name in ("in_total", "out_total") and "line" in evidence:
            moved |= _crossed(use, name, value)
        elif name == "in_call" and "call" in evidence:
            use.call = None if not value else at if use.call is None or anew else use.call
    after = told(use)
    if bool(after) != bool(before) or anew or not use.since:
        use.since = at
    if (moved or after & MOVING) and not vague:
        exact = bool(after & MOVING or fields.get("motion"))
        # a count is of all the time since the one before, should frames have been lost
        on_and_on = use.last == earlier and not (exact or anew)
        if use.last is None or (at - use.last > BRIDGED_MS and not on_and_on):
            use.first = at
        use.last = at
        use.sure = at if exact else earlier
    if (moved or after) and not vague:
        use.busy, use.missed = at, 0


def _crossed(use: Use, name: str, value: float) -> bool:
    old = use.into if name == "in_total" else use.out
    if name == "in_total":
        use.into = value
    else:
        use.out = value
    return old is not None and counted(old, value) > 0


def busy(use: Use | None, known_until: int) -> Span | None:
    """When it saw people, lately: from when to when at most, if nothing else is said."""
    if use is None:
        return None
    spans = []
    if told(use) & ~MOVING:
        spans.append((use.since, known_until))
    if use.first is not None and use.last is not None:
        spans.append((use.first, use.last + BRIDGED_MS))
    if not spans:
        return None
    return min(span[0] for span in spans), max(span[1] for span in spans)


def surely_until(use: Use, known_until: int) -> int:
    """Until when it has certainly seen people: what it says lasts, a trigger does not."""
    return known_until if told(use) & ~MOVING else use.sure


def in_use(use: Use | None, known_until: int) -> Span | None:
    """So too, with calls."""
    seen = busy(use, known_until)
    if use is None or use.call is None:
        return seen
    if seen is None or seen[1] <= use.call:
        return use.call, known_until
    return min(seen[0], use.call), max(seen[1], known_until)


def vacant_since(use: Use | None, evidence: tuple[Evidence, ...], begun: int) -> int | None:
    """Since when all that it sees by itself has been vacant; ``None``: it is not, or says nothing.

    A line never shows vacancy. A motion sensor says vacant ``BRIDGE`` after its last trigger.
    """
    if use is not None and told(use):
        return None
    since = None
    if "motion" in evidence:
        # messages that come late move the beginning back, and what they saw is not taken in
        from_ = begun if use is None else use.last or max(begun, use.since)
        since = from_ + BRIDGE
    if use is not None and use.told & ~MOVING:
        since = max(use.since, since or use.since)
    return since


def note_stay(room: RoomHistory, at: int, was_used: bool, span: Span | None, since: int) -> bool:
    """A device that stands in the room from ``since`` told at ``at`` of the use ``span``.

    Returns whether the stay has now lasted for so long that others must have seen it too.
    """
    if span is not None and span[1] > at and not was_used:
        room.since, room.counted = max(span[0], since), False
    elif not was_used:
        return False
    long = not room.counted and at - room.since >= STAY_MS
    room.counted |= long
    return long


def missed(use: Use | None, room: RoomHistory) -> bool:
    """Has a device seen nobody since the stay in its room began?"""
    return use is None or (not told(use) and (use.busy is None or use.busy < room.since))
