"""IMBuildings, by the object that its codecs give; counter A counts one way, B the other."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import YES_NO, read, volts

_BATTERY: Final = (
    read("health.battery_pct", "batteryLevel", "battery_level"),
    volts("batteryVoltage", "battery_voltage"),
)
_PASSED: Final = (
    read("presence.in_total", "total_counter.totalCounterA", "total_counter_a"),
    read("presence.out_total", "total_counter.totalCounterB", "total_counter_b"),
    *_BATTERY,
)

MODELS: Final[dict[str, DeviceModel]] = {
    "imbuildings-comfort-sensor": DeviceModel(
        "IMBuildings Comfort Sensor",
        ("motion",),
        1200,
        reads=(
            read("presence.occupied", "presence", values=YES_NO),
            read("climate.temperature_c", "temperature"),
            read("climate.humidity_pct", "humidity"),
            read("climate.co2_ppm", "co2", "CO2"),
            *_BATTERY,
        ),
    ),
    "imbuildings-people-counter": DeviceModel(
        "IMBuildings People Counter", ("line",), 600, reads=_PASSED
    ),
    "imbuildings-verticount": DeviceModel("IMBuildings Verticount", ("line",), 600, reads=_PASSED),
}
