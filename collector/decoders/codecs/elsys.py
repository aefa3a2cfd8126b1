"""ELSYS payloads: values one after another, each a type byte and a big-endian value.

Types, lengths and units: ELSYS' "Sensor payload" page and its decoder in
TheThingsNetwork/lorawan-devices (vendor/elsys). The air quality value (0x1C) is
in ppb, which does not convert to µg/m³ without knowing the gases: left out.
"""

from __future__ import annotations

from typing import Final

from collector.decoders.codecs.base import Decode, Frame
from rooms.readings import DecodeError, Kind, Value

_SETTINGS: Final = 0x3E  # the rest of the frame is the device's settings
_BYTES: Final = 0x3B  # a length byte and as many bytes

# type -> (kind, field, signed, divisor)
_VALUES: Final[dict[int, tuple[Kind, str, bool, int]]] = {
    0x01: ("climate", "temperature_c", True, 10),
    0x02: ("climate", "humidity_pct", False, 1),
    0x04: ("climate", "illuminance_lx", False, 1),
    0x05: ("presence", "motion_count", False, 1),  # PIR events since the last transmission
    0x06: ("climate", "co2_ppm", False, 1),
    0x07: ("health", "battery_mv", False, 1),
}
_OCCUPANCY: Final = 0x11
_OCCUPIED: Final = {0: 0, 2: 1}  # 1: movement, but no warm body made out yet: left open
_SOUND: Final = 0x15  # peak, average

_LENGTHS: Final[dict[int, int]] = {
    0x01: 2,
    0x02: 1,
    0x03: 3,  # acceleration
    0x04: 2,
    0x05: 1,
    0x06: 2,
    0x07: 2,
    0x08: 2,  # analog input 1
    0x09: 6,  # position
    0x0A: 2,  # pulses 1
    0x0B: 4,  # pulses 1, total
    0x0C: 2,  # external temperature 1
    0x0D: 1,  # digital input 1
    0x0E: 2,  # distance
    0x0F: 1,  # vibrations
    0x10: 4,  # infrared temperatures
    0x11: 1,
    0x12: 1,  # water leak
    0x13: 65,  # heat picture
    0x14: 4,  # pressure
    0x15: 2,
    0x16: 2,  # pulses 2
    0x17: 4,  # pulses 2, total
    0x18: 2,  # analog input 2
    0x19: 2,  # external temperature 2
    0x1A: 1,  # digital input 2
    0x1B: 4,  # analog input, µV
    0x1C: 2,  # volatile compounds, ppb
    0x1D: 1,  # air quality index
    0x1E: 1,  # generic boolean
    0x1F: 1,  # generic 8-bit
    0x20: 2,  # generic 16-bit
    0x21: 1,  # display view
    0x22: 2,  # thermostat set point
    0x23: 1,  # fan speed
    0x24: 1,  # external humidity
    0x3C: 4,  # checksum
    0x3D: 4,  # debug
}


def for_model(_model: str) -> Decode:
    """Every ELSYS sensor speaks the same."""
    return decode


def decode(frame: bytes) -> Frame:
    """Read values until the end, a cut-off value or an unknown type; keep what came before.

    Raises ``DecodeError`` ``bad_frame`` if not even the first value is whole.
    """
    out: dict[Kind, dict[str, Value]] = {}
    at = 0
    while at < len(frame):
        length = _length(frame, at)
        if length is None or at + 1 + length > len(frame):
            break
        _read(frame[at], frame[at + 1 : at + 1 + length], out)
        at += 1 + length
    if at == 0:
        raise DecodeError("bad_frame", f"no ELSYS value can be read from {frame[:16].hex()!r}")
    return Frame(out)


def _length(frame: bytes, at: int) -> int | None:
    """How many bytes follow the type at ``at``; ``None`` if that cannot be known."""
    type_ = frame[at]
    rest = len(frame) - at - 1
    if type_ == _SETTINGS:
        return rest
    if type_ == _BYTES:
        return 1 + frame[at + 1] if rest else None
    return _LENGTHS.get(type_)


def _read(type_: int, value: bytes, out: dict[Kind, dict[str, Value]]) -> None:
    if type_ == _OCCUPANCY:
        occupied = _OCCUPIED.get(value[0])
        if occupied is not None:
            out.setdefault("presence", {})["occupied"] = occupied
    elif type_ == _SOUND:
        out.setdefault("climate", {})["sound_db"] = value[1]
    elif type_ in _VALUES:
        kind, field, signed, divisor = _VALUES[type_]
        number = int.from_bytes(value, "big", signed=signed)
        out.setdefault(kind, {})[field] = number / divisor if divisor > 1 else number
