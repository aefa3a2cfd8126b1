"""Real messages of the formats decoded here, where their collection lies beside the repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from decoder_cases import decoder

from collector.decoders.codecs import codec_of
from collector.decoders.objects import read_object
from rooms.devicemodels import MODELS
from rooms.readings import Decoded

VECTORS = Path(__file__).parents[4] / "shared" / "vectors"
pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="no collection of real messages here")

NAMES = {"light_lux": "illuminance_lx"}
NOT_FIELDS = {"kind", "model", "payload_hex", "note", "scope", "occupancy_raw"}


def entries(file: str, **wanted: str) -> list[dict[str, Any]]:
    path = VECTORS / file
    found = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [e for e in found if all(e.get(name) == value for name, value in wanted.items())]


def meant(entry: dict[str, Any]) -> dict[str, Any]:
    means = dict(entry.get("means") or {})
    if "battery" in means:
        means["battery_pct"] = means.pop("battery")
    return {NAMES.get(k, k): v for k, v in means.items() if k not in NOT_FIELDS}


def flat(decoded: Decoded) -> dict[str, Any]:
    return {name: value for partial in decoded.partials for name, value in partial.fields.items()}


SPELT = {  # as others spell what we name otherwise
    "(generic ELSYS codec)": "elsys-generic",
    "ComfortSensor": "imbuildings-comfort-sensor",
    "PeopleCounter": "imbuildings-people-counter",
    "CO2 Sensor": "mclimate-co2",
    "HT Sensor": "mclimate-ht",
    "Strips": "sensative-strips",
    "ms-guard": "sensative-strips",
    "presence": "sensative-strips-presence",
    "smartRoomBase": "tektelic-smart-room-base",
    "smartRoomPIR": "tektelic-smart-room-pir",
    "smartRoomPIRV3_1": "tektelic-smart-room-pir",
}


def model_id(name: str, vendor: str = "") -> str:
    """``Elsys ERS2_CO2_Lite``, or ``ERS2 CO2 Lite`` of ELSYS -> the id of our table."""
    words = f"{vendor} {name}".strip()
    return SPELT.get(name, re.sub("[ _]+", "-", words).lower())


def assert_means(got: dict[str, Any], means: dict[str, Any]) -> None:
    """Booleans and null included: null is a field that must stay open."""
    for name, value in means.items():
        assert got.get(name) == (value if value is None else pytest.approx(float(value))), name


@pytest.mark.parametrize(
    "entry",
    [*entries("lorawan.json", vendor="ELSYS"), *entries("lorawan.json", vendor="Milesight")],
    ids=lambda e: f"{e['model']}-{e['bytes_hex']}",
)
def test_frames(entry: dict[str, Any]) -> None:
    decode = codec_of(model_id(entry["model"], entry["vendor"]))
    assert decode is not None
    given = decode(bytes.fromhex(entry["bytes_hex"])).now
    assert_means({name: v for fields in given.values() for name, v in fields.items()}, meant(entry))


READ_BY_OBJECT = (
    "Browan",
    "Decentlab",
    "IMBuildings",
    "MClimate",
    "Netvox",
    "Sensative",
    "Tektelic",
)


@pytest.mark.parametrize(
    "entry",
    [entry for maker in READ_BY_OBJECT for entry in entries("lorawan.json", vendor=maker)],
    ids=lambda e: f"{e['model']}-{e['bytes_hex']}",
)
def test_objects_that_the_network_server_decoded(entry: dict[str, Any]) -> None:
    model = MODELS[model_id(entry["model"], entry["vendor"])]
    given = read_object(model.reads, entry["expected"], "")
    assert_means({name: v for fields in given.values() for name, v in fields.items()}, meant(entry))


@pytest.mark.parametrize(
    "entry",
    [*entries("mqtt.json", format="chirpstack-v4"), *entries("mqtt.json", format="tts-v3")],
    ids=lambda e: f"{e['format']}-{e['means']}"[:70],
)
def test_network_servers_messages(entry: dict[str, Any]) -> None:
    means, payload = entry["means"], entry["payload"]
    source = "chirpstack" if entry["format"] == "chirpstack-v4" else "tts"
    ids = payload.get("deviceInfo") or payload["end_device_ids"]
    eui = (ids.get("devEui") or ids["dev_eui"]).lower()
    devices = {eui: model_id(means["model"])} if "model" in means else {}
    under_test = decoder(source, devices=devices)
    decoded = under_test.decode(entry["topic"], json.dumps(payload).encode())
    assert decoded.address == eui
    if means["kind"] != "up":
        assert decoded.ignored == means["kind"].partition("/")[0]
        return
    assert decoded.key is not None
    assert decoded.seq is not None
    assert_means(flat(decoded), {k: v for k, v in meant(entry).items() if k != "online"})
    assert bool(decoded.partials) is ("model" in means)


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


BY_FORMAT = {
    "shelly-gen2+": "shelly",
    "tasmota": "tasmota",
    "esphome": "esphome",
    "homie-5": "homie",
}
# switches and inputs are presence only where the device's model says so; power never is
NOT_OURS = {"input", "switch1", "switch2", "power_on", "state"}


@pytest.mark.parametrize(
    "entry",
    [entry for format_ in BY_FORMAT for entry in entries("mqtt.json", format=format_)],
    ids=lambda e: f"{e['format']}-{e['topic']}",
)
def test_messages_of_home_automation(entry: dict[str, Any]) -> None:
    payload = entry["payload"]
    raw = payload if isinstance(payload, str) else json.dumps(payload)
    decoded = decoder(BY_FORMAT[entry["format"]]).decode(entry["topic"], raw.encode())
    means = {name: v for name, v in meant(entry).items() if name not in NOT_OURS}
    assert_means(flat(decoded), means)
    assert bool(decoded.partials) is any(value is not None for value in means.values()) or (
        "/events/rpc" in entry["topic"]
    )
