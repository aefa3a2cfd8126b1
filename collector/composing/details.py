"""What a message on one fault says below its first line: label and value, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from collector.composing.facts import Fact
from collector.composing.names import own_name, room_name, site_name, where
from collector.composing.seen import Seen
from collector.composing.sentences import free, step
from rooms.devicemodels import MODELS
from rooms.texts import TEXTS, Language, text
from rooms.texts.plain import plain
from rooms.texts.times import clock, lasted
from rooms.units import HOUR_MS

Row = tuple[str, str]
_NAMED: Final = 5  # members and rooms by name, before they are only counted
_WORDS: Final = 500
_WORTH_TELLING: Final = HOUR_MS // 60


def rows(seen: Seen, told: Fact, language: Language) -> list[Row]:
    """``("Sedan", "08.55 (25 min)")``, for as much as there is to say."""
    found = {
        "where": _where(seen, told, language),
        "thing": _thing(seen, told, language),
        "since" if told.fault.open else "time": _since(seen, told, language),
        "first": step(seen, told.fault, language) if told.fault.open else "",
        "meeting": _meeting(seen, told, language),
        "free": free(seen, told, language),
        "cost" if told.fault.open else "cost_over": _cost(told, language),
        "members": _members(seen, told, language),
        "rooms": _several([room_name(seen, room, language) for room in told.rooms], language),
        "words": plain(told.words, _WORDS),
    }
    return [(text(language, f"alert.label.{name}"), said) for name, said in found.items() if said]


def _where(seen: Seen, told: Fact, language: Language) -> str:
    place, site = where(seen, told, language), told.fault.site
    if told.fault.room is None or site not in seen.registry.sites:
        return place
    return f"{place}, {site_name(seen, site, language)}"


def _thing(seen: Seen, told: Fact, language: Language) -> str:
    """What is broken by its own name, and what kind of device it is (of)."""
    return ", ".join(dict.fromkeys(_names(seen, told, language)))


def _names(seen: Seen, told: Fact, language: Language) -> Iterator[str]:
    fault = told.fault
    if fault.code == "peripheral_missing" and (name := fault.detail.partition(": ")[2]):
        yield plain(name)
    if (entry := seen.registry.devices.get(fault.subject)) is not None:
        model = f"board.model.{entry.device.model}"
        kind = text(language, model) if model in TEXTS else MODELS[entry.device.model].name
        yield f"{own_name(seen, fault.subject, language)} ({kind})"


def _since(seen: Seen, told: Fact, language: Language) -> str:
    zone, length = seen.zone_of(told.fault), lasted(told.stop - told.since, language)
    start = clock(told.since, seen.now, zone, language)
    if told.fault.open:
        return text(language, "alert.since", since=start, lasted=length)
    stop = clock(told.stop, seen.now, zone, language)
    return text(language, "alert.from_until", start=start, stop=stop, lasted=length)


def _meeting(seen: Seen, told: Fact, language: Language) -> str:
    if not told.hinders or not told.booked:
        return ""
    if told.meeting is None:
        next_one = text(language, "alert.no_meeting")
    else:
        zone = seen.zone_of(told.fault)
        start, stop = (clock(at, seen.now, zone, language) for at in told.meeting[1:3])
        running = told.meeting.start <= seen.now
        key = "alert.running" if running else "alert.span"
        next_one = text(language, key, start=start, stop=stop)
    if not told.meetings:
        return next_one
    key = f"alert.today.{'one' if told.meetings == 1 else 'many'}"
    return text(language, key, meeting=next_one, count=told.meetings)


def _cost(told: Fact, language: Language) -> str:
    if told.lost < _WORTH_TELLING:
        return ""
    key = "alert.cost" if told.fault.open else "alert.cost_over"
    return text(language, key, lost=lasted(told.lost, language))


def _members(seen: Seen, told: Fact, language: Language) -> str:
    return _several([own_name(seen, one, language) for one in told.fault.members], language)


def _several(names: list[str], language: Language) -> str:
    said = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return said
    return text(language, "alert.members_more", names=said, count=len(names) - _NAMED)
