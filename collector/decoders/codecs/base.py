"""What all codecs of raw LoRaWAN bytes share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from rooms.readings import Kind, Value

Given = dict[Kind, dict[str, Value]]
"""Kind -> field -> value, in store form and within ``rooms.readings.FIELDS``: a codec leaves
out what a device says to mean "no value", and what cannot be."""

Note = Literal["truncated", "unknown_channel", "implausible"]


class Frame(msgspec.Struct, gc=False):
    """What one frame says.

    ``past`` holds readings that the device kept, each with its own time (ms): never "now".
    ``note`` says what of the frame could not be used; what came before is whole.
    ``settings``: the frame answers a configuration or introduces the device; with its
    firmware, perhaps, but no reading.
    """

    now: Given
    past: list[tuple[int, Given]] = []
    note: Note | None = None
    settings: bool = False


Decode = Callable[[bytes], Frame]
"""Total: any bytes give a ``Frame`` or ``DecodeError("bad_frame")`` if nothing can be read."""
