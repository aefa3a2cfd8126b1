"""Decentlab, by the object that its decoder gives: each value under its name, as ``{value, unit}``
or bare; akenza's codec has shorter names. Volatile compounds in ppb are no µg/m³."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import read, volts


def _named(name: str) -> tuple[str, str]:
    return f"{name}.value", name


MODELS: Final[dict[str, DeviceModel]] = {
    "decentlab-dl-iam": DeviceModel(
        "Decentlab DL-IAM",
        ("motion",),
        600,
        reads=(
            read("presence.motion_count", *_named("activity_counter"), "pir"),
            read("climate.temperature_c", *_named("air_temperature"), "temperature"),
            read("climate.humidity_pct", *_named("air_humidity"), "humidity"),
            read("climate.co2_ppm", *_named("co2_concentration"), "co2"),
            read("climate.illuminance_lx", *_named("illuminance"), "light"),
            volts(*_named("battery_voltage"), "batteryVoltage"),
        ),
        counts=True,
    ),
}
