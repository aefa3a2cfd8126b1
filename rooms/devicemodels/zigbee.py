"""Zigbee sensors, read through Zigbee2MQTT."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel

MODELS: Final[dict[str, DeviceModel]] = {
    # 60 s to 90 s hold, then silence until the next movement; battery reports within the hour
    "aqara-rtcgq11lm": DeviceModel(
        "Aqara RTCGQ11LM (PIR)", ("motion",), 3600, hold=90, measures=("illuminance_lx",)
    ),
    "philips-sml001": DeviceModel(
        "Philips Hue SML001 (PIR)",
        ("motion",),
        3600,
        measures=("illuminance_lx", "temperature_c"),
    ),
    "aqara-fp1": DeviceModel("Aqara FP1 (radar)", ("presence",), 3600),
}
