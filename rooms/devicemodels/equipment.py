"""Video-conferencing systems, displays and panels; ``bridge`` watches them on the network."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel

MODELS: Final[dict[str, DeviceModel]] = {
    "cisco-roomos": DeviceModel(
        "Cisco RoomOS", ("presence", "call"), 300, family="vc", bridge="roomos"
    ),
    "poly-videoos": DeviceModel("Poly VideoOS", ("call",), 300, family="vc", bridge="poly"),
    "logitech-collabos": DeviceModel(
        "Logitech CollabOS", ("call",), 300, family="vc", bridge="collabos"
    ),
    "pjlink-display": DeviceModel(
        "PJLink display or projector", (), 300, family="display", bridge="pjlink"
    ),
    "checkin-panel": DeviceModel("check-in panel", (), 600, family="panel"),
}
