"""Codecs of raw LoRaWAN bytes; ``DeviceModel.codec`` names the one to use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from collector.decoders.codecs import elsys, milesight
from collector.decoders.codecs.base import Decode, Frame, Given
from rooms.devicemodels import MODELS

__all__ = ["CODECS", "Decode", "Frame", "Given", "codec_of"]

# codec -> (model id -> decode): what a byte means may depend on the model
CODECS: Final[dict[str, Callable[[str], Decode]]] = {
    "elsys": elsys.for_model,
    "milesight": milesight.for_model,
}


@cache
def codec_of(model: str) -> Decode | None:
    """How to read the bytes of a model by its id; ``None`` if it has no codec."""
    codec = MODELS[model].codec
    return None if codec is None else CODECS[codec](model)
