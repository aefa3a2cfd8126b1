"""Real messages of the formats decoded here, where their collection lies beside the repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from decoder_cases import decoder

from collector.decoders.codecs import elsys
from rooms.devicemodels import MODELS
from rooms.readings import Decoded

VECTORS = Path(__file__).parents[4] / "shared" / "vectors"
pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="no collection of real messages here")

NAMES = {"light_lux": "illuminance_lx"}
NOT_FIELDS = {"kind", "model", "payload_hex", "note", "scope", "occupancy_raw"}
EUI = re.compile(r"/device/([0-9a-f]{16})/")


def entries(file: str, **wanted: str) -> list[dict[str, Any]]:
    path = VECTORS / file
    found = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [e for e in found if all(e.get(name) == value for name, value in wanted.items())]


def meant(entry: dict[str, Any]) -> dict[str, Any]:
    means = dict(entry.get("means", {}))
    if "battery" in means:
        means["battery_pct"] = means.pop("battery")
    return {NAMES.get(k, k): v for k, v in means.items() if k not in NOT_FIELDS}


def flat(decoded: Decoded) -> dict[str, Any]:
    return {name: value for partial in decoded.partials for name, value in partial.fields.items()}


def model_id(name: str) -> str:
    """``Elsys ERS2_CO2_Lite`` or ``ERS2 CO2 Lite`` -> the id of our table."""
    return "elsys-" + re.sub(r"(?i)^elsys ", "", name).replace("_", " ").replace(" ", "-").lower()


def assert_means(got: dict[str, Any], means: dict[str, Any]) -> None:
    """Booleans and null included: null is a field that must stay open."""
    for name, value in means.items():
        assert got.get(name) == (value if value is None else pytest.approx(float(value))), name


@pytest.mark.parametrize(
    "entry", entries("lorawan.json", vendor="ELSYS"), ids=lambda e: e["bytes_hex"]
)
def test_elsys_frames(entry: dict[str, Any]) -> None:
    given = elsys.decode(bytes.fromhex(entry["bytes_hex"])).now
    assert_means({name: v for fields in given.values() for name, v in fields.items()}, meant(entry))
    if not entry["model"].startswith("("):
        assert model_id(entry["model"]) in MODELS


@pytest.mark.parametrize(
    "entry", entries("mqtt.json", format="chirpstack-v4"), ids=lambda e: str(e["means"])[:60]
)
def test_chirpstack_messages(entry: dict[str, Any]) -> None:
    means, topic = entry["means"], entry["topic"]
    ours = "Elsys" in means.get("model", "")
    address = EUI.search(topic)
    assert address is not None
    devices = {address[1]: model_id(means["model"])} if ours else {}
    decoded = decoder("chirpstack", devices=devices).decode(
        topic, json.dumps(entry["payload"]).encode()
    )
    assert decoded.address == address[1]
    if means["kind"] != "up":
        assert decoded.ignored == means["kind"]
        return
    assert decoded.key == entry["payload"]["deduplicationId"]
    assert decoded.hint == entry["payload"]["deviceInfo"]["deviceProfileName"]
    assert_means(flat(decoded), {k: v for k, v in meant(entry).items() if ours and k != "online"})
    assert bool(decoded.partials) is ours


@pytest.mark.parametrize(
    "entry", entries("mqtt.json", format="zigbee2mqtt"), ids=lambda e: e["topic"]
)
def test_zigbee2mqtt_messages(entry: dict[str, Any]) -> None:
    payload = entry["payload"]
    raw = payload if isinstance(payload, str) else json.dumps(payload)
    decoded = decoder("zigbee2mqtt").decode(entry["topic"], raw.encode())
    name = entry["topic"].removeprefix("zigbee2mqtt/").removesuffix("/availability")
    assert decoded.address == ("" if name == "bridge/state" else name)
    assert decoded.availability is ("online" in entry["means"])
    assert_means(flat(decoded), meant(entry))
