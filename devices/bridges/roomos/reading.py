"""What a RoomOS device's status means (Cisco, "RoomOS xAPI reference", xStatus)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from devices.bridges.base import Told
from devices.bridges.roomos.tree import Tree, parse, table_at, text_at
from rooms.values import possible

_NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
_YES: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_FINE: Final = ("ok", "skipped")  # levels of a diagnostic message that are nothing to tell


def read(answer: bytes, request: str = "") -> Told:  # noqa: ARG001 - known by its shape
    """What one answer, notification or post means. Raises ``BadAnswer``."""
    return meaning(parse(answer))


def meaning(status: Tree) -> Told:
    """Fields of what stands in the tree; what does not is not told."""
    if not status:
        return {}
    fields: dict[str, Any] = {"online": True}
    fields |= _calls(status) | _people(status)
    standby, muted = text_at(status, "Standby", "State"), _word(status, *_MUTE)
    if standby:
        fields["standby"] = standby.lower() != "off"
    if muted is not None:
        fields["muted"] = muted
    if (sharing := _sharing(status)) is not None:
        fields["sharing"] = sharing
    if version := _version(status):
        fields["firmware"] = version
    if (parts := _peripherals(status)) is not None:
        fields["peripherals"] = parts
    if (messages := table_at(status, "Diagnostics", "Message")) is not None:
        fields["diagnostics"] = [*_diagnostics(messages)]
    told: Told = {"equipment": fields}
    if climate := _climate(status):
        told["climate"] = climate
    if (uptime := _number(status, "SystemUnit", "Uptime")) is not None and uptime >= 0:
        told["health"] = {"uptime_s": uptime}
    return told


_MUTE: Final = ("Audio", "Microphones", "Mute")


def _word(status: Tree, *path: str) -> bool | None:
    return _YES.get(text_at(status, *path).lower())


def _number(status: Tree, *path: str) -> float | None:
    word = text_at(status, *path)
    return float(word) if _NUMBER.fullmatch(word) else None


def _calls(status: Tree) -> dict[str, Any]:
    active = _number(status, "SystemUnit", "State", "NumberOfActiveCalls")
    if active is not None:
        return {"in_call": active > 0}
    calls = table_at(status, "Call")
    if calls is not None:
        there = [call for call in calls.values() if isinstance(call, dict)]
        return {"in_call": any(text_at(c, "Status") in ("", "Connected", "OnHold") for c in there)}
    system = text_at(status, "SystemUnit", "State", "System")
    return {"in_call": system == "InCall"} if system else {}


def _people(status: Tree) -> dict[str, Any]:
    """``PeopleCount`` -1 is unknown. Of three answers to whether the room is in use the first
    that is given counts: a camera that is off counts nobody."""
    fields: dict[str, Any] = {}
    count = _number(status, "RoomAnalytics", "PeopleCount", "Current")
    if count is not None and 0 <= count <= 1000:
        fields["people"] = int(count)
    in_use = _word(status, "RoomAnalytics", "RoomInUse")
    if in_use is None:
        in_use = _word(status, "RoomAnalytics", "PeoplePresence")
    if in_use is None and "people" in fields:
        in_use = fields["people"] > 0
    return fields if in_use is None else {**fields, "room_in_use": in_use}


def _sharing(status: Tree) -> bool | None:
    mode = text_at(status, "Conference", "Presentation", "Mode")
    local = table_at(status, "Conference", "Presentation", "LocalInstance")
    if local:
        return True
    if mode:
        return mode == "Sending"
    return None if local is None else False


def _version(status: Tree) -> str:
    unit = ("SystemUnit", "Software")
    return text_at(status, *unit, "DisplayName") or text_at(status, *unit, "Version")


def _peripherals(status: Tree) -> list[dict[str, Any]] | None:
    """Touch panels and other connected devices, cameras, and microphones on their sockets."""
    devices = table_at(status, "Peripherals", "ConnectedDevice")
    cameras = table_at(status, "Cameras", "Camera")
    sockets = table_at(status, "Audio", "Input", "Connectors", "Microphone")
    if devices is None and cameras is None and sockets is None:
        return None
    parts = [
        _part(id_, one, text_at(one, "Type") or "Other", text_at(one, "Status") == "Connected")
        for id_, one in (devices or {}).items()
        if isinstance(one, dict)
    ]
    for id_, one in (cameras or {}).items():
        if isinstance(one, dict) and (there := _YES.get(text_at(one, "Connected").lower())) in (
            True,
            False,
        ):
            parts.append(_part(f"camera-{id_}", one, "Camera", bool(there)))
    for id_, one in (sockets or {}).items():
        state = text_at(one, "ConnectionStatus") if isinstance(one, dict) else ""
        if isinstance(one, dict) and state in ("Connected", "NotConnected"):
            parts.append(_part(f"microphone-{id_}", one, "Microphone", state == "Connected"))
    return parts


def _part(id_: str, one: Tree, kind: str, connected: bool) -> dict[str, Any]:
    name = text_at(one, "Name") or text_at(one, "Model") or kind
    return {"id": id_[:40], "name": name[:80], "type": kind[:40], "connected": connected}


def _diagnostics(messages: Tree) -> Iterator[dict[str, str]]:
    for message in messages.values():
        if isinstance(message, dict):
            level = text_at(message, "Level")
            if level and level.lower() not in _FINE:
                yield {
                    "level": level[:20],
                    "type": text_at(message, "Type")[:60],
                    "description": text_at(message, "Description")[:120],
                }


def _climate(status: Tree) -> dict[str, float]:
    """Of the device, or of a panel on the table that measures."""
    panels = table_at(status, "Peripherals", "ConnectedDevice") or {}
    rooms = [status, *(panel for panel in panels.values() if isinstance(panel, dict))]
    found: dict[str, float] = {}
    for field, *path in (
        ("temperature_c", "AmbientTemperature"),
        ("humidity_pct", "RelativeHumidity"),
        ("sound_db", "Sound", "Level", "A"),
    ):
        values = (_number(room, "RoomAnalytics", *path) for room in rooms)
        value = next((v for v in values if possible("climate", field, v)), None)
        if value is not None:
            found[field] = value
    return found
