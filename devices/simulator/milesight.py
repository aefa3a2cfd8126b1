"""Encodes Milesight payloads: channel, type, little-endian value (Milesight's user guides)."""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack
from typing import Any, Final

_FLOW: Final = ("vs350", "vs351", "vs360")
_AIR_300: Final = ("am307", "am308", "am319")
# model -> channel and type of "occupied"
_OCCUPIED: Final = {"vs330": b"\x03\x8e", "ws203": b"\x05\x00"}
_DESK: Final = ("vs340", "vs341", "vs34x", "vs370")


def encode(model: str, values: Mapping[str, Any]) -> bytes:
    """Bytes of one frame of ``milesight-<model>``; names as in native payloads, those that the
    model has no channel for are left out."""
    name = model.removeprefix("milesight-")
    return _surroundings(name, values) + _people(name, values)


def _surroundings(name: str, values: Mapping[str, Any]) -> bytes:
    frame = b""
    if "battery_pct" in values and not name.startswith(("vs12", "vs13")):  # those have mains
        frame += pack("<2sB", b"\x01\x75", round(values["battery_pct"]))
    if "temperature_c" in values:
        frame += pack("<2sh", b"\x03\x67", round(values["temperature_c"] * 10))
    if "humidity_pct" in values:
        frame += pack("<2sB", b"\x04\x68", round(values["humidity_pct"] * 2))
    if "co2_ppm" in values:
        channel = b"\x05\x7d" if name.startswith("em500") else b"\x07\x7d"
        frame += pack("<2sH", channel, min(values["co2_ppm"], 60_000))
    if "illuminance_lx" in values and name in ("am104", "am107"):
        light = min(values["illuminance_lx"], 0xFFFF)
        frame += pack("<2sHHH", b"\x06\x65", light, light // 3, light // 9)
    return frame


def _people(name: str, values: Mapping[str, Any]) -> bytes:
    frame = b""
    if "motion_count" in values:
        frame += _movement(name, values["motion_count"])
    if "occupied" in values and name == "vs321":
        frame += pack("<2sHH", b"\x06\xfe", 1, values["occupied"])
    elif "occupied" in values and (name in _DESK or name in _OCCUPIED):
        frame += pack("<2sB", _OCCUPIED.get(name, b"\x03\x00"), values["occupied"])
    if "people" in values and name == "vs121":
        frame += pack("<2sBBH", b"\x04\xc9", values["people"], 1, 0x0100)
    elif "people" in values and name == "vs321":
        frame += pack("<2sH", b"\x05\xfd", values["people"])
    if "in_total" in values and "out_total" in values:
        frame += _passed(name, values["in_total"], values["out_total"])
    return frame


def _movement(name: str, count: int) -> bytes:
    if name in ("am104", "am107"):
        return pack("<2sH", b"\x05\x6a", min(count, 0xFFFF))
    if name.startswith(_AIR_300):
        return pack("<2sB", b"\x05\x00", count > 0)
    if name == "ws203":
        return pack("<2sB", _OCCUPIED[name], count > 0)
    return pack("<2sB", b"\x03\x00", count > 0) if name == "ws202" else b""


def _passed(name: str, into: int, out: int) -> bytes:
    if name.startswith("vs13"):
        return pack("<2sI2sI", b"\x03\xd2", into, b"\x04\xd2", out)
    if name in _FLOW:
        return pack("<2sHH", b"\x04\xcc", into & 0xFFFF, out & 0xFFFF)
    return pack("<2sHH", b"\x0d\xcc", into & 0xFFFF, out & 0xFFFF) if name == "vs121" else b""
