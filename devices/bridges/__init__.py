"""Bridges: equipment that speaks no MQTT, watched on the local network (design 3)."""

from __future__ import annotations

from typing import Final

from devices.bridges import collabos, pjlink, poly, roomos
from devices.bridges.base import Bridge
from rooms.devicemodels import BridgeName

BRIDGES: Final[dict[BridgeName, Bridge]] = {
    "roomos": roomos.BRIDGE,
    "pjlink": pjlink.BRIDGE,
    "poly": poly.BRIDGE,
    "collabos": collabos.BRIDGE,
}
