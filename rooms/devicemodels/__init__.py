"""The device models that are known by name: one file per maker, one line registers it."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels import (
    browan,
    decentlab,
    elsys,
    equipment,
    generic,
    homeautomation,
    imbuildings,
    mclimate,
    milesight,
    netvox,
    sensative,
    tektelic,
    zigbee,
)
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
    # these are read from what the network server decoded
    **browan.MODELS,
    **decentlab.MODELS,
    **imbuildings.MODELS,
    **mclimate.MODELS,
    **netvox.MODELS,
    **sensative.MODELS,
    **tektelic.MODELS,
    **zigbee.MODELS,
    **homeautomation.MODELS,
    **equipment.MODELS,
}
