"""The device models that are known by name: one file per maker, one line registers it."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels import elsys, equipment, generic, milesight, zigbee
from rooms.devicemodels.model import (
    SHOWS_VACANCY,
    BridgeName,
    CodecName,
    DeviceModel,
    Evidence,
    Family,
)

__all__ = [
    "MODELS",
    "SHOWS_VACANCY",
    "BridgeName",
    "CodecName",
    "DeviceModel",
    "Evidence",
    "Family",
]

MODELS: Final[dict[str, DeviceModel]] = {
    **generic.MODELS,
    **elsys.MODELS,
    **milesight.MODELS,
    **zigbee.MODELS,
    **equipment.MODELS,
}
