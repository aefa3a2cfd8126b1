"""Every LoRaWAN model speaks in the simulator, and what it says is understood."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from collector.decoders import build_decoders
from devices.simulator.generate import Setting, messages
from rooms.devicemodels import MODELS
from rooms.hearing import FIELDS
from rooms.registry import Registry
from rooms.registry.models import Site

LORAWAN = sorted(id_ for id_, model in MODELS.items() if model.lorawan)
ONCE_A_DAY = "sensative-strips"  # and at alarms, which nobody here counts
SITE: dict[str, Any] = {
    "id": "lycksele",
    "name": "Lycksele",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "sources": [
        {"id": "own", "decoder": "chirpstack"},
        {"id": "community", "decoder": "tts", "base": "hus"},
    ],
    "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
    "devices": [
        {
            "id": f"{id_}-{source}",
            "source": source,
            "address": f"{i:02x}-81-58-ff-fe-0c-{n:02x}-fe".upper(),
            "model": id_,
        }
        for i, id_ in enumerate(LORAWAN)
        for n, source in enumerate(("own", "community"))
    ],
    "placements": [
        {"device": f"{id_}-{source}", "room": "granen"}
        for id_ in LORAWAN
        for source in ("own", "community")
    ],
}


@pytest.fixture(scope="module")
def said(utc: Any) -> dict[str, dict[str, list[float]]]:
    """device -> field -> every value that was told on a Tuesday morning."""
    registry = Registry([Site.model_validate(SITE)])
    decoders = build_decoders(registry)
    told: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for message in messages(registry, Setting(1), utc(2026, 11, 17, 6), utc(2026, 11, 17, 12)):
        entry = registry.devices[message.device]
        decoded = decoders[entry.device.source].decode(message.topic, message.payload)
        assert decoded.address == registry.normalise(entry.device.source, entry.device.address)
        assert decoded.note is None, (message.device, decoded)
        for part in decoded.partials:
            for name, value in part.fields.items():
                if type(value) is float:
                    told[message.device][name].append(value)
    return told


@pytest.mark.parametrize("source", ["own", "community"])
@pytest.mark.parametrize("model", LORAWAN)
def test_it_shows_what_it_senses(said: Any, model: str, source: str) -> None:
    told = said[f"{model}-{source}"]
    assert told["rssi_dbm"] or model == ONCE_A_DAY
    for evidence in MODELS[model].evidence:
        seen = [value for name in FIELDS[evidence] for value in told[name]]
        assert any(seen), f"nobody was ever seen by {evidence}"
        assert evidence == "line" or not all(seen), f"never vacant by {evidence}"
