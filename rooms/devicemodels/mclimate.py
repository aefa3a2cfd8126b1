"""MClimate, by the object that its codecs give; an external thermistor is not the room."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import read, volts

_AIR: Final = (
    read("climate.temperature_c", "temperature", "sensorTemperature"),
    read("climate.humidity_pct", "humidity", "relativeHumidity"),
    volts("batteryVoltage", "battery"),
)

MODELS: Final[dict[str, DeviceModel]] = {
    "mclimate-ht": DeviceModel("MClimate HT Sensor", (), 600, reads=_AIR),
    "mclimate-co2": DeviceModel(
        "MClimate CO2 Sensor",
        (),
        600,
        reads=(read("climate.co2_ppm", "co2", "CO2"), *_AIR),
    ),
}
