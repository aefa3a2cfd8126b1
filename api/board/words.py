"""What stands on a room's tile and in the summary, in plain words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from babel.numbers import format_decimal

from api import schemas
from api.snapshot import Snapshot
from api.views import problem_views, room_view
from api.words import unknown_reason, zone_of
from rooms.texts import Language, text
from rooms.texts.times import clock, moment

GOOD_PPM: Final = 1000  # under this an air alarm would clear (design 7)
BAD_PPM: Final = 1200  # over this it would open

Icon = Literal["people", "seats", "air", "temperature", "call", "camera"]


class Fact(NamedTuple):
    icon: Icon
    words: str
    tone: Literal["", "good", "fair", "bad"] = ""


class Tile(NamedTuple):
    room: schemas.Room
    look: str  # occupied, provisional, vacant, unknown, private: style and shape
    word: str  # the state
    note: str  # since when, or why it is unknown
    facts: list[Fact]


class Summary(NamedTuple):
    words: str
    stopped: str  # said when nothing is being collected, else empty
    problems: list[schemas.Problem]  # those of no room


def tile(now: Snapshot, id_: str, language: Language) -> Tile:
    room = room_view(now, id_, language)
    look = "provisional" if room.state == "occupied" and room.provisional else room.state
    return Tile(
        room,
        look,
        _word(now, room, language),
        _note(now, room, language),
        _facts(now, room, language),
    )


def _word(now: Snapshot, room: schemas.Room, language: Language) -> str:
    """The state; of a free room also until when, as far as the calendar tells."""
    key, at = f"state.{room.state}", None
    if room.state == "vacant":
        starts, today = room.next_booking, moment(now.now, zone_of(now, room.id)).date()
        if room.booked_until:
            key, at = "board.vacant.booked", room.booked_until
        elif starts and starts.date() == today:
            key, at = "board.vacant.until", starts
    return text(language, key, time=at and _at(now, room, at, language))


def _note(now: Snapshot, room: schemas.Room, language: Language) -> str:
    if room.state == "private":
        return text(language, "board.private")
    if room.reason is not None:
        return room.reason
    if room.since is None:
        return ""
    since = _at(now, room, room.since, language)
    key = "board.since_provisional" if room.provisional else "board.since"
    return text(language, key, since=since)


def _at(now: Snapshot, room: schemas.Room, time: datetime, language: Language) -> str:
    return clock(round(time.timestamp() * 1000), now.now, zone_of(now, room.id), language)


def _facts(now: Snapshot, room: schemas.Room, language: Language) -> list[Fact]:
    facts = [_people(room, language)]
    if room.in_call:
        facts.append(Fact("call", text(language, "board.call")))
    if room.climate is not None and room.climate.co2_ppm is not None:
        facts.append(_air(room.climate.co2_ppm, language))
    if room.climate is not None and room.climate.temperature_c is not None:
        degrees = format_decimal(room.climate.temperature_c, "0.0", locale=language)
        facts.append(Fact("temperature", text(language, "board.temperature", degrees=degrees)))
    if camera_unwatched(now, room.id):
        facts.append(Fact("camera", text(language, "board.camera_unwatched")))
    return facts


def _people(room: schemas.Room, language: Language) -> Fact:
    if not room.people or room.state != "occupied":  # a counter that sees nobody is no news
        seats = "one" if room.capacity == 1 else "many"
        return Fact("seats", text(language, f"board.seats.{seats}", capacity=room.capacity))
    form = "one" if room.people == 1 else "many"
    words = text(language, f"board.people.{form}", count=room.people, capacity=room.capacity)
    return Fact("people", words)


def _air(ppm: float, language: Language) -> Fact:
    tone: Literal["good", "fair", "bad"]
    tone = "good" if ppm < GOOD_PPM else "fair" if ppm <= BAD_PPM else "bad"
    return Fact("air", text(language, f"board.air.{tone}", ppm=round(ppm)), tone)


def camera_unwatched(now: Snapshot, room: str) -> bool:
    """Video equipment stands here, and nothing tells whether its camera is there."""
    codecs = [
        placed.device.device.id
        for placed in now.registry.devices_in(room, now.now, now.now + 1)
        if placed.device.model.family == "vc"
    ]
    return bool(codecs) and not any(_tells_of_camera(now, id_) for id_ in codecs)


def _tells_of_camera(now: Snapshot, device: str) -> bool:
    row = now.devices.get(device)
    reading = None if row is None else row.body.get("latest", {}).get("equipment.peripherals")
    if reading is None:
        return False
    try:
        listed = json.loads(reading[1])
    except (TypeError, ValueError):
        return False
    return any(
        isinstance(item, dict) and str(item.get("type", "")).lower() == "camera" for item in listed
    )


def summary(now: Snapshot, language: Language) -> Summary:
    rooms = [room_view(now, id_, language) for id_ in now.registry.rooms]
    shared = [room for room in rooms if room.state != "private"]
    elsewhere = problem_views(now, now.problems_elsewhere(), zone_of(now, None), language)
    sentences = [*_states(shared, language), _count("problems", len(now.problems), language)]
    stopped = "" if now.current else unknown_reason(now, next(iter(now.registry.rooms)), language)
    return Summary(" ".join(filter(None, sentences)), stopped, elsewhere)


def _states(rooms: Sequence[schemas.Room], language: Language) -> list[str]:
    count = Counter(room.state for room in rooms)
    total = len(rooms)
    if total and count["vacant"] == total:
        return [text(language, "board.sum.vacant.all", total=total)]
    if total and count["unknown"] == total:
        return [text(language, "board.sum.unknown.all")]
    occupied = count["occupied"]
    form = "none" if not occupied else "one" if occupied == 1 else "many"
    first = text(language, f"board.sum.occupied.{form}", occupied=occupied, total=total)
    return [first, _count("unknown", count["unknown"], language) if count["unknown"] else ""]


def _count(what: str, count: int, language: Language) -> str:
    form = "none" if not count else "one" if count == 1 else "many"
    return text(language, f"board.sum.{what}.{form}", count=count)
