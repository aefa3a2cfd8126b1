"""What sensors notice: PIR triggers, presence with its delays, counts, air, battery."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from math import pi, sin
from typing import Any

from devices.simulator.calendar import Interval
from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.people import inside, merge

_QUIET_MS = 600_000  # after so long without movement the next one is sent at once
_ON_DELAY_MS, _OFF_DELAY_MS = 4_000, 45_000  # of radar, thermal and desk sensors
_SHORTEST_HOLD_S = 30  # Zigbee2MQTT's reports of a PIR without a hold of its own
_STILL_S = 95.0  # mean time between two movements that a PIR sees of one person
_LIVELY_STILL_S = 30.0
_STUCK_MS = 25_000  # a PIR above a heater sees movement so often

_CLIMATE = ("temperature_c", "humidity_pct")
# what ``_measured`` would not guess from the model's name
_MEASURES: dict[str, tuple[str, ...]] = {
    "generic": (*_CLIMATE, "co2_ppm"),
    "aqara-rtcgq11lm": ("illuminance_lx",),
    "philips-sml001": ("illuminance_lx", "temperature_c"),
    "elsys-ers-lite": _CLIMATE,
}
# by how a model's name begins, the first that fits; all other Milesight sensors measure no air
_MILESIGHT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("milesight-am102", _CLIMATE),
    ("milesight-am104", (*_CLIMATE, "illuminance_lx")),
    ("milesight-am107", (*_CLIMATE, "co2_ppm", "illuminance_lx")),
    ("milesight-am", (*_CLIMATE, "co2_ppm")),
    ("milesight-em500", (*_CLIMATE, "co2_ppm")),
    ("milesight-em3", _CLIMATE),
    ("milesight-ws203", _CLIMATE),
)


def sensor_reports(day: DeviceDay) -> Iterator[Report]:
    """All reports of a sensor's day, in order."""
    if day.source.decoder == "zigbee2mqtt":
        return _on_change(day)
    return _polled(day)


def triggers(day: DeviceDay) -> list[int]:
    """Times (ms) at which a PIR sees movement: only while somebody is there.

    Someone who comes or goes moves for certain; in between movements are a
    Poisson process, the denser the more people.
    """
    rng = day.rng("pir")
    still = _LIVELY_STILL_S if day.lively else _STILL_S
    seen: list[int] = []
    for start, stop, people in day.people.steps:
        t = start + rng.randrange(0, 2000)
        while t < stop:
            seen.append(t)
            mean = still if day.is_lively(t) else _STILL_S
            t += 1000 + round(rng.expovariate(people**0.5 / mean) * 1000)
        if not seen or stop - 1000 > seen[-1]:
            seen.append(stop - 1000)
    blind, stuck = day.spans("blind"), day.spans("stuck")
    false = (t for start, stop in stuck for t in range(start, stop, _STUCK_MS))
    felt = {t for t in seen if not inside(blind, t)}
    return sorted(felt | {t for t in false if day.start <= t < day.stop})


def sensed_presence(day: DeviceDay) -> list[Interval]:
    """When a presence sensor says "occupied": a little late at both ends."""
    delayed = (
        (start + _ON_DELAY_MS, min(stop + _OFF_DELAY_MS, day.stop - 1))
        for start, stop in day.people.occupied
        if stop - start > _ON_DELAY_MS
    )
    seen = [piece for stay in merge(delayed) for piece in _without(stay, day.spans("blind"))]
    stuck = [(max(start, day.start), min(stop, day.stop)) for start, stop in day.spans("stuck")]
    return merge(sorted([*seen, *stuck]))


def _without(stay: Interval, blind: Sequence[Interval]) -> list[Interval]:
    pieces, (begin, end) = list[Interval](), stay
    for start, stop in blind:
        pieces.append((begin, min(end, start)))
        begin = max(begin, stop)
    return [(start, stop) for start, stop in [*pieces, (begin, end)] if start < stop]


def _polled(day: DeviceDay) -> Iterator[Report]:
    """LoRaWAN and scripts: a report at each interval, and one at once when the state changes."""
    regular = set(day.regular(day.entry.expect_every))
    parts = [_PRESENCE[e](day) for e in day.entry.evidence if e in _PRESENCE]
    events = {t for _, changes in parts for t in changes}
    previous = day.start - 1
    for t in sorted(regular | events):
        if not day.start <= t < day.stop:
            continue
        presence: dict[str, Any] = {}
        for at, _ in parts:
            presence |= at(previous, t)
        facts: dict[str, Any] = {"presence": presence} if presence else {}
        if t in regular:
            facts |= _surroundings(day, t)
        previous = t
        if facts:
            yield Report(t, facts)


Part = tuple[Callable[[int, int], dict[str, Any]], list[int]]


def _motion(day: DeviceDay) -> Part:
    """Movements since the last report; the first after quiet is sent at once. LoRaWAN's PIRs that
    do not count say at once that somebody moved, and that it is over."""
    if day.entry.model.lorawan and not day.entry.model.counts:
        moved = dict(_pir_states(day))
        changes = sorted(moved)
        return lambda _, t: {"motion_count": int(moved.get(_last(changes, t), False))}, changes
    seen = triggers(day)
    first = [
        t for before, t in zip([-_QUIET_MS, *seen], seen, strict=False) if t - before >= _QUIET_MS
    ]
    return lambda a, b: {"motion_count": bisect_right(seen, b) - bisect_right(seen, a)}, first


def _last(times: Sequence[int], t: int) -> int:
    """The latest of ``times`` up to ``t``; -1 before the first."""
    i = bisect_right(times, t)
    return times[i - 1] if i else -1


def _presence(day: DeviceDay) -> Part:
    states = sensed_presence(day)
    return lambda _, t: {"occupied": inside(states, t)}, [t for state in states for t in state]


def _count(day: DeviceDay) -> Part:
    seen = {t for start, stop, _ in day.people.steps for t in (start, stop)}
    totals = _line(day)[0]
    return lambda a, t: {"people": day.people.people_at(t), **totals(a, t)}, sorted(seen)


def _line(day: DeviceDay) -> Part:
    """Totals since local midnight, when the counter restarts."""
    into, out = day.people.arrivals, day.people.departures
    return (
        lambda _, t: {"in_total": bisect_right(into, t), "out_total": bisect_right(out, t)},
        sorted({*into, *out}),
    )


_PRESENCE: dict[str, Callable[[DeviceDay], Part]] = {
    "motion": _motion,
    "presence": _presence,
    "count": _count,
    "line": _line,
}


def _on_change(day: DeviceDay) -> Iterator[Report]:
    """Zigbee: state changes at once, and a sign of life well within ``expect_every``."""
    radar = "presence" in day.entry.evidence
    states = sensed_presence(day) if radar else []
    changes = {t: i % 2 == 0 for i, t in enumerate(t for state in states for t in state)}
    if "motion" in day.entry.evidence:
        changes = dict(_pir_states(day))
    held = sorted(changes)
    for t in sorted({*changes, *day.regular(round(day.entry.expect_every * 0.8))}):
        facts = _surroundings(day, t)
        if t in changes:
            if not (radar or changes[t]):
                facts = {}  # a timer's doing: the device itself is silent then
            facts["presence"] = {"occupied": changes[t]}
        else:
            before = held[: bisect_left(held, t)]
            occupied = bool(before) and changes[before[-1]]
            if radar or not occupied:  # a PIR's repeated "true" would read as a movement
                facts["presence"] = {"occupied": occupied}
        if day.start <= t < day.stop:
            yield Report(t, facts)


def _pir_states(day: DeviceDay) -> Iterator[tuple[int, bool]]:
    """ "Occupied" at a movement, vacant when the model's hold is over.

    Such a sensor is blind for most of its hold, then reports the next movement again.
    """
    hold = max(day.entry.model.hold, _SHORTEST_HOLD_S) * 1000
    blind = hold * 2 // 3
    last: int | None = None
    for t in triggers(day):
        if last is not None and t < last + blind:
            continue
        if last is not None and t > last + hold:
            yield last + hold, False
        last = t
        yield t, True
    if last is not None:
        yield last + hold, False


def _measured(day: DeviceDay) -> tuple[str, ...]:
    model = day.entry.device.model
    if model in _MEASURES or not day.entry.model.lorawan:
        return _MEASURES.get(model, ())
    if day.entry.model.reads:
        fields = [read.field.split(".") for read in day.entry.model.reads]
        return tuple(name for kind, name in fields if kind == "climate")
    if day.entry.model.codec == "milesight":
        return next((names for begin, names in _MILESIGHT if model.startswith(begin)), ())
    more = ("co2_ppm",) if "co2" in model else ("sound_db",) if "sound" in model else ()
    light = () if model.startswith("elsys-ems") else ("illuminance_lx",)
    return (*_CLIMATE, *light, *more)


def _surroundings(day: DeviceDay, t: int) -> dict[str, Any]:
    """Air, light and battery. Small deterministic ripples stand for noise."""
    ripple = sin(t * 0.000731 + day.trait % 100) * 0.7 + sin(t * 0.00317) * 0.3
    people = day.people.people_at(t)
    values: dict[str, Callable[[], float]] = {
        "temperature_c": lambda: round(day.air.temperature_c(t) + 0.1 * ripple, 1),
        "humidity_pct": lambda: round(33 + 4 * ripple + min(6, people)),
        "co2_ppm": lambda: round(day.air.co2_ppm(t) + 8 * ripple),
        "illuminance_lx": lambda: _light(day, t, people),
        "sound_db": lambda: round((52 if people else 33) + 4 * ripple),
    }
    climate = {name: values[name]() for name in _measured(day)}
    facts: dict[str, Any] = {"climate": climate} if climate else {}
    if day.source.decoder != "native":  # those have mains power
        battery = day.battery(t)
        facts["health"] = {"battery_mv": 2900 + 7 * battery}
        if day.entry.model.codec != "elsys":  # whose sensors tell volts only
            facts["health"]["battery_pct"] = battery
    return facts


def _light(day: DeviceDay, t: int, people: int) -> int:
    """Daylight by the local clock, lamps while somebody is there."""
    hour = (t - day.start) / 3_600_000
    daylight = 220 * max(0.0, sin(pi * (hour - 8) / 8)) if 8 < hour < 16 else 0.0
    return round(daylight + (310 if people else 0) + day.trait % 5)
