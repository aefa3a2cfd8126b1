"""Sensative Strips, by the object that its codecs give."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import YES_NO, read

_STRIPS: Final = (
    read("climate.temperature_c", "temperature.value", "temperature"),
    read("climate.humidity_pct", "humidity.value", "humidity"),
    read("climate.illuminance_lx", "lux.value", "light"),
    read("health.battery_pct", "battery", "batteryLevel"),
)

MODELS: Final[dict[str, DeviceModel]] = {
    "sensative-strips": DeviceModel("Sensative Strips", (), 24 * 3600, reads=_STRIPS),
    "sensative-strips-presence": DeviceModel(
        "Sensative Strips Presence",
        ("motion",),
        24 * 3600,
        reads=(
            read("presence.occupied", "presence.value", "presence", "occupied", values=YES_NO),
            *_STRIPS,
        ),
    ),
}
