"""Milesight payloads: channel, type and a little-endian value, one after another.

What a channel and its type mean depends on the model (``channels``). An entry of channels 0x20 and
0x21 is something that the sensor kept and tells later. After a channel that is not known the next
cannot be found: what came before is kept.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from collector.decoders.codecs.base import Decode, Frame, Given, Note
from collector.decoders.codecs.milesight.channels import HELLO, MODELS, SETTINGS, Channels, Kept
from collector.decoders.codecs.milesight.kept import LayoutOf, entry
from rooms.readings import DecodeError

_MOST: Final = 512  # bytes; LoRaWAN carries 242
_MAKER: Final = "milesight-"


def for_model(model: str) -> Decode:
    """``model`` is an id such as ``milesight-vs121``."""
    channels, kept = MODELS[model.removeprefix(_MAKER)]
    return partial(decode, channels, kept)


def decode(channels: Channels, kept: Kept, frame: bytes) -> Frame:
    """Raises ``DecodeError`` ``bad_frame`` if nothing of it can be read."""
    size = len(frame)
    if size > _MOST:
        raise DecodeError("bad_frame", f"{size} bytes, more than a LoRaWAN frame holds")
    now: Given = {}
    past: list[tuple[int, Given]] = []
    note: Note | None = None
    settings = False
    at = 0
    while at < size:
        if at + 2 > size:
            note = "truncated"
            break
        key = frame[at] << 8 | frame[at + 1]
        known = channels.get(key)
        if known is not None:
            length, read = known
            end = at + 2 + length
            if end > size:
                note = "truncated"
                break
            settings = settings or key in HELLO
            if read is not None and read(frame, at + 2, now):
                note = "implausible"
        elif key in kept:
            end, trouble = _take(frame, at + 2, kept[key], past)
            note = trouble or note
            if not end:
                break
        else:
            if frame[at] not in SETTINGS:
                note = "unknown_channel"
                break
            settings = True  # an answer to a setting; nothing else comes with it
            end = size
        at = end
    if at == 0:
        raise DecodeError("bad_frame", f"no Milesight value can be read from {frame[:16].hex()!r}")
    return Frame(now, past, note, settings and not past and now.keys() <= {"health"})


def _take(
    frame: bytes, at: int, layout: LayoutOf, past: list[tuple[int, Given]]
) -> tuple[int, Note | None]:
    """One entry of what was kept, and where it ends; 0 if that cannot be told."""
    try:
        found = entry(frame, at, layout)
    except LookupError:
        return 0, "unknown_channel"
    if found is None:
        return 0, "truncated"
    end, time, given, odd = found
    if given:
        past.append((time, given))
    return end, "implausible" if odd else None
