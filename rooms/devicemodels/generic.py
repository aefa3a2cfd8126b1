"""Models for what is not known by name."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel

MODELS: Final[dict[str, DeviceModel]] = {
    "generic": DeviceModel("unknown model"),
    "generic-motion": DeviceModel("motion sensor (PIR)", ("motion",)),
    "generic-presence": DeviceModel("presence sensor", ("presence",)),
    "generic-count": DeviceModel("people counter", ("count",)),
}
