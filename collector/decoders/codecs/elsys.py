"""ELSYS payloads: values one after another, each a type byte and a big-endian value.

Types, lengths and units: ELSYS' "Sensor payload" page and its decoder in
TheThingsNetwork/lorawan-devices (vendor/elsys). The air quality value (0x1C) is
in ppb, which does not convert to µg/m³ without knowing the gases: left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from collector.decoders.codecs.base import Decode, Frame, Given, Note
from rooms.readings import FIELDS, DecodeError, Kind

# takes (frame, offset, what is told so far); was the value impossible, and left out?
Read = Callable[[bytes, int, Given], bool]

_MOST: Final = 512  # bytes; LoRaWAN carries 242
_SETTINGS: Final = 0x3E  # the rest of the frame is the device's settings
_BYTES: Final = 0x3B  # a length byte and as many bytes


def _number(kind: Kind, field: str, size: int, per: int = 1, *, signed: bool = False) -> Read:
    low, high = FIELDS[kind][field].low, FIELDS[kind][field].high

    def read(frame: bytes, at: int, given: Given) -> bool:
        value = int.from_bytes(frame[at : at + size], "big", signed=signed) / per
        if not low <= value <= high:
            return True
        given.setdefault(kind, {})[field] = value
        return False

    return read


def _occupancy(frame: bytes, at: int, given: Given) -> bool:
    """0 vacant, 2 occupied; 1 is movement, but no warm body made out yet: left open."""
    value = frame[at]
    if value in (0, 2):
        given.setdefault("presence", {})["occupied"] = value / 2
    return value > 2


def _sound(frame: bytes, at: int, given: Given) -> bool:
    """Peak, average."""
    return _average(frame, at + 1, given)


_average: Final = _number("climate", "sound_db", 1)

# type -> length, meaning; None: known, and nothing of it is kept
_TYPES: Final[dict[int, tuple[int, Read | None]]] = {
    0x01: (2, _number("climate", "temperature_c", 2, 10, signed=True)),
    0x02: (1, _number("climate", "humidity_pct", 1)),
    0x03: (3, None),  # acceleration
    0x04: (2, _number("climate", "illuminance_lx", 2)),
    0x05: (1, _number("presence", "motion_count", 1)),  # since the last transmission
    0x06: (2, _number("climate", "co2_ppm", 2)),
    0x07: (2, _number("health", "battery_mv", 2)),
    0x08: (2, None),  # analog input 1
    0x09: (6, None),  # position
    0x0A: (2, None),  # pulses 1
    0x0B: (4, None),  # pulses 1, total
    0x0C: (2, None),  # external temperature 1
    0x0D: (1, None),  # digital input 1
    0x0E: (2, None),  # distance
    0x0F: (1, None),  # vibrations
    0x10: (4, None),  # infrared temperatures
    0x11: (1, _occupancy),
    0x12: (1, None),  # water leak
    0x13: (65, None),  # heat picture
    0x14: (4, None),  # pressure
    0x15: (2, _sound),
    0x16: (2, None),  # pulses 2
    0x17: (4, None),  # pulses 2, total
    0x18: (2, None),  # analog input 2
    0x19: (2, None),  # external temperature 2
    0x1A: (1, None),  # digital input 2
    0x1B: (4, None),  # analog input, µV
    0x1C: (2, None),  # volatile compounds, ppb
    0x1D: (1, None),  # air quality index
    0x1E: (1, None),  # generic boolean
    0x1F: (1, None),  # generic 8-bit
    0x20: (2, None),  # generic 16-bit
    0x21: (1, None),  # display view
    0x22: (2, None),  # thermostat set point
    0x23: (1, None),  # fan speed
    0x24: (1, None),  # external humidity
    0x3C: (4, None),  # checksum
    0x3D: (4, None),  # debug
}


def for_model(_model: str) -> Decode:
    """Every ELSYS sensor speaks the same."""
    return decode


def decode(frame: bytes) -> Frame:
    """Read values until the end, a cut-off value or an unknown type; keep what came before.

    Raises ``DecodeError`` ``bad_frame`` if not even the first value is whole.
    """
    size = len(frame)
    if size > _MOST:
        raise DecodeError("bad_frame", f"{size} bytes, more than a LoRaWAN frame holds")
    given: Given = {}
    note: Note | None = None
    at = 0
    while at < size:
        type_ = frame[at]
        known = _TYPES.get(type_)
        if known is not None:
            length, read = known
            end = at + 1 + length
            if end > size:
                note = "truncated"
                break
            if read is not None and read(frame, at + 1, given):
                note = "implausible"
        else:
            end, trouble = _special(frame, at)
            note = trouble or note
            if not end:
                break
        at = end
    if at == 0:
        raise DecodeError("bad_frame", f"no ELSYS value can be read from {frame[:16].hex()!r}")
    return Frame(given, note=note, settings=frame[0] == _SETTINGS)


def _special(frame: bytes, at: int) -> tuple[int, Note | None]:
    """Where a value without a fixed length ends; 0 if that cannot be told."""
    if frame[at] == _SETTINGS:
        return len(frame), None
    if frame[at] != _BYTES:
        return 0, "unknown_channel"
    end = at + 2 + frame[at + 1] if at + 1 < len(frame) else len(frame) + 1
    return (end, None) if end <= len(frame) else (0, "truncated")
