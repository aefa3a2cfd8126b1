"""Devices whose topic names another room than rooms.yaml: the registry wins, with a warning."""

from __future__ import annotations

from typing import Final

import structlog

from collector.incoming import Incoming
from collector.known import Known

log = structlog.get_logger()

MOST_WARNINGS: Final = 1000


class Elsewhere:
    """Warns once of each device and room."""

    def __init__(self) -> None:
        self._warned: set[tuple[str, str]] = set()

    def forget(self) -> None:
        """The registry has changed."""
        self._warned.clear()

    def check(self, known: Known, message: Incoming, device: str, claimed: str) -> None:
        room = known.registry.room_of(device, message.time)
        if room is None or room == claimed or (device, claimed) in self._warned:
            return
        if len(self._warned) < MOST_WARNINGS:
            self._warned.add((device, claimed))
            log.warning("rooms.yaml has the device elsewhere", topic=message.topic, room=room)
