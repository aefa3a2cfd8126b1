"""The sentence that says all of one fault: what, where, since when, what it hinders, what to do.

``Granen: kameran borta sedan 08.55. Möte 09.00. Kontrollera USB-kabeln. Tallen är ledig till
11.00.``
"""

from __future__ import annotations

from typing import Final, NamedTuple

from collector.composing.facts import Fact, How
from collector.composing.names import LONGEST, own_name, room_name, thing, where
from collector.composing.seen import Seen
from rooms.faults import Fault
from rooms.faults.finding import SOURCE
from rooms.faults.words import first_of, first_step, what_key
from rooms.texts import Language, text
from rooms.texts.plain import plain
from rooms.texts.times import clock, lasted

SUBJECT: Final = 120  # characters
LINE: Final = 300
_STILL: Final[tuple[How, ...]] = ("still", "nobody", "worse")


class Sentence(NamedTuple):
    """In the order in which it is read; "" for what there is nothing to say about."""

    what: str
    urgency: str = ""
    meeting: str = ""
    first: str = ""
    free: str = ""

    def __str__(self) -> str:
        return plain(" ".join(piece for piece in self if piece), LINE)

    @property
    def subject(self) -> str:
        """Without the advice if that is too long, then without the room and the meeting."""
        short = self
        for spare in ("first", "free", "meeting"):
            if len(str(short)) > SUBJECT:
                short = short._replace(**{spare: ""})
        return plain(str(short), SUBJECT)


def sentence(seen: Seen, told: Fact, language: Language, *, named: bool = False) -> Sentence:
    """``named`` where several things are listed and two cameras must be told apart."""
    fault, zone = told.fault, seen.zone_of(told.fault)
    place, over = where(seen, told, language), told.how == "over"
    what = phrase(seen, fault, told.how, language, named=named)
    if over:
        length = lasted(told.stop - told.since, language)
        return Sentence(
            _ended(text(language, "alert.closed", where=place, what=what, lasted=length))
        )
    since = clock(told.since, seen.now, zone, language)
    frame = first_of([f"alert.open.{fault.code}", "alert.open"])
    urgent = f"alert.{told.how}" if told.how in ("nobody", "worse") else ""
    return Sentence(
        _ended(text(language, frame, where=place, what=what, since=since)),
        _ended(text(language, urgent)) if urgent else "",
        _ended(meeting(seen, told, language)) if told.hinders else "",
        step(seen, fault, language),
        _ended(free(seen, told, language)),
    )


def phrase(seen: Seen, fault: Fault, how: How, language: Language, *, named: bool = False) -> str:
    """``kameran fortfarande borta``."""
    code, _, inner = fault.detail.partition(": ")
    problem = ""
    if fault.code == "flapping":
        problem = phrase(seen, fault._replace(code=code, detail=inner), how, language)
    detail, name = _said(seen, fault, language)
    stem = "alert.over" if how == "over" else "alert.what"
    key = what_key(stem, fault.code, detail, model_of(seen, fault))
    return text(
        language,
        key,
        device=thing(seen, fault.subject, language),
        name=name,
        which=text(language, "alert.which", name=name) if named and name else "",
        count=len(fault.members),
        problem=problem,
        still=text(language, "alert.still") if how in _STILL else "",
        again=text(language, "alert.again") if how == "again" else "",
    )


def _said(seen: Seen, fault: Fault, language: Language) -> tuple[str, str]:
    """The word by which a text is found, and the name that it names."""
    word, _, name = fault.detail.partition(": ")
    if fault.code == "source_silent":
        source = fault.subject.removeprefix(SOURCE)
        return ("gateway" if fault.detail else ""), plain(fault.detail or source, LONGEST)
    if fault.code == "alert_undeliverable":  # "anna email", or "email" for everybody
        person = fault.detail.rpartition(" ")[0]
        return ("person" if person else ""), plain(person, LONGEST)
    if fault.code == "sensor_disagreement":
        return fault.detail, own_name(seen, fault.detail, language)
    if fault.code in ("equipment_error", "equipment_warning"):
        return fault.detail or "other", plain(fault.detail, LONGEST).rstrip(".")
    return word, plain(name, LONGEST)


def model_of(seen: Seen, fault: Fault) -> str | None:
    entry = seen.registry.devices.get(fault.subject)
    return None if entry is None else entry.device.model


def step(seen: Seen, fault: Fault, language: Language) -> str:
    detail, source = fault.detail, seen.registry.sources.get(fault.subject.removeprefix(SOURCE))
    if fault.code == "source_silent" and source is not None:
        detail = source[1].decoder  # what there is between it and its devices
    return first_step(language, fault.code, detail, model_of(seen, fault))


def meeting(seen: Seen, told: Fact, language: Language) -> str:
    if told.meeting is None:
        return ""
    zone = seen.zone_of(told.fault)
    if told.meeting.start <= seen.now:
        stop = clock(told.meeting.stop, seen.now, zone, language)
        return text(language, "alert.meeting_now", time=stop)
    start = clock(told.meeting.start, seen.now, zone, language)
    return text(language, "alert.meeting", time=start)


def free(seen: Seen, told: Fact, language: Language) -> str:
    if told.free is None:
        return ""
    until = clock(told.free.until, seen.now, seen.zone_of(told.fault), language)
    name = room_name(seen, told.free.room, language)
    return text(language, "alert.free", room=name, time=until)


def _ended(said: str) -> str:
    return said if not said or said.endswith((".", "…")) else f"{said}."
