"""A message on its way to the broker, and what every way of saying things has in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple, Protocol

from devices.simulator.device_day import DeviceDay, Report


class Message(NamedTuple):
    """``time`` (ms) is when it is sent; the payload carries the device's own time."""

    time: int
    topic: str
    payload: bytes
    device: str = ""  # "" is a bridge
    retain: bool = False


class Voice(Protocol):
    """How one device's reports become messages on one day."""

    def begin(self) -> Iterator[Message]:
        """What is sent at local midnight, when devices restart their numbering."""
        ...

    def hello(self, t: int) -> Iterator[Message]:
        """Retained availability at the start of a live run."""
        ...

    def gone(self, t: int) -> Iterator[Message]:
        """Retained availability when it has gone offline: its last will."""
        ...

    def say(self, report: Report) -> Iterator[Message]:
        """A report's messages, numbered where the format numbers them."""
        ...


def rfc3339(t: int, zone: tzinfo = UTC, timespec: str = "milliseconds") -> str:
    return datetime.fromtimestamp(t / 1000, zone).isoformat(timespec=timespec)


def device_time(day: DeviceDay, t: int) -> int:
    """What the device's own clock says."""
    return day.clock(t)
