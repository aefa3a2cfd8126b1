"""Decentlab, by the object that its decoder gives: each value under its name, as ``{value, unit}``
or bare; volatile compounds in ppb are no µg/m³."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import read


def _named(name: str) -> tuple[str, str]:
    return f"{name}.value", name


MODELS: Final[dict[str, DeviceModel]] = {
    "decentlab-dl-iam": DeviceModel(
        "Decentlab DL-IAM",
        ("motion",),
        600,
        reads=(
            read("presence.motion_count", *_named("activity_counter")),
            read("climate.temperature_c", *_named("air_temperature")),
            read("climate.humidity_pct", *_named("air_humidity")),
            read("climate.co2_ppm", *_named("co2_concentration")),
            read("climate.illuminance_lx", *_named("illuminance")),
            read("health.battery_mv", *_named("battery_voltage"), scale=1000),
        ),
        counts=True,
    ),
}
