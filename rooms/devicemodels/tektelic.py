"""Tektelic, by the object that its codecs give.

A PIR tells movement as 255 or "Detected", and that it is over 5 min after the last one (Smart
Room Sensor, User Guide T0007525, "Default Configuration").
"""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import YES_NO, read, volts

_AIR: Final = (
    read("climate.temperature_c", "temperature", "ambient_temperature"),
    read("climate.humidity_pct", "humidity", "relative_humidity"),
    volts("batteryVoltage", "battery_voltage"),
)
_DETECTED: Final = {**YES_NO, "255": True, "255.0": True, "detected": True, "none": False}
_MOVEMENT: Final = (
    read(
        "presence.occupied", "occupied", "motion_event_state", "motionEventState", values=_DETECTED
    ),
    read("presence.motion_count", "motion_event_count", "motionEventCount"),
)

MODELS: Final[dict[str, DeviceModel]] = {
    "tektelic-comfort": DeviceModel("Tektelic Comfort", (), 3600, reads=_AIR),
    "tektelic-smart-room-base": DeviceModel("Tektelic Smart Room Base", (), 3600, reads=_AIR),
    "tektelic-smart-room-pir": DeviceModel(
        "Tektelic Smart Room PIR",
        ("motion",),
        3600,
        hold=300,
        reads=(*_MOVEMENT, *_AIR),
        counts=True,
    ),
}
