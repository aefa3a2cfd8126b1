"""What breaks on purpose: told to the devices beforehand, and so known to whoever judges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from devices.simulator.calendar import Interval

_MINUTE = 60_000
FLAP: Final = (4 * _MINUTE, 3 * _MINUTE)  # so long gone, then so long back

Kind = Literal[
    "silent",  # says nothing any more
    "offline",  # so too, and the broker tells its last will
    "flapping",  # goes offline and comes back, again and again
    "source",  # all devices of a source are silent; Zigbee2MQTT's bridge tells its last will
    "gateway",  # a LoRaWAN gateway hears nobody
    "garbled",  # payloads that cannot be decoded
    "clock",  # its clock is ``SKEW_MS`` ahead or behind; ``detail`` says which
    "battery",  # nearly empty
    "unplugged",  # the camera is gone
    "error",  # diagnostics of a video system
    "warning",
    "flag_error",  # of a display; ``detail`` is the flag
    "flag_warning",
    "stuck",  # sees people all the time
    "blind",  # never sees anybody
    "ventilation",  # a room gets ``STUFFY`` of its fresh air, on whole days
]
SKEW_MS: Final = 7 * _MINUTE
STUFFY: Final = 0.25
LOW_PCT: Final = 15
# level, type, description: as a video system lists them
DIAGNOSTICS: Final = {
    "unplugged": ("error", "camera", "Camera is not connected"),
    "error": ("error", "audio", "Loudspeaker does not answer"),
    "warning": ("warning", "network", "Packets are lost"),
}


class Mishap(NamedTuple):
    """``target``: a device, source, gateway or room. ``[start, stop)`` in ms."""

    kind: Kind
    target: str
    start: int
    stop: int
    detail: str = ""


def befalling(
    mishaps: Iterable[Mishap], device: str, source: str, start: int, stop: int
) -> tuple[Mishap, ...]:
    """What touches a device at some time of ``[start, stop)``."""
    return tuple(
        m
        for m in mishaps
        if m.start < stop
        and start < m.stop
        and (m.kind == "gateway" or m.target == (source if m.kind == "source" else device))
        and m.kind != "ventilation"
    )


def fresh_air(mishaps: Iterable[Mishap], room: str, t: int) -> float:
    """The share of its fresh air that a room gets."""
    stuffy = any(
        m.kind == "ventilation" and m.target == room and m.start <= t < m.stop for m in mishaps
    )
    return STUFFY if stuffy else 1.0


def flaps(start: int, stop: int) -> Iterator[Interval]:
    """When a device that comes and goes is gone."""
    gone, back = FLAP
    for t in range(start, stop - gone, gone + back):
        yield t, t + gone
