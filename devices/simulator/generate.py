"""All messages of a time range, in order, a day at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from devices.simulator.calendar import day_bounds, local_days, open_spans
from devices.simulator.chirpstack import ChirpStack
from devices.simulator.device_day import DeviceDay
from devices.simulator.equipment import equipment_reports
from devices.simulator.mapped import Mapped
from devices.simulator.message import Message, Voice
from devices.simulator.native import Native
from devices.simulator.people import RoomDay
from devices.simulator.physics import Air
from devices.simulator.scenario import Scenario
from devices.simulator.sensors import sensor_reports
from devices.simulator.zigbee import Zigbee2Mqtt, bridge_online
from rooms.registry.models import Site
from rooms.registry.registry import Registry


@dataclass(frozen=True)
class Setting:
    """What shapes a run. ``live_from`` (ms): from then on devices talk as in a live run."""

    seed: int = 1
    live_from: int | None = None
    lively: bool = False
    skew_ms: Mapping[str, int] = field(default_factory=dict)  # by device id; "" is all others
    tokens: Mapping[str, str] = field(default_factory=dict)  # by panel; others tell no check-ins


def messages(registry: Registry, setting: Setting, start: int, stop: int) -> Iterator[Message]:
    """Messages of ``[start, stop)`` ms in order of time; no more than a day is in memory.

    Days do not depend on each other: any range is a part of a longer one.
    """
    sites = [
        _site_messages(registry, site, setting, start, stop) for site in registry.sites.values()
    ]
    return heapq.merge(*sites, key=lambda message: message.time)


def scenario_of(site: Site, setting: Setting) -> Scenario:
    """The people behind the messages."""
    return Scenario(site, setting.seed, setting.live_from if setting.lively else None)


def _site_messages(
    registry: Registry, site: Site, setting: Setting, start: int, stop: int
) -> Iterator[Message]:
    scenario = scenario_of(site, setting)
    for day in local_days(start, stop, scenario.zone):
        batch = [
            m for m in _day_messages(registry, scenario, setting, day) if start <= m.time < stop
        ]
        batch.sort(key=lambda message: message.time)
        yield from batch


def _day_messages(
    registry: Registry, scenario: Scenario, setting: Setting, day: date
) -> Iterator[Message]:
    site = scenario.site
    sources = {source.id: source for source in site.sources}
    truth = scenario.rooms(day)
    air = {room.id: scenario.air(room, day) for room in site.rooms}
    start, stop = day_bounds(day, scenario.zone)
    spans = tuple(open_spans(site, day))
    live = setting.live_from
    for device in site.devices:
        room = registry.room_of(device.id, start)
        if room is None:
            continue  # stands nowhere on this day
        view = DeviceDay(
            setting.seed,
            day,
            start,
            stop,
            sources[device.source],
            registry.devices[device.id],
            room,
            truth.get(room, RoomDay(())),
            air.get(room, Air(1, start, ())),
            spans,
            setting.skew_ms.get(device.id, setting.skew_ms.get("", 0)),
            live,
            setting.lively,
            setting.tokens.get(device.id),
        )
        yield from _device_messages(view, scenario.zone)
    if live is not None and start <= live < stop:
        yield from (
            bridge_online(source, live)
            for source in site.sources
            if source.decoder == "zigbee2mqtt"
        )


def _device_messages(view: DeviceDay, zone: ZoneInfo) -> Iterator[Message]:
    voice = _voice(view, zone)
    sensor = view.entry.model.family == "sensor"
    reports = sensor_reports(view) if sensor else equipment_reports(view)
    yield from voice.begin()
    if view.hello is not None:
        yield from voice.hello(view.hello)
    for report in reports:
        yield from voice.say(report)


def _voice(view: DeviceDay, zone: ZoneInfo) -> Voice:
    match view.source.decoder:
        case "chirpstack":
            return ChirpStack(view)
        case "zigbee2mqtt":
            return Zigbee2Mqtt(view, zone)
        case "native":
            return Native(view, zone)
        case "mapped_json":
            return Mapped(view)
