"""Browan (Tabs, MerryIoT), by the object that its codecs give; eCO2 is an estimate: left out.

The TBMS100 speaks every 10 min while it is occupied and every hour while it is not, and goes free
5 min after the last movement (TBMS100 Reference Manual, 4.1.1).
"""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import YES_NO, read, volts

_AIR: Final = (
    read("climate.temperature_c", "temperature"),
    read("climate.humidity_pct", "humidity"),
)
_BATTERY: Final = (
    read("health.battery_pct", "batteryLevel"),
    volts("battery_volt", "batteryVoltage", "battery"),
)
_MOVED: Final = ("motion", "occupied", "status", "mot_motionst")
_CO2: Final = read("climate.co2_ppm", "co2_ppm", "co2", "CO2")

MODELS: Final[dict[str, DeviceModel]] = {
    "browan-tbms100": DeviceModel(
        "Browan TBMS100",
        ("motion",),
        3600,
        hold=300,
        reads=(
            read("presence.motion", *_MOVED, values=YES_NO),
            read("presence.occupied", *_MOVED, values=YES_NO),
            _AIR[0],
            *_BATTERY,
        ),
    ),
    "browan-tbhh100": DeviceModel("Browan TBHH100", (), 3600, reads=(*_AIR, *_BATTERY)),
    "browan-tbhv110": DeviceModel("Browan TBHV110", (), 3600, reads=(*_AIR, *_BATTERY)),
    "browan-tbclimate": DeviceModel("Browan TBClimate", (), 3600, reads=(*_AIR, _CO2, *_BATTERY)),
    "browan-tbsound": DeviceModel(
        "Browan TBSound",
        (),
        3600,
        reads=(
            read("climate.sound_db", "soundAvg", "sound_avg", "decibel"),
            _AIR[0],
            *_BATTERY,
        ),
    ),
    "browan-merryiot-cd10": DeviceModel(
        "Browan MerryIoT CD10", (), 3600, reads=(*_AIR, _CO2, *_BATTERY)
    ),
}
