"""Decoders: what comes in over MQTT, turned into partial readings (design 3)."""

from __future__ import annotations

from typing import Final

from collector.decoders import (
    chirpstack,
    esphome,
    homie,
    mapped_json,
    native,
    shelly,
    tasmota,
    tts,
    zigbee2mqtt,
)
from collector.decoders.base import Build, Decoder
from collector.decoders.router import Route, Router
from rooms.registry import Registry

__all__ = ["DECODERS", "Build", "Decoder", "Route", "Router", "build_decoders"]

DECODERS: Final[dict[str, Build]] = {
    "native": native.build,
    "chirpstack": chirpstack.build,
    "tts": tts.build,
    "zigbee2mqtt": zigbee2mqtt.build,
    "shelly": shelly.build,
    "tasmota": tasmota.build,
    "esphome": esphome.build,
    "homie": homie.build,
    "mapped_json": mapped_json.build,
}


def build_decoders(registry: Registry) -> dict[str, Decoder]:
    """Every source's decoder by source id. Raises ``ValueError`` for an impossible mapping."""
    return {
        source.id: DECODERS[source.decoder](source, registry)
        for _, source in registry.sources.values()
    }
