"""When the air of a room was truly bad while people were there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from devices.simulator.calendar import day_bounds
from devices.simulator.generate import Setting, air_of
from devices.simulator.people import inside
from devices.simulator.scenario import Scenario
from rooms.registry import Registry
from rooms.registry.fault_limits import AirQuality
from rumskoll.evaluation.faults_expected import Expected, Explained

_STEP: Final = 60_000
_NOISE: Final = 12  # ppm, of a sensor
_LINGERS: Final = 20 * 60_000  # people are seen by their last movement, or the last count


class Minute(NamedTuple):
    at: int
    co2: float
    people: bool  # now
    lately: bool


def bad_air(
    registry: Registry, scenario: Scenario, setting: Setting, day: date
) -> Iterator[Expected | Explained]:
    """Of one local day, by room: bad air does not last over night."""
    start, stop = day_bounds(day, scenario.zone)
    limit = scenario.site.faults.of().air_quality
    assert limit is not None, "the example house has all rules on"
    air, truth = air_of(scenario, setting, day), scenario.rooms(day)
    for room in scenario.site.rooms:
        placed = registry.devices_in(room.id, start, stop)
        sensors = [p.device for p in placed if "co2" in p.device.device.model]
        sensors += [p.device for p in placed if p.device.device.model == "generic"]
        if room.private.at(day) or not sensors:
            continue
        stays = truth[room.id].occupied
        long = [(a, b + _LINGERS) for a, b in stays]
        minutes = [
            Minute(at, air[room.id].co2_ppm(at), inside(stays, at), _any(long, at))
            for at in range(start, stop, _STEP)
        ]
        every = min(sensor.expect_every for sensor in sensors) * 1000
        yield from episodes(room.id, minutes, limit, every)


def _any(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < stop for start, stop in spans)


def episodes(
    room: str, minutes: list[Minute], limit: AirQuality, every: int
) -> Iterator[Expected | Explained]:
    """From too much, as a sensor may show it, until it is below the level that clears."""
    episode: list[Minute] = []
    for minute in minutes:
        bad = minute.co2 > limit.above - _NOISE and minute.lately
        if bad or (episode and minute.co2 >= limit.clear - _NOISE):
            episode.append(minute)
        elif episode:
            yield from _episode(room, episode, limit, every)
            episode = []
    if episode:
        yield from _episode(room, episode, limit, every)


def _episode(
    room: str, episode: list[Minute], limit: AirQuality, every: int
) -> Iterator[Expected | Explained]:
    lately = [m.at for m in episode if m.co2 > limit.above - _NOISE and m.lately]
    yield Explained("air_quality", room, lately[0], lately[-1] + every)
    runs = _runs([m.co2 > limit.above + _NOISE and m.people for m in episode])
    after = limit.after * 1000
    # measured soon after it began, and once more when it has lasted
    if any((b - a) * _STEP >= after + 2 * every for a, b in runs):
        onsets = tuple(episode[a].at for a, _ in runs)
        yield Expected("air_quality", room, "", onsets, episode[-1].at, after, every)


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Where they are true, as ``[first, last)``."""
    edges = [
        n for n, (a, b) in enumerate(zip([False, *flags], [*flags, False], strict=True)) if a != b
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
