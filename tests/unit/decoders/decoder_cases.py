"""A registry with one source and its decoder, for the tests of this folder."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from collector.decoders import DECODERS, Decoder
from rooms.registry import Registry
from rooms.registry.models import Site

SOURCE = "under-test"
FOLDER_MAPPING = {
    "topics": ["#"],
    "address": "topic[0]",
    "time": "time",
    "seq": "seq",
    "fields": [
        {"path": "t", "field": "climate.temperature_c", "scale": 0.1},
        {"path": "a.b[0].c", "field": "presence.people"},
        {"path": "o", "field": "presence.occupied", "values": {"on": True, "off": False}},
        {"path": "p", "field": "equipment.peripherals"},
        {"path": "s", "field": "health.firmware"},
    ],
}


def registry(
    decoder: str,
    devices: dict[str, str] | None = None,
    base: str | None = None,
    mapping: dict[str, Any] | None = None,
) -> Registry:
    """``devices`` is address -> model."""
    source = {"id": SOURCE, "decoder": decoder, "base": base, "mapping": mapping}
    return Registry(
        [
            Site.model_validate(
                {
                    "id": "lycksele",
                    "name": "Lycksele",
                    "opening_hours": {"mon-fri": "08:00-17:00"},
                    "sources": [source],
                    "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
                    "devices": [
                        {"id": f"d{i}", "source": SOURCE, "address": address, "model": model}
                        for i, (address, model) in enumerate((devices or {}).items())
                    ],
                }
            )
        ]
    )


def decoder(name: str, **settings: Any) -> Decoder:
    known = registry(name, **settings)
    return DECODERS[name](known.sources[SOURCE][1], known)


def payload_of(case: dict[str, Any]) -> bytes:
    """Of a file under tests/payloads."""
    if "payload_hex" in case:
        return bytes.fromhex(case["payload_hex"])
    payload = case["payload"]
    if "data_hex" in case:
        payload = {**payload, "data": b64encode(bytes.fromhex(case["data_hex"])).decode()}
    return (payload if isinstance(payload, str) else json.dumps(payload)).encode()
