"""Watches one simulated device until enough is told, or what went wrong."""

from __future__ import annotations

from threading import Event
from typing import Any

from devices.bridges.base import Bridge, Target, Told


def told(bridge: Bridge, port: int, *, times: int = 1, **target: Any) -> list[Told]:
    """What ``watch`` tells, ``times`` in all. Raises what it raises."""
    stop, heard = Event(), list[Told]()

    def tell(what: Told) -> None:
        heard.append(what)
        if len(heard) >= times:
            stop.set()

    bridge.watch(Target("vc", "127.0.0.1", port, **target), tell, stop)
    return heard
