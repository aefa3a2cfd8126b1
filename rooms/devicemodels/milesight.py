"""Milesight sensors: what each senses, and how often it speaks by default."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel

MODELS: Final[dict[str, DeviceModel]] = {}
