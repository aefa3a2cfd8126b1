"""History: what a window of time asks for, and how a room was used in it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from api import schemas
from api.parts import Parts
from api.problems import Problem
from api.words import moment
from rooms import METRICS_VERSION
from rooms.intervals import Intervals, subtract, union
from rooms.occupancy import Timeline, room_timeline
from rooms.registry.registry import midnight
from rooms.texts import Language, text
from storage.histories import device_histories, private_times

MOST_DAYS: Final = 31
_DAY_MS: Final = 86_400_000
_HOUR_MS: Final = 3_600_000
_YEARS: Final = range(2000, 2101)
_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class Window(NamedTuple):
    start: int  # ms, whole seconds, half-open
    stop: int


def window(
    start: str | None, end: str | None, now: int, zone: ZoneInfo, language: Language
) -> Window:
    """What was asked for, ending no later than now; without a start, from the local midnight
    before the end. Raises ``Problem`` 422 that names the field."""
    stop = now if end is None else min(_parse("end", end, language), now)
    if start is None:
        first = midnight(moment(stop - 1, zone).date(), zone)
    else:
        first = _parse("start", start, language)
    first, stop = first - first % 1000, stop - stop % 1000
    if start is not None and first >= now:
        raise _invalid("start", text(language, "api.field.future"))
    if first >= stop:
        raise _invalid("start", text(language, "api.field.order"))
    if stop - first > MOST_DAYS * _DAY_MS + _HOUR_MS:  # October has an hour more
        raise _invalid("start", text(language, "api.field.too_long", days=MOST_DAYS))
    return Window(first, stop)


def _parse(field: str, value: str, language: Language) -> int:
    """RFC 3339 with offset -> ms. A plus sign that came as a space is understood."""
    value = re.sub(r" (\d\d:\d\d)$", r"+\1", value)
    try:
        if _RFC3339.fullmatch(value) is None or int(value[:4]) not in _YEARS:
            raise ValueError
        return int(datetime.fromisoformat(value.upper()).timestamp() * 1000)
    except ValueError:
        message = text(language, "api.field.time", value=value[:80])
        raise _invalid(field, message) from None


def day_asked(value: str, language: Language) -> str:
    """``YYYY-MM-DD`` as it was written. Raises ``Problem`` 422."""
    try:
        if date.fromisoformat(value).isoformat() != value:
            raise ValueError
    except ValueError:
        raise _invalid("day", text(language, "api.field.day", value=value[:80])) from None
    return value


def _invalid(field: str, message: str) -> Problem:
    name = f"query.{field}"
    return Problem(422, "invalid", errors=[{"field": name, "message": message}], fields=name)


def occupancy(parts: Parts, room: str, asked: Window, *, devices: bool = True) -> schemas.Occupancy:
    """How the room was used in the window; without ``devices`` evidence does not name them.

    Raises ``StoreError``, ``KeyError``.
    """
    registry = parts.registry()
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    head = {
        "room": room,
        "start": moment(asked.start, zone),
        "end": moment(asked.stop, zone),
        "time_zone": site.timezone,
        "definition_version": METRICS_VERSION,
    }
    if union(private_times(registry, room, *asked)) == [tuple(asked)]:
        nothing: dict[str, object] = {"intervals": [], "people": [], "evidence": []}
        return schemas.Occupancy.model_validate(
            {**head, **nothing, "private": True, "settled_until": None, "totals": None}
        )
    histories = device_histories(parts.store, registry, room, *asked)
    timeline = room_timeline(histories, *asked, known_until=parts.clock())
    private = union(private_times(registry, room, timeline.start, timeline.stop))
    return schemas.Occupancy.model_validate(
        {
            **head,
            "end": moment(timeline.stop, zone),  # the second that holds "now" is told whole
            "private": False,
            "settled_until": moment(timeline.settled_until, zone),
            "intervals": _intervals(timeline, private, zone),
            "people": [
                {"start": moment(a, zone), "end": moment(b, zone), "people": count}
                for a, b, count in timeline.people
            ],
            "evidence": [
                {
                    "start": moment(item.start, zone),
                    "end": moment(item.stop, zone),
                    "device": item.device if devices else None,
                    "evidence": item.evidence,
                }
                for item in timeline.evidence
            ],
            "totals": totals(timeline),
        }
    )


def _intervals(timeline: Timeline, private: Intervals, zone: ZoneInfo) -> list[dict[str, object]]:
    stretches = [
        *((a, b, "private") for a, b in private),
        *((a, b, "occupied") for a, b in timeline.occupied),
        *((a, b, "vacant") for a, b in timeline.vacant),
        *((a, b, "unknown") for a, b in subtract(timeline.unknown, private)),
    ]
    return [
        {
            "start": moment(a, zone),
            "end": moment(b, zone),
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
