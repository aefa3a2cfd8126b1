"""What video-conferencing systems, displays and panels report, and what breaks now and then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from devices.simulator.calendar import Interval
from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.mishaps import DIAGNOSTICS, Kind, Mishap
from devices.simulator.people import inside, merge
from devices.simulator.sensors import sensed_presence

_HOUR = 3_600_000
_AWAKE_MS = 5 * 60_000  # systems stay awake for so long after the last person
_UNPLUGGED = 0.04  # chance per system and open day
_DISPLAY_ERROR = 0.03
_CHECKS_IN = 0.5  # per visit, where there is a panel
_CHECKS_OUT = 0.3  # of those
_PARTS = (
    ("camera-1", "Camera", "camera"),
    ("mic-1", "Table microphone", "microphone"),
    ("touch-1", "Touch panel", "touch_panel"),
)
_TROUBLES: tuple[Kind, ...] = ("unplugged", "error", "warning")
_FLAGS: tuple[Kind, ...] = ("flag_error", "flag_warning")
_DISPLAY_FLAGS = ("fan", "lamp", "temperature", "cover", "filter", "other")


def equipment_reports(day: DeviceDay) -> Iterator[Report]:
    """All reports of the day, in order, by the model's family."""
    reports = {"vc": _vc, "display": _display, "panel": _panel}[day.entry.model.family]
    return reports(day)


def calls(day: DeviceDay) -> list[Interval]:
    """Video calls: from a minute after somebody came until the last one goes."""
    held = [
        (max(visit.start, min(a for a, _ in visit.stays)) + 60_000, visit.last_out - 20_000)
        for visit in day.people.visits
        if visit.call and visit.stays
    ]
    return merge(sorted((start, stop) for start, stop in held if stop > start))


def _vc(day: DeviceDay) -> Iterator[Report]:
    in_call = calls(day)
    present = sensed_presence(day)
    awake = _awake(day)
    troubles = {kind: day.spans(kind) for kind in _TROUBLES}
    changes = sorted(span for spans in troubles.values() for span in spans)
    told_hour = -1
    senses = "presence" in day.entry.evidence
    for t, changed in _times(day, in_call, present if senses else (), awake, changes):
        asleep = not inside(awake, t)
        state: dict[str, Any] = {
            "online": True,
            "standby": asleep,
            "in_call": inside(in_call, t),
            "muted": False,
        }
        if senses:
            state["room_in_use"] = inside(present, t)
            if not asleep:  # a sleeping camera does not count
                state["people"] = day.people.people_at(t)
        # lists are long: hourly, and when something changed
        if t // _HOUR != told_hour or t in changed or t == day.hello:
            told_hour = t // _HOUR
            state |= _parts([kind for kind, spans in troubles.items() if inside(spans, t)])
        yield Report(t, {"equipment": state})


def _parts(troubles: Sequence[Kind]) -> dict[str, Any]:
    gone = "unplugged" in troubles
    parts = [
        {"id": id_, "name": name, "type": type_, "connected": not (gone and type_ == "camera")}
        for id_, name, type_ in _PARTS
    ]
    words = ("level", "type", "description")
    return {
        "peripherals": parts,
        "diagnostics": [dict(zip(words, DIAGNOSTICS[kind], strict=True)) for kind in troubles],
        "firmware": "simulated 1.0",
    }


def _display(day: DeviceDay) -> Iterator[Report]:
    awake = _awake(day)
    broken = day.spans(*_FLAGS)
    for t, _ in _times(day, awake, broken):
        on = inside(awake, t)
        state: dict[str, Any] = {
            "online": True,
            "power": "on" if on else "standby",
            "lamp_h": day.trait % 4000 + day.day.toordinal() % 2000 * 3,
            **{f"error_{name}": 0 for name in _DISPLAY_FLAGS},
        }
        if on:
            state["input"] = "HDMI 1"
        for trouble in day.mishaps:
            if trouble.kind in _FLAGS and trouble.start <= t < trouble.stop:
                state[f"error_{trouble.detail}"] = 2 if trouble.kind == "flag_error" else 1
        yield Report(t, {"equipment": state})


def _panel(day: DeviceDay) -> Iterator[Report]:
    """Restarts at midnight."""
    told = [
        Report(t, {"health": {"uptime_s": (t - day.start) // 1000, "firmware": "1.4.2"}})
        for t in day.regular(day.entry.expect_every)
    ]
    yield from sorted([*told, *_checkins(day)], key=lambda report: report.time)


def _checkins(day: DeviceDay) -> Iterator[Report]:
    """Some check in when the first is there, and few of them out when the last one goes."""
    for visit in day.people.visits if day.token else ():
        rng = day.rng(f"check-in {visit.start}")
        wants, leaves = rng.random() < _CHECKS_IN, rng.random() < _CHECKS_OUT
        if visit.partner is None or not visit.stays or not wants:
            continue
        first_in = min(arrive for arrive, _ in visit.stays)
        times: dict[int, str | None] = {first_in + rng.randrange(10, 40) * 1000: visit.partner}
        if leaves:
            times[visit.last_out - 5000] = None
        for t, partner in times.items():
            if day.start <= t < min(visit.last_out, day.stop):
                yield Report(t, {"checkin": {"partner": partner, "token": day.token}})


def _awake(day: DeviceDay) -> list[Interval]:
    stays = ((start, min(stop + _AWAKE_MS, day.stop)) for start, stop in day.people.occupied)
    return merge(stays)


def own_mishaps(day: DeviceDay) -> list[Mishap]:
    """Now and then a camera is unplugged, or a display has an error."""
    match day.entry.model.family:
        case "vc":
            spans = _mishap(day, "camera", _UNPLUGGED, _HOUR)
            return [Mishap("unplugged", day.id, *span) for span in spans]
        case "display":
            flag, level = day.rng("which").choice((("temperature", 1), ("lamp", 2), ("fan", 1)))
            kind: Kind = "flag_error" if level == 2 else "flag_warning"
            spans = _mishap(day, "display", _DISPLAY_ERROR, 2 * _HOUR)
            return [Mishap(kind, day.id, *span, flag) for span in spans]
        case _:
            return []


def _mishap(day: DeviceDay, purpose: str, chance: float, length: int) -> list[Interval]:
    """On open days something is wrong for a while."""
    rng = day.rng(purpose)
    if not day.open or rng.random() >= chance:
        return []
    opens, closes = day.open[0][0], day.open[-1][1]
    start = rng.randrange(opens, max(opens + 1, closes - length)) // 1000 * 1000
    return [(start, start + length)]


def _times(day: DeviceDay, *states: Sequence[Interval]) -> Iterator[tuple[int, frozenset[int]]]:
    """Regular times and changes in order; with the changes of the last state (the mishap)."""
    changes = {t for state in states for interval in state for t in interval}
    last = frozenset(t for interval in states[-1] for t in interval)
    for t in sorted({*day.regular(day.entry.expect_every), *changes}):
        if day.start <= t < day.stop:
            yield t, last
