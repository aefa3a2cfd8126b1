"""All messages of a time range, in order, a day at a time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from devices.simulator.bare import EspHome, Homie
from devices.simulator.calendar import day_bounds, local_days, open_spans
from devices.simulator.chirpstack import ChirpStack
from devices.simulator.device_day import DeviceDay
from devices.simulator.equipment import equipment_reports, own_mishaps
from devices.simulator.mapped import Mapped
from devices.simulator.message import Message, Voice
from devices.simulator.mishaps import Mishap, befalling, fresh_air
from devices.simulator.native import Native
from devices.simulator.people import RoomDay, inside
from devices.simulator.physics import Air
from devices.simulator.scenario import Scenario
from devices.simulator.sensors import sensor_reports
from devices.simulator.shelly import Shelly
from devices.simulator.tasmota import Tasmota
from devices.simulator.tts import Tts
from devices.simulator.zigbee import Zigbee2Mqtt, bridge_state
from rooms.registry.models import DecoderName, Site, Source
from rooms.registry.registry import Registry


@dataclass(frozen=True)
class Setting:
    """What shapes a run. ``live_from`` (ms): from then on devices talk as in a live run."""

    seed: int = 1
    live_from: int | None = None
    lively: bool = False
    skew_ms: Mapping[str, int] = field(default_factory=dict)  # by device id; "" is all others
    tokens: Mapping[str, str] = field(default_factory=dict)  # by panel; others tell no check-ins
    mishaps: tuple[Mishap, ...] = ()  # what breaks, besides what does so by chance


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


def air_of(scenario: Scenario, setting: Setting, day: date) -> dict[str, Air]:
    """The air of all rooms on a day, by room."""
    start = day_bounds(day, scenario.zone)[0]
    return {
        room.id: scenario.air(room, day, fresh_air(setting.mishaps, room.id, start))
        for room in scenario.site.rooms
    }


def device_days(
    registry: Registry, scenario: Scenario, setting: Setting, day: date
) -> Iterator[DeviceDay]:
    """The day of every device that stands somewhere."""
    site = scenario.site
    sources = {source.id: source for source in site.sources}
    truth = scenario.rooms(day)
    air = air_of(scenario, setting, day)
    start, stop = day_bounds(day, scenario.zone)
    spans = tuple(open_spans(site, day))
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
            setting.live_from,
            setting.lively,
            setting.tokens.get(device.id),
            befalling(setting.mishaps, device.id, device.source, start, stop),
        )
        yield replace(view, mishaps=(*view.mishaps, *own_mishaps(view)))


def _day_messages(
    registry: Registry, scenario: Scenario, setting: Setting, day: date
) -> Iterator[Message]:
    for view in device_days(registry, scenario, setting, day):
        yield from _heard(view, scenario.zone)
    start, stop = day_bounds(day, scenario.zone)
    for source in scenario.site.sources:
        if source.decoder == "zigbee2mqtt":
            states = _bridge_states(source, setting)
            yield from (message for message in states if start <= message.time < stop)


def _bridge_states(source: Source, setting: Setting) -> Iterator[Message]:
    if setting.live_from is not None:
        yield bridge_state(source, setting.live_from, online=True)
    for mishap in setting.mishaps:
        if mishap.kind == "source" and mishap.target == source.id:
            yield bridge_state(source, mishap.start, online=False)
            yield bridge_state(source, mishap.stop, online=True)


def _heard(view: DeviceDay, zone: ZoneInfo) -> Iterator[Message]:
    """What of a device's messages reaches the broker, and how."""
    away = view.away
    mute, garbled = view.spans("silent", "source"), view.spans("garbled")
    for message in _device_messages(view, zone):
        if inside(away, message.time) or inside(mute, message.time):
            continue
        if inside(garbled, message.time) and not message.retain:
            yield message._replace(payload=message.payload[: len(message.payload) // 2])
        else:
            yield message
    voice = _voice(view, zone)
    for gone, back in away:
        if view.start <= gone < view.stop:
            yield from voice.gone(gone)
        if view.start <= back < view.stop:
            yield from voice.hello(back)


def _device_messages(view: DeviceDay, zone: ZoneInfo) -> Iterator[Message]:
    voice = _voice(view, zone)
    sensor = view.entry.model.family == "sensor"
    reports = sensor_reports(view) if sensor else equipment_reports(view)
    yield from voice.begin()
    if view.hello is not None:
        yield from voice.hello(view.hello)
    for report in reports:
        yield from voice.say(report)


_VOICES: Final[dict[DecoderName, Callable[[DeviceDay, ZoneInfo], Voice]]] = {
    "native": Native,
    "chirpstack": lambda view, _: ChirpStack(view),
    "tts": lambda view, _: Tts(view),
    "zigbee2mqtt": Zigbee2Mqtt,
    "shelly": lambda view, _: Shelly(view),
    "tasmota": Tasmota,
    "esphome": lambda view, _: EspHome(view),
    "homie": lambda view, _: Homie(view),
    "mapped_json": lambda view, _: Mapped(view),
}


def _voice(view: DeviceDay, zone: ZoneInfo) -> Voice:
    return _VOICES[view.source.decoder](view, zone)
