"""What people call things, as the series for Grafana tell it: in the site's language."""

from __future__ import annotations

from rooms.faults import SERVICE, SOURCE
from rooms.registry import Registry, SourceDevice
from rooms.texts import TEXTS, Language, text
from rooms.texts.plain import storable


def subject_name(registry: Registry, subject: str, language: Language) -> str:
    """Of a fault's device, room or source, or of the service; an id where there is no name."""
    if entry := registry.devices.get(subject):
        name = entry.device.name
        return storable(subject if name is None else name.in_(language))
    if placed := registry.rooms.get(subject):
        return storable(placed[1].name.in_(language))
    if subject.startswith(SOURCE):
        return text(language, "faults.source", source=storable(subject.removeprefix(SOURCE)))
    if subject == SERVICE:
        return text(language, "alert.device.service")
    return storable(subject)


def model_name(device: SourceDevice, language: Language) -> str:
    """Makers' names are the same everywhere, plain words are not."""
    key = f"board.model.{device.device.model}"
    return text(language, key) if key in TEXTS else device.model.name
