"""Sensors of home automation that need a model of their own; others are ``generic-…``."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel

MODELS: Final[dict[str, DeviceModel]] = {
    "shelly-presence": DeviceModel(
        "Shelly Presence", ("presence", "count"), 600, measures=("illuminance_lx",)
    ),
    "shelly-pir-input": DeviceModel("Shelly with a PIR on its input", ("motion",), 600),
    "shelly-ht": DeviceModel(
        "Shelly H&T", (), 2 * 3600, measures=("temperature_c", "humidity_pct")
    ),
    "tasmota-pir": DeviceModel("Tasmota with a PIR on its switch", ("motion",), 600),
}
