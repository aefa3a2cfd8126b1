"""Netvox, by the object that its codecs give."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel
from rooms.devicemodels.objectfields import YES_NO, read, volts

MODELS: Final[dict[str, DeviceModel]] = {
    "netvox-rb11e": DeviceModel(
        "Netvox RB11E",
        ("motion",),
        3600,
        reads=(
            read("presence.occupied", "Occupy", "occupied", values=YES_NO),
            read("climate.temperature_c", "Temp", "temperature"),
            read("climate.illuminance_lx", "Illuminance", "light"),
            read("health.battery_pct", "batteryLevel"),
            volts("Volt", "batteryVoltage"),
        ),
    ),
}
