"""Times, problems and reasons in plain words, for the API and the board alike."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from api.snapshot import Snapshot
from rooms.faults import SOURCE, Fault
from rooms.faults import problem_text as words_of
from rooms.registry import SourceDevice
from rooms.texts import TEXTS, Language, text
from rooms.texts.times import clock


def problem_text(problem: Fault, now: int, zone: ZoneInfo, language: Language) -> str:
    """One sentence: what is wrong, since when."""
    since = clock(problem.there_since, now, zone, language)
    return words_of(language, problem.code, problem.detail, since).strip()


def model_name(device: SourceDevice, language: Language) -> str:
    """What a device is: makers' names are the same everywhere, plain words are not."""
    key = f"board.model.{device.device.model}"
    return text(language, key) if key in TEXTS else device.model.name


def subject_name(now: Snapshot, subject: str, language: Language) -> str:
    """What people call a problem's device, room or source; its id where it has no name."""
    if entry := now.registry.devices.get(subject):
        return subject if entry.device.name is None else entry.device.name.in_(language)
    if placed := now.registry.rooms.get(subject):
        return placed[1].name.in_(language)
    if subject.startswith(SOURCE):
        return text(language, "faults.source", source=subject.removeprefix(SOURCE))
    return subject


def zone_of(now: Snapshot, room: str | None) -> ZoneInfo:
    """The zone of a room's site; for what has no room, of the first site."""
    if room is not None:
        return now.registry.zone(now.registry.rooms[room][0].id)
    return now.registry.zone(next(iter(now.registry.sites)))


def unknown_reason(now: Snapshot, room: str, language: Language) -> str:
    """Why nobody can say whether the room is occupied."""
    zone = zone_of(now, room)
    if not now.current:
        if now.heartbeat is None:
            return text(language, "board.never_collected")
        return text(language, "board.stopped", since=clock(now.heartbeat, now.now, zone, language))
    sensors = presence_devices(now, room)
    if not sensors:
        return text(language, "board.no_sensor")
    one = "one" if len(sensors) == 1 else "many"
    heard = [at for id_ in sensors if (at := last_heard(now, id_)) is not None]
    if not heard:
        return text(language, f"board.never_heard.{one}")
    if any(
        now.now - at < now.registry.devices[id_].known_for_ms for id_, at in _pairs(now, sensors)
    ):
        return text(language, f"board.unclear.{one}")
    since = clock(max(heard), now.now, zone, language)
    return text(language, f"board.not_heard.{one}", since=since)


def presence_devices(now: Snapshot, room: str) -> list[str]:
    """Those in the room that can show that nobody is there."""
    return [
        id_
        for placed in now.registry.devices_in(room, now.now, now.now + 1)
        if {"motion", "presence", "count"}.intersection(placed.device.evidence)
        for id_ in (placed.device.device.id,)
    ]


def last_heard(now: Snapshot, device: str) -> int | None:
    row = now.devices.get(device)
    return None if row is None else row.body["heard"]


def _pairs(now: Snapshot, devices: Iterable[str]) -> list[tuple[str, int]]:
    return [(id_, at) for id_ in devices if (at := last_heard(now, id_)) is not None]
