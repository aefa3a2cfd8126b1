"""Encodes ELSYS payloads: type byte, then a big-endian value (elsys.se, "ELSYS payload format")."""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack
from typing import Any

VACANT, OCCUPIED = 0, 2  # of type 0x11; 1 is "PIR triggered, not yet confirmed"


def encode(values: Mapping[str, Any]) -> bytes:
    """Bytes of one frame; names as in native payloads, those without a type are left out."""
    frame = b""
    if "temperature_c" in values:
        frame += pack(">Bh", 0x01, round(values["temperature_c"] * 10))
    if "humidity_pct" in values:
        frame += pack(">BB", 0x02, round(values["humidity_pct"]))
    if "illuminance_lx" in values:
        frame += pack(">BH", 0x04, min(values["illuminance_lx"], 0xFFFF))
    if "motion_count" in values:
        frame += pack(">BB", 0x05, min(values["motion_count"], 0xFF))
    if "co2_ppm" in values:
        frame += pack(">BH", 0x06, min(values["co2_ppm"], 0xFFFF))
    if "battery_mv" in values:
        frame += pack(">BH", 0x07, values["battery_mv"])
    if "occupied" in values:
        frame += pack(">BB", 0x11, OCCUPIED if values["occupied"] else VACANT)
    if "sound_db" in values:  # peak, then average
        frame += pack(">BBB", 0x15, min(values["sound_db"] + 12, 0xFF), values["sound_db"])
    return frame
