"""Any topic and any bytes give readings that can be stored, or a ``DecodeError``."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from decoder_cases import FOLDER_MAPPING, decoder, payload_of
from hypothesis import given
from hypothesis import strategies as st
from test_decoder_payloads import FILES

from collector.decoders import Decoder
from collector.decoders.codecs import elsys
from rooms.readings import FIELDS, Decoded, DecodeError
from tests.unit.bent import bent

EUI = "a81758fffe0c0ffe"
DECODERS: dict[str, Decoder] = {
    "native": decoder("native"),
    "chirpstack": decoder("chirpstack", devices={EUI: "elsys-ers-co2"}),
    "tts": decoder("tts", devices={EUI: "milesight-vs121"}),
    "zigbee2mqtt": decoder("zigbee2mqtt", devices={"hall": "philips-sml001"}),
    "shelly": decoder("shelly", devices={"hall": "shelly-pir-input"}),
    "tasmota": decoder("tasmota", devices={"hall": "tasmota-pir"}),
    "esphome": decoder("esphome"),
    "homie": decoder("homie"),
    "mapped_json": decoder("mapped_json", mapping=FOLDER_MAPPING),
}
TOPICS = [
    *(("native", f"rumskoll/lycksele/granen/d1/{kind}") for kind in FIELDS),
    *(
        ("chirpstack", f"application/1/device/{EUI}/event/{event}")
        for event in ("up", "status", "join")
    ),
    *(("tts", f"v3/a@t/devices/eui-{EUI}/{event}") for event in ("up", "join", "down/ack")),
    *(
        ("shelly", f"hall/{end}")
        for end in ("events/rpc", "online", "status/presencezone:200", "status/input:0")
    ),
    *(("tasmota", f"tele/hall/{what}") for what in ("SENSOR", "STATE", "LWT", "INFO1", "PIR1")),
    *(
        ("esphome", f"hall/{end}")
        for end in ("status", "sensor/temperature/state", "binary_sensor/motion/state")
    ),
    *(("homie", f"homie/5/hall/{end}") for end in ("$state", "air/co2", "radar/occupancy")),
    *(
        ("zigbee2mqtt", f"zigbee2mqtt/{name}")
        for name in ("hall", "hall/availability", "a/b", "bridge/state")
    ),
]
CASES = [json.loads(path.read_text("utf-8")) for path in FILES]
NAMES = [
    *(name for fields in FIELDS.values() for name in fields),
    *("time", "seq", "error", "token", "t", "o", "p", "s", "a", "b", "c", "last_seen", "occupancy"),
    *("presence", "battery", "voltage", "data", "fPort", "fCnt", "rxInfo", "rssi", "deviceInfo"),
    *("uplink_message", "frm_payload", "f_port", "f_cnt", "rx_metadata", "received_at", "object"),
    *("params", "ts", "method", "presencezone:200", "value", "num_objects", "input:0", "tC"),
    *("Time", "TempUnit", "Switch1", "Action", "SCD40", "Temperature", "Wifi", "Signal", "Info1"),
    *("batteryLevel", "deduplicationId", "state", "illuminance", "temperature", "device"),
]

numbers = st.one_of(
    st.integers(-10, 300),
    st.integers(),
    st.integers(min_value=10**30, max_value=10**300),
    st.floats(allow_nan=True, allow_infinity=True),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=8), st.just("\ud800\x00"))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)
messages = st.dictionaries(st.sampled_from(NAMES), values, max_size=6).map(
    lambda message: json.dumps(message).encode()
)
repeated = st.lists(st.tuples(st.sampled_from(NAMES), scalars), max_size=6).map(
    lambda pairs: ("{" + ",".join(f'"{k}":{json.dumps(v)}' for k, v in pairs) + "}").encode()
)
nested = st.builds(
    lambda name, depth: f'{{"{name}":{"[" * depth}{"]" * depth}}}'.encode(),
    st.sampled_from(NAMES),
    st.integers(1, 3000),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid payload, cut, with bytes changed or put in."""
    payload = bytearray(payload_of(draw(st.sampled_from(CASES))))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(payload)))
        payload[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(payload[: draw(st.integers(0, len(payload)))] if draw(st.booleans()) else payload)


payloads = st.one_of(st.binary(max_size=200), messages, repeated, nested, mutated())
topics = st.one_of(
    st.sampled_from([topic for _, topic in TOPICS]),
    st.sampled_from([case["topic"] for case in CASES]),
    st.text(max_size=40),
    st.lists(st.sampled_from(["rumskoll", "lycksele", "", "set", "availability"])).map("/".join),
)


def assert_storable(decoded: Decoded) -> None:
    assert isinstance(decoded.address, str)
    assert decoded.seq is None or 0 <= decoded.seq <= 2**53
    for partial in (*decoded.partials, *decoded.past):
        assert partial.fields
        assert partial.time is None or isinstance(partial.time, int)
        for name, value in partial.fields.items():
            field = FIELDS[partial.kind][name]
            if field.type in ("text", "list"):
                assert isinstance(value, str)
                value.encode()
                assert "\n" not in value
            else:
                assert type(value) is float
                assert math.isfinite(value)
                assert field.low <= value <= field.high


def assert_total(under_test: Decoder, topic: str, payload: bytes) -> None:
    try:
        decoded = under_test.decode(topic, payload)
    except DecodeError as caught:
        error = caught
    else:
        assert_storable(decoded)
        return
    assert error.reason.isidentifier()
    assert len(error.detail) < 1000


@pytest.mark.parametrize("name", DECODERS)
@given(topic=topics, payload=payloads)
def test_any_message(name: str, topic: str, payload: bytes) -> None:
    assert_total(DECODERS[name], topic, payload)


@cache
def as_set_up(path: Path) -> tuple[Decoder, dict[str, Any]]:
    """A payload case's decoder, with its settings, and the case."""
    case = json.loads(path.read_text("utf-8"))
    settings = {key: case[key] for key in ("devices", "base", "mapping") if key in case}
    return decoder(path.parent.name, **settings), case


@pytest.mark.parametrize("name", DECODERS)
@given(data=st.data())
def test_a_message_with_one_other_value(name: str, data: st.DataObject) -> None:
    own = [path for path in FILES if path.parent.name == name]
    under_test, case = as_set_up(data.draw(st.sampled_from(own)))
    if isinstance(case.get("payload"), dict | list):
        payload = data.draw(bent([case["payload"]], values))
        assert_total(under_test, case["topic"], payload_of({**case, "payload": payload}))


@given(st.data())
def test_any_message_on_a_fitting_topic(data: st.DataObject) -> None:
    name, topic = data.draw(st.sampled_from(TOPICS))
    payload = data.draw(payloads)
    assert_total(DECODERS[name], topic, payload)
    assert_total(DECODERS["mapped_json"], topic, payload)


@given(
    frame=st.one_of(st.binary(max_size=80), st.lists(st.integers(0, 0x3F), max_size=30).map(bytes))
)
def test_any_lorawan_bytes(frame: bytes) -> None:
    message: dict[str, Any] = {"fPort": 5, "data": b64encode(frame).decode()}
    topic = f"application/1/device/{EUI}/event/up"
    assert_total(DECODERS["chirpstack"], topic, json.dumps(message).encode())


@given(head=st.sampled_from(["0100d7", "0228", "050111020712c0"]), tail=st.binary(max_size=20))
def test_what_follows_never_spoils_what_came_before(head: str, tail: bytes) -> None:
    before = elsys.decode(bytes.fromhex(head))
    after = elsys.decode(bytes.fromhex(head) + b"\xff" + tail)
    assert (after.now, after.note) == (before.now, "unknown_channel")
