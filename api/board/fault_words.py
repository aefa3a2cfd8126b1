"""What there is to say of a fault beside its text: where, why held, what it costs, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.board.numbers import duration
from api.fault_costs import lost_minutes
from api.faults import zone_of_fault
from api.maintenance import kept_windows
from api.parts import Parts
from api.snapshot import Snapshot
from api.words import problem_text, subject_name
from rooms.attribution import Booking
from rooms.faults import SERVICE, Fault
from rooms.faults.cost import is_costly
from rooms.texts import Language, text
from rooms.texts.times import clock


def where(now: Snapshot, fault: Fault, language: Language) -> str:
    """``Granen, Kamerasystem``: the room and the thing, as far as each is known."""
    thing = thing_of(now, fault, language)
    if fault.room is None or fault.room not in now.registry.rooms:
        return thing
    room = now.registry.rooms[fault.room][1].name.in_(language)
    return room if fault.subject == fault.room else f"{room}, {thing}"


def thing_of(now: Snapshot, fault: Fault, language: Language) -> str:
    if fault.subject == SERVICE:
        return "Rumskoll"
    return subject_name(now, fault.subject, language)


def held_because(parts: Parts, now: Snapshot, fault: Fault, language: Language) -> str:
    """Why its alerts are kept back, in words; "" if they are not."""
    why, _, id_ = fault.held.partition(":")
    if why == "window":
        windows = {kept.window.id: kept.window for kept in kept_windows(parts)}
        if id_ in windows:
            reason = windows[id_].reason.in_(language)
            return text(language, "faults.held.window", reason=reason)
        return text(language, "faults.held.window_gone")
    if why == "under" and (above := parts.state.faults.get(id_)) is not None:
        zone = zone_of_fault(now.registry, above)
        what = problem_text(above, now.now, zone, language)
        return text(language, "faults.held.under", what=f"{where(now, above, language)}: {what}")
    if why == "flapping":
        return text(language, "faults.held.flapping")
    return fault.held


def lost(parts: Parts, now: Snapshot, fault: Fault, language: Language) -> str:
    """Room-time in opening hours; "" where the room can be used all the same."""
    if not is_costly(fault.code, fault.severity):
        return ""
    minutes = lost_minutes(now.registry, fault, parts.state.faults.times(fault.id), now.now)
    return duration(minutes * 60, language)


def next_booking(
    now: Snapshot, fault: Fault, bookings: Mapping[str, Sequence[Booking]], language: Language
) -> str:
    """Of its room within a day: the one that runs, else the next; "" where none is known."""
    booking = next(iter(bookings.get(fault.room or "", ())), None)
    if booking is None:
        return ""
    zone = zone_of_fault(now.registry, fault)
    if booking.start <= now.now:
        stop = clock(booking.stop, now.now, zone, language)
        return text(language, "faults.meeting_now", time=stop)
    start = clock(booking.start, now.now, zone, language)
    return text(language, "faults.meeting", time=start)
