"""What people report from a room: one fault for each kind of thing, however many report it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rooms.faults.fault import Change, Fault
from rooms.faults.finding import Finding
from rooms.faults.lifecycle import Latest, Place_of, act, advance, never, nowhere

REPORTED: Final = "reported"
REPORTER: Final = "report"  # who did it: nobody who could be named
# what may be reported; the words that people read are in rooms.texts.report
THINGS: Final = ("picture", "sound", "screen", "cables", "air", "other")
LONGEST: Final = 500  # characters of words


def one_line(words: str) -> str:
    """Words of strangers as one line without control characters, which reads left to right."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def report(
    known: Iterable[Fault],
    room: str,
    thing: str,
    words: str,
    now: int,
    place_of: Place_of = nowhere,
    latest: Latest = never,
) -> Change:
    """It opens (again) with these words as its note; one that is open gets them as a comment,
    and without words nothing is added. ``known`` and ``latest`` as in ``advance``."""
    finding = Finding(REPORTED, room, thing, "warning", now)
    same = [fault for fault in known if fault.key == finding.key]
    for fault in same:
        if fault.open:
            return act(fault, "commented", now, REPORTER, words) if words else Change(fault, None)
    (change,) = advance(same, [finding], now, place_of, latest)
    assert change.transition is not None
    return change._replace(transition=change.transition._replace(who=REPORTER, note=words))
