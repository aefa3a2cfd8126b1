"""History: what a window of time asks for, and how a room was used in it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from api import schemas
from api.asked import invalid, time_asked
from api.parts import Parts
from rooms import METRICS_VERSION
from rooms.faults import distrust
from rooms.intervals import Intervals, subtract, union
from rooms.occupancy import Timeline, room_timeline
from rooms.registry import Registry
from rooms.registry.registry import midnight
from rooms.texts import Language, text
from rooms.texts.times import moment
from rooms.units import DAY_MS, HOUR_MS
from storage.histories import device_histories, private_times
from storage.roomdays import room_padding

MOST_DAYS: Final = 31


class Window(NamedTuple):
    start: int  # ms, whole seconds, half-open
    stop: int


def window(
    start: str | None, end: str | None, now: int, zone: ZoneInfo, language: Language
) -> Window:
    """What was asked for, ending no later than now; without a start, from the local midnight
    before the end. Raises ``Problem`` 422 that names the field."""
    stop = now if end is None else min(time_asked("end", end, language), now)
    if start is None:
        first = midnight(moment(stop - 1, zone).date(), zone)
    else:
        first = time_asked("start", start, language)
    first, stop = first - first % 1000, stop - stop % 1000
    if start is not None and first >= now:
        raise invalid("start", text(language, "api.field.future"))
    if first >= stop:
        raise invalid("start", text(language, "api.field.order"))
    if stop - first > MOST_DAYS * DAY_MS + HOUR_MS:  # October has an hour more
        raise invalid("start", text(language, "api.field.days", days=MOST_DAYS))
    return Window(first, stop)


def occupancy(parts: Parts, room: str, asked: Window, *, devices: bool = True) -> schemas.Occupancy:
    """How the room was used in the window; without ``devices`` evidence does not name them.

    Raises ``StoreError``, ``KeyError``.
    """
    registry = parts.registry()
    private = private_answer(registry, room, asked)
    if private is not None:
        return schemas.Occupancy.model_validate(private)
    timeline = timeline_of(parts, registry, room, asked)
    return schemas.Occupancy.model_validate(told(registry, room, timeline, devices=devices))


def timeline_of(parts: Parts, registry: Registry, room: str, asked: Window) -> Timeline:
    """The room's states as the readings show them up to now. Raises ``StoreError``."""
    now = parts.clock()
    back, forward = room_padding(registry, room)
    spells = parts.state.faults.spells(asked.start - back, asked.stop + forward)
    distrusted = distrust(spells, now)
    histories = device_histories(parts.store, registry, room, *asked, distrusted=distrusted)
    return room_timeline(histories, *asked, known_until=now)


def _head(registry: Registry, room: str, start: int, stop: int) -> dict[str, Any]:
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    return {
        "room": room,
        "start": moment(start, zone),
        "end": moment(stop, zone),
        "time_zone": site.timezone,
        "definition_version": METRICS_VERSION,
    }


def private_answer(registry: Registry, room: str, asked: Window) -> dict[str, Any] | None:
    """The empty answer about a room that is private in the whole window; else ``None``."""
    if union(private_times(registry, room, *asked)) != [tuple(asked)]:
        return None
    nothing: dict[str, Any] = {"intervals": [], "people": [], "evidence": []}
    hidden: dict[str, Any] = {"private": True, "settled_until": None, "totals": None}
    return _head(registry, room, *asked) | nothing | hidden


def told(registry: Registry, room: str, timeline: Timeline, *, devices: bool) -> dict[str, Any]:
    """A timeline as the bodies tell it."""
    zone = registry.zone(registry.rooms[room][0].id)
    private = union(private_times(registry, room, timeline.start, timeline.stop))
    return {
        # to the end of the timeline: the second that holds "now" is told whole
        **_head(registry, room, timeline.start, timeline.stop),
        "private": False,
        "settled_until": moment(timeline.settled_until, zone),
        "intervals": _intervals(timeline, private, zone),
        "people": [{**edges(a, b, zone), "people": count} for a, b, count in timeline.people],
        "evidence": [
            {
                **edges(item.start, item.stop, zone),
                "device": item.device if devices else None,
                "evidence": item.evidence,
            }
            for item in timeline.evidence
        ],
        "totals": totals(timeline),
    }


def edges(start: int, stop: int, zone: ZoneInfo) -> dict[str, Any]:
    return {"start": moment(start, zone), "end": moment(stop, zone)}


def _intervals(timeline: Timeline, private: Intervals, zone: ZoneInfo) -> list[dict[str, object]]:
    stretches = [
        *((a, b, "private") for a, b in private),
        *((a, b, "occupied") for a, b in timeline.occupied),
        *((a, b, "vacant") for a, b in timeline.vacant),
        *((a, b, "unknown") for a, b in subtract(timeline.unknown, private)),
    ]
    return [
        {
            **edges(a, b, zone),
            "state": state,
            "provisional": state != "private" and b > timeline.settled_until,
        }
        for a, b, state in sorted(stretches)
    ]


def totals(timeline: Timeline) -> schemas.Totals:
    """Sums of whole seconds; shares with bounds as metrics 2 defines them."""
    whole = (timeline.stop - timeline.start) // 1000
    occupied = sum(b - a for a, b in timeline.occupied) // 1000
    unknown = sum(b - a for a, b in timeline.unknown) // 1000
    known = whole - unknown
    return schemas.Totals(
        window_s=whole,
        known_s=known,
        unknown_s=unknown,
        occupied_s=occupied,
        vacant_s=known - occupied,
        share=occupied / known if known else None,
        share_lowest=occupied / whole,
        share_highest=(occupied + unknown) / whole,
        coverage=known / whole,
    )
