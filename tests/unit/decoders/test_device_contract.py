"""Every registered decoder, codec, bridge and model comes with cases, a simulator and a row."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_decoder_vectors import VECTORS, entries, model_id

from collector.decoders import DECODERS
from collector.decoders.codecs import CODECS, codec_of
from devices.bridges import BRIDGES
from devices.simulator.generate import _VOICES
from rooms.devicemodels import MODELS
from rooms.registry.topics import filters
from rumskoll.device_table import REAL

ROOT = Path(__file__).parents[3]
PAYLOADS = ROOT / "tests" / "payloads"
SIMULATOR = ROOT / "devices" / "simulator"
LANGUAGES = ("en", "sv")


def cases(*folders: str) -> int:
    return len([*PAYLOADS.joinpath(*folders).glob("*.json")])


def page(language: str, name: str) -> str:
    return (ROOT / "docs" / language / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", DECODERS)
def test_a_decoder(name: str) -> None:
    assert cases(name) >= 3, "payload cases are missing"
    assert name in _VOICES, "nothing simulates it"
    assert filters("hus", name, "", ["a/+"]), "its topics are not known to the registry"
    for language in LANGUAGES:
        assert f"| `{name}` |" in page(language, "devices"), "no row in devices.md"


@pytest.mark.parametrize("name", CODECS)
def test_a_codec(name: str) -> None:
    assert cases("codecs", name) >= 3, "payload cases are missing"
    assert (SIMULATOR / f"{name}.py").exists(), "nothing simulates it"
    assert any(model.codec == name for model in MODELS.values())


@pytest.mark.parametrize("name", BRIDGES)
def test_a_bridge(name: str) -> None:
    bridge = BRIDGES[name]  # type: ignore[index]
    assert bridge.name == name
    assert MODELS[bridge.model].bridge == name
    assert cases("bridges", name) >= 3, "payload cases are missing"
    assert (SIMULATOR / "av" / f"{name}.py").exists(), "nothing simulates it"
    for language in LANGUAGES:
        assert f"| `{name}` |" in page(language, "bridges"), "no row in bridges.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_model_has_a_row(language: str) -> None:
    rows = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page(language, "devices-supported"), re.M))
    assert rows == MODELS.keys()


def test_every_model_is_tested_with_something() -> None:
    named = Counter[str]()
    for path in PAYLOADS.glob("**/*.json"):
        case = json.loads(path.read_text("utf-8"))
        named.update([case.get("model", ""), *case.get("devices", {}).values()])
    for id_, model in MODELS.items():
        if model.codec == "milesight" or model.reads:  # ELSYS' all speak the same
            assert named[id_] or id_ in REAL, f"{id_}: neither a case nor a real message"
        if model.codec is not None:
            assert codec_of(id_) is not None


@pytest.mark.skipif(not VECTORS.is_dir(), reason="no collection of real messages here")
def test_the_real_messages_are_counted_right() -> None:
    assert Counter(_real()) == REAL


def _real() -> Iterator[str]:
    systems = {
        "Cisco RoomOS": "cisco-roomos",
        "PJLink": "pjlink-display",
        "Poly VideoOS": "poly-videoos",
        "Logitech CollabOS": "logitech-collabos",
    }
    spelt = {"philips-hue-sml001": "philips-sml001", "aqara-fp1-rtczcgq11lm": "aqara-fp1"}
    for entry in entries("lorawan.json"):
        yield from _known(model_id(entry["model"], entry["vendor"]))
    for entry in entries("mqtt.json"):
        id_ = model_id((entry.get("means") or {}).get("model", ""))
        yield from _known(spelt.get(id_, id_))
    for entry in entries("av.json"):
        yield from _known(systems.get(entry["system"], ""))


def _known(id_: str) -> Iterator[str]:
    if id_ in MODELS:
        yield id_
