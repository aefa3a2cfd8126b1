"""The tables for maintainers: known devices, and those that the registry does not know."""

from __future__ import annotations

from typing import NamedTuple

from babel.numbers import format_decimal

from api import schemas
from api.board.faults import faults_of
from api.snapshot import Snapshot
from api.views import device_view
from api.words import zone_of
from rooms.registry.snippet import snippet
from rooms.texts import Language, text
from rooms.texts.times import clock
from storage.quarantine import UnknownDevice


class DeviceLine(NamedTuple):
    device: schemas.Device
    room: str
    heard: str
    late: bool
    battery: str
    signal: str
    faults: str  # the address of all that was wrong with it


class UnknownLine(NamedTuple):
    device: UnknownDevice
    first: str
    last: str
    snippet: str


def device_lines(now: Snapshot, language: Language) -> list[DeviceLine]:
    """By room, then by name."""
    lines = [_line(now, id_, language) for id_ in now.registry.devices]
    return sorted(lines, key=lambda line: (not line.room, line.room, line.device.name))


def _line(now: Snapshot, id_: str, language: Language) -> DeviceLine:
    device = device_view(now, id_, language)
    heard = None if device.heard is None else round(device.heard.timestamp() * 1000)
    zone = now.registry.zone(device.site)
    return DeviceLine(
        device=device,
        room="" if device.room is None else now.registry.rooms[device.room][1].name.in_(language),
        heard=text(language, "board.never")
        if heard is None
        else clock(heard, now.now, zone, language),
        late=heard is None or now.now - heard > now.registry.devices[id_].known_for_ms,
        battery=_battery(device, language),
        signal=_signal(device),
        faults=faults_of(id_),
    )


def _battery(device: schemas.Device, language: Language) -> str:
    if percent := device.latest.get("health.battery_pct"):
        return f"{format_decimal(percent.value, '0', locale=language)} %"
    if millivolts := device.latest.get("health.battery_mv"):
        volts = float(millivolts.value) / 1000
        return f"{format_decimal(volts, '0.00', locale=language)} V"
    return text(language, "board.not_told")


def _signal(device: schemas.Device) -> str:
    if rssi := device.latest.get("health.rssi_dbm"):
        return f"{float(rssi.value):.0f} dBm".replace("-", "−")
    if quality := device.latest.get("health.linkquality"):
        return f"LQI {float(quality.value):.0f}"
    return "–"


def unknown_lines(
    now: Snapshot, devices: list[UnknownDevice], language: Language
) -> list[UnknownLine]:
    zone = zone_of(now, None)
    return [
        UnknownLine(
            device,
            clock(device.first, now.now, zone, language),
            clock(device.last, now.now, zone, language),
            snippet(device.source, device.address, device.hint, device.room),
        )
        for device in devices
    ]
