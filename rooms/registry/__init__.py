"""The site registry: what rooms.yaml says, checked, and the questions asked of it."""

from rooms.registry.models import Device, Partner, Room, Site, Source
from rooms.registry.registry import PlacedDevice, Registry, SourceDevice

__all__ = [
    "Device",
    "Partner",
    "PlacedDevice",
    "Registry",
    "Room",
    "Site",
    "Source",
    "SourceDevice",
]
