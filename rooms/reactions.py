"""That a device reacts to somebody walking by: what the walk test of the first day looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, NamedTuple

from rooms.devicemodels import Evidence
from rooms.readings import Value
from rooms.texts import Language, text

What = Literal["motion", "presence", "people", "in", "out", "call"]
Before = Callable[[str], Value | None]
"""The newest value of ``kind.field`` before the message, ``None`` where none is known."""


class Reaction(NamedTuple):
    """``number``: movements, people now, or how many went in or out; 1 where none is told."""

    what: What
    number: int = 1


NOTICING: Final = ("presence", "equipment")  # the kinds that may hold a reaction
_TURNS_ON: Final[Mapping[str, What]] = {
    "presence.occupied": "presence",
    "equipment.room_in_use": "presence",
    "equipment.in_call": "call",
}
_PASSAGES: Final[Mapping[str, What]] = {"presence.in_total": "in", "presence.out_total": "out"}


def notices(evidence: Iterable[Evidence]) -> bool:
    """Can a device with this evidence notice somebody who walks by? A call takes more than that."""
    return any(kind != "call" for kind in evidence)


def reactions(before: Before, kind: str, fields: Mapping[str, Value]) -> list[Reaction]:
    """What in a message shows that its device noticed somebody just now.

    Movement reacts each time. What lasts (somebody is there, a call, so many people) reacts
    when it changes, or it would react as long as it lasts; counters by their difference, and
    not where they begin anew.
    """
    found: list[Reaction] = []
    for name, value in fields.items():
        if isinstance(value, str):
            continue
        field, old = f"{kind}.{name}", before(f"{kind}.{name}")
        if field == "presence.motion" and value:
            found.append(Reaction("motion"))
        elif field == "presence.motion_count" and value:
            found.append(Reaction("motion", int(value)))
        elif name == "people" and value != (old or 0.0):
            found.append(Reaction("people", int(value)))
        elif field in _TURNS_ON and value and not old:
            found.append(Reaction(_TURNS_ON[field]))
        elif field in _PASSAGES and old is not None and value > float(old):
            found.append(Reaction(_PASSAGES[field], int(value - float(old))))
    return found


def said(language: Language, reaction: Reaction, *, pir: bool = False) -> str:
    """``rörelse``, ``3 personer``, ``2 in``; ``pir``: what it calls presence is movement."""
    what, number = reaction
    if what == "presence" and pir:
        what = "motion"
    form = "" if what in {"presence", "call"} else ".one" if number == 1 else ".many"
    return text(language, f"walk.{what}{form}", count=number)
