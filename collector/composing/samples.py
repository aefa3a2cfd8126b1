"""What messages look like, shown on a device of the site on which nothing is wrong."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from collector.composing.facts import Fact, fact
from collector.composing.seen import Seen
from rooms.alerts.message import AlertKind, Entry, Event
from rooms.faults import Fault, Finding
from rooms.units import DAY_MS, HOUR_MS

Sample = Literal["opened", "reminder", "resolved", "digest", "room_check"]
SAMPLES: Final[tuple[Sample, ...]] = get_args(Sample)

_NOBODYS: Final = ""  # the id of a fault that is stored nowhere


class _Shape(NamedTuple):
    kind: AlertKind
    event: Event
    age: int  # ms


_SHAPES: Final[dict[Sample, _Shape]] = {
    "opened": _Shape("faults", "opened", HOUR_MS // 12),
    "reminder": _Shape("faults", "reminder", DAY_MS),
    "resolved": _Shape("faults", "resolved", HOUR_MS // 2),
    "digest": _Shape("digest", "opened", HOUR_MS * 8),
    "room_check": _Shape("room_check", "opened", HOUR_MS * 8),
}


def sample_of(seen: Seen, which: Sample) -> tuple[AlertKind, Fact]:
    kind, event, age = _SHAPES[which]
    finding = _finding(seen, which)._replace(since=seen.now - age)
    place = seen.registry.place_of(finding.subject, seen.now)
    shown = Fault(
        _NOBODYS,
        *finding.key,
        finding.severity,
        finding.since,
        seen.home.id,
        place.room,
        opened=finding.since,
        resolved=seen.now if event == "resolved" else None,
    )
    return kind, fact(seen, shown, Entry(_NOBODYS, event, seen.now))


def _finding(seen: Seen, which: Sample) -> Finding:
    """A missing camera, in the morning a low battery; what comes closest in the site."""
    if which == "digest" and (sensor := _placed(seen, "sensor")):
        return Finding("battery_low", sensor, "", "warning", 0)
    if vc := _placed(seen, "vc"):
        return Finding("peripheral_missing", vc, "camera", "error", 0)
    return Finding("reported", seen.home.rooms[0].id, "screen", "warning", 0)


def _placed(seen: Seen, family: str) -> str | None:
    """The first device of a family that stands in a room of the site."""
    for device in seen.home.devices:
        entry = seen.registry.devices[device.id]
        if entry.model.family == family and seen.registry.room_of(device.id, seen.now):
            return device.id
    return None
