"""What is to be told of a fault, before any words: read from the service's state and registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from collector.composing.free_room import free_room
from collector.composing.seen import Seen
from rooms.alerts.message import Entry
from rooms.alerts.replacement import Free, hinders
from rooms.attribution import Booking
from rooms.faults import Fault
from rooms.faults.cost import lost_ms
from rooms.faults.fault import Transition
from rooms.faults.finding import SEVERITIES

# new, come back, still there, nobody answered, got worse, over
How = Literal["new", "again", "still", "nobody", "worse", "over"]
_HOW: Final[dict[str, How]] = {
    "opened": "new",
    "reopened": "again",
    "released": "still",
    "reminder": "still",
}


class Fact(NamedTuple):
    """``since`` and ``stop`` (ms) bound its last time: a fault that came back has had several."""

    fault: Fault
    how: How
    since: int
    stop: int
    hinders: bool = False
    booked: bool = False  # is it known what is booked in the room?
    meeting: Booking | None = None  # running, or the next until the end of tomorrow
    meetings: int = 0  # in the room today
    free: Free | None = None
    lost: int = 0  # ms of opening hours
    rooms: Sequence[str] = ()  # those of its members
    words: str = ""  # of the one who reported it


def gather(seen: Seen, entries: Iterable[Entry]) -> list[Fact]:
    """The worst first; one that is kept no more is left out. What it says is as of now: a fault
    that was over before its message was sent is told as over."""
    found = {}
    for entry in entries:
        fault = seen.state.faults.get(entry.fault)
        if fault is not None:
            found[fault.id] = fact(seen, fault, entry)
    return sorted(found.values(), key=_worst_first)


def _worst_first(one: Fact) -> tuple[bool, int, bool, int, str, str, str]:
    """What is new before what is known."""
    return (
        one.how == "over",
        -SEVERITIES.index(one.fault.severity),
        one.how == "still",
        one.since,
        one.fault.room or "",
        one.fault.subject,
        one.fault.detail,
    )


def fact(seen: Seen, fault: Fault, entry: Entry) -> Fact:
    happened = seen.state.faults.transitions(fault.id)
    times = [
        (start, seen.now if stop is None else stop)
        for start, stop in seen.state.faults.times(fault.id)
    ]
    since, stop = times[-1] if times else (fault.since, fault.resolved or seen.now)
    lost = lost_ms(seen.registry, fault.code, fault.severity, fault.subject, times)
    rooms = dict.fromkeys(seen.registry.room_of(member, since) for member in fault.members)
    told = Fact(
        fault,
        _how(fault, entry, happened),
        since,
        stop,
        lost=lost,
        rooms=[room for room in rooms if room is not None],
        words=_words(fault, happened),
    )
    return _in_room(seen, told)


def _in_room(seen: Seen, told: Fact) -> Fact:
    fault = told.fault
    if fault.room not in seen.registry.rooms:
        return told
    site, room = seen.registry.rooms[fault.room]
    if seen.registry.private(room.id, seen.now):
        return told  # when one person is there is nobody's business
    meeting = next(iter(seen.bookings.get(room.id, ())), None)
    in_the_way = fault.open and hinders(fault)
    return told._replace(
        hinders=in_the_way,
        booked=room.id in seen.calendars or meeting is not None,
        meeting=meeting,
        meetings=len(seen.state.claims.bookings(room.id, *seen.today(site))),
        free=free_room(seen, fault, meeting) if in_the_way else None,
    )


def _how(fault: Fault, entry: Entry, happened: Sequence[Transition]) -> How:
    if not fault.open:
        return "over"
    if entry.event == "escalated":
        # a change of severity has no note; that nobody answered has one
        notes = [one.note for one in happened if one.kind == "escalated" and one.at <= entry.at]
        return "nobody" if notes and notes[-1] else "worse"
    return _HOW.get(entry.event, "again")  # resolved, and there again since


def _words(fault: Fault, happened: Sequence[Transition]) -> str:
    """What a person wrote who reported it, the last time that it opened."""
    if fault.code != "reported":
        return ""
    return next((o.note for o in reversed(happened) if o.kind in ("opened", "reopened")), "")
