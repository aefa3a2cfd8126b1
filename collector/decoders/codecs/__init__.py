"""Codecs of raw LoRaWAN bytes; ``DeviceModel.codec`` names the one to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from collector.decoders.codecs import elsys
from rooms.readings import Kind

# frame -> kind -> field -> value; raises DecodeError("bad_frame") if nothing can be read
Codec = Callable[[bytes], dict[Kind, dict[str, float]]]

CODECS: Final[dict[str, Codec]] = {
    "elsys": elsys.decode,
}
