"""``rumskoll decode``: frames, messages and answers, for scripts and for people."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from collector.decoders import DECODERS
from devices import bridges
from devices.bridges.base import BadAnswer
from rooms.readings import DecodeError
from rooms.texts import LANGUAGES, TEXTS
from rumskoll.cli import app
from rumskoll.commands.common import say
from rumskoll.decoding import frames
from rumskoll.decoding.meaning import Undecodable
from rumskoll.decoding.messages import decode_alone
from rumskoll.decoding.telling import lines

# temperature 22.6, humidity 41, movements 3, by ELSYS' "Sensor payload"
ELSYS = "0100e202290503"
ELSYS_MEANS = [
    {"measurement": "climate", "fields": {"temperature_c": 22.6, "humidity_pct": 41}},
    {"measurement": "presence", "fields": {"motion_count": 3}},
]


def run(*args: str, given: bytes = b"") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["decode", *args], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def rows(*args: str, given: bytes = b"") -> Any:
    code, out, _ = run("--json", *args, given=given)
    assert code == 0, out
    return json.loads(out)


def error(*args: str, given: bytes = b"") -> str:
    code, out, _ = run("--json", *args, given=given)
    assert code == 1
    told = json.loads(out)
    assert [*told] == ["error"]
    return str(told["error"])


# ---- frames


@pytest.mark.parametrize(
    "pasted",
    [
        [ELSYS],
        [ELSYS.upper()],
        ["01 00 e2 02 29 05 03"],
        ["01", "00", "e2", "02", "29", "05", "03"],
        ["01:00:e2:02:29:05:03"],
        ["0x0100e202290503"],
        ["0x01, 0x00, 0xe2, 0x02, 0x29, 0x05, 0x03"],
        [base64.b64encode(bytes.fromhex(ELSYS)).decode()],
        [base64.b64encode(bytes.fromhex(ELSYS)).decode().rstrip("=")],
    ],
)
def test_bytes_as_people_paste_them(pasted: list[str]) -> None:
    assert rows("--model", "elsys-ers", *pasted) == ELSYS_MEANS


def test_bytes_from_standard_input() -> None:
    assert rows("--model", "elsys-ers", "--port", "5", given=f"{ELSYS}\n".encode()) == ELSYS_MEANS


@pytest.mark.parametrize(
    "model", ["ELSYS-ERS", "elsys_ers", "Elsys ERS", " elsys ers ", "ERS", "elsysers"]
)
def test_models_in_any_spelling(model: str) -> None:
    assert rows("--model", model, ELSYS) == ELSYS_MEANS


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--model", "elsys-ers", "0100e2f"], say("decode.odd_hex", count=7)),
        (["--model", "elsys-ers", "0100zz"], say("decode.not_hex", character="z")),
        (["--model", "elsys-ers", "QkRT=RTX"], say("decode.not_bytes")),
        (["--model", "elsys-ers", " "], say("decode.no_bytes")),
        (["--model", "elsys-ers"], say("decode.empty")),
        (["--model", "elsys-ers", "00" * 1025], say("decode.long_frame", size=1025, most=1024)),
        (
            ["--model", "elsys-erz", ELSYS],
            say("decode.unknown_model", model="elsys-erz", near="elsys-ers"),
        ),
        (["--model", "qwertyuiop", ELSYS], say("decode.unknown_model.far", model="qwertyuiop")),
        (["--model", "generic", ELSYS], say("decode.no_codec", model="generic")),
        (["--source", "native"], say("decode.no_topic")),
        (
            ["--topic", "zigbee2mqtt/hall"],
            say(
                "decode.no_source",
                known="chirpstack, esphome, homie, mapped_json, native, shelly, tasmota, tts,"
                " zigbee2mqtt",
            ),
        ),
    ],
)
def test_what_cannot_be_read(args: list[str], said: str) -> None:
    told = error(*args)
    assert said in told or said.partition("elsys-ers")[0] in told
    code, out, err = run(*args)
    assert (code, out) == (1, "")
    assert err.strip() == told


def test_no_model_names_those_that_could_read_it() -> None:
    told = error(ELSYS)
    assert told.startswith(say("decode.which_model"))
    assert "elsys-ers" in told
    assert error("ffff") == say("decode.which_model")


def test_an_undecodable_frame() -> None:
    assert error("--model", "elsys-ers", "ff00").startswith("bad_frame: ")


def fake(monkeypatch: pytest.MonkeyPatch, codec: Callable[[bytes], frames.Frame]) -> None:
    monkeypatch.setattr(frames, "codec_of", lambda _: codec)


def by_pairs(frame: bytes) -> frames.Frame:
    """A codec of its own: 01 XX is a temperature, 02 XX one of ten seconds ago."""
    read = frames.Frame({})
    for at in range(0, len(frame), 2):
        if frame[at] not in (1, 2):
            read.note = "unknown_channel"
            return read
        if at + 1 == len(frame):
            read.note = "truncated"
            return read
        given: Any = {"climate": {"temperature_c": float(frame[at + 1])}}
        if frame[at] == 1:
            read.now = given
        else:
            read.past = [*read.past, (1_700_000_000_000, given)]
    if not frame:
        raise DecodeError("bad_frame", "empty")
    return read


def test_history_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, by_pairs)
    assert rows("--model", "elsys-ers", "01150214") == [
        {"measurement": "climate", "fields": {"temperature_c": 21}},
        {"measurement": "climate", "fields": {"temperature_c": 20}, "time": 1_700_000_000_000},
    ]


@pytest.mark.parametrize(
    ("frame", "note", "read"), [("0115ff00", "unknown_channel", 2), ("011502", "truncated", 2)]
)
def test_what_is_whole_is_read_and_where_it_ends_is_said(
    monkeypatch: pytest.MonkeyPatch, frame: str, note: str, read: int
) -> None:
    fake(monkeypatch, by_pairs)
    code, out, err = run("--json", "--model", "elsys-ers", frame)
    assert (code, json.loads(out)[0]["fields"]) == (0, {"temperature_c": 21})
    assert note in err
    _, out, _ = run("--model", "elsys-ers", frame)
    assert say(f"decode.note.{note}") in out
    assert say("decode.note.read", read=read, size=len(frame) // 2) in out


# ---- messages


@pytest.mark.parametrize(
    ("source", "topic", "payload", "expected"),
    [
        (
            "native",
            "rumskoll/arena/granen/radar/presence",
            b'{"time": 1795424400000, "occupied": true, "people": 3}',
            [
                {
                    "measurement": "presence",
                    "fields": {"occupied": True, "people": 3},
                    "time": 1_795_424_400_000,
                }
            ],
        ),
        (
            "native",
            "rumskoll/arena/granen/vc/equipment",
            b'{"peripherals": [{"id": "1"}], "error": {"fan": 1}, "lamp_h": 10.5}\n',
            [
                {
                    "measurement": "equipment",
                    "fields": {"peripherals": [{"id": "1"}], "lamp_h": 10.5, "error_fan": 1},
                }
            ],
        ),
        (
            "native",
            "hus/rumskoll/arena/granen/radar/status",
            b"offline\n",
            [{"measurement": "status", "fields": {"online": False}}],
        ),
        (
            "zigbee2mqtt",
            "zigbee2mqtt/Rum 1/PIR",
            b'{"occupancy": true, "battery": 91.5}',
            [
                {"measurement": "presence", "fields": {"occupied": True}},
                {"measurement": "health", "fields": {"battery_pct": 91.5}},
            ],
        ),
        (
            "zigbee2mqtt",
            "eget/PIR/availability",
            b'{"state": "online"}',
            [{"measurement": "status", "fields": {"online": True}}],
        ),
        ("zigbee2mqtt", "zigbee2mqtt/bridge/logging", b"{}", []),
    ],
)
def test_messages(source: str, topic: str, payload: bytes, expected: Any) -> None:
    assert rows("--source", source, "--topic", topic, given=payload) == expected


def uplink(profile: str, **more: Any) -> bytes:
    data = base64.b64encode(bytes.fromhex(ELSYS)).decode()
    info = {"deviceProfileName": profile, "devEui": "a81758fffe000001"}
    return json.dumps({"fPort": 5, "fCnt": 1, "data": data, "deviceInfo": info} | more).encode()


UP = "application/1/device/a81758fffe000001/event/up"


@pytest.mark.parametrize(
    ("profile", "model"), [("ELSYS ERS", []), ("whatever", ["--model", "elsys-ers"])]
)
@pytest.mark.parametrize("prefix", ["", "eget/"])
def test_a_network_servers_message(profile: str, model: list[str], prefix: str) -> None:
    args = ["--source", "chirpstack", *model, "--topic", prefix + UP]
    assert rows(*args, given=uplink(profile))[:2] == ELSYS_MEANS


def test_without_a_known_model_it_says_who_could_read_it() -> None:
    code, out, _ = run("--json", "--source", "chirpstack", "--topic", UP, given=uplink("whatever"))
    if code:  # a network server's own object may be readable without a model
        assert "elsys-ers" in json.loads(out)["error"]


@pytest.mark.parametrize(
    ("args", "given", "said"),
    [
        (["--source", "chirpstack", "--topic", UP], b"{", "bad_json: "),
        (["--source", "chirpstack", "--topic", "x"], b"{}", "bad_topic: "),
        (["--source", "chirpstack", "--topic", UP], b" \n", say("decode.empty")),
        (["--source", "native", "--topic", "a/../b/c/d/presence"], b"{}", "no_fields"),
        (["--source", "mapped_json", "--topic", "x"], b"{}", say("decode.no_mapping")),
        (["--source", "chirpstak", "--topic", "x"], b"{}", "chirpstack"),
        (["--source", "qwerty", "--topic", "x"], b"{}", "qwerty"),
    ],
)
def test_messages_that_cannot_be_read(args: list[str], given: bytes, said: str) -> None:
    code, out, _ = run("--json", *args, given=given)
    told = json.loads(out)
    assert told == [] if said == "no_fields" else (code, said in told["error"]) == (1, True)


MAPPING = """\
topics: ["huset/+/data"]
address: topic[1]
time: at
fields:
  - {path: "luft[0].co2", field: climate.co2_ppm}
"""


def test_a_mapping_is_tried_out() -> None:
    Path("mapping.yaml").write_text(MAPPING)
    args = ["--source", "mapped_json", "--mapping", "mapping.yaml", "--topic", "huset/a/data"]
    given = b'{"luft": [{"co2": 640}], "at": 1795424400}'
    assert rows(*args, given=given) == [
        {"measurement": "climate", "fields": {"co2_ppm": 640}, "time": 1_795_424_400_000}
    ]
    Path("mapping.yaml").write_text(MAPPING.replace("co2_ppm", "co3_ppm"))
    told = error(*args, given=given)
    assert told.startswith("mapping.yaml:5: fields[0].field: ")
    assert "climate.co2_ppm" in told  # meant, probably
    Path("mapping.yaml").write_text(MAPPING.replace("time: at", "tid: at"))
    assert "mapping.yaml:3" in error(*args, given=given)
    Path("mapping.yaml").write_text(MAPPING.replace("luft[0]", "luft[a]"))
    assert "mapping.yaml:5: fields[0].path: " in error(*args, given=given)


def test_with_the_real_rooms_yaml() -> None:
    args = ["--rooms", "rooms.yaml", "--source", "egna", "--topic", "huset/luft/data"]
    assert rows(*args, given=b'{"luft": [{"co2": 640}]}') == [
        {"measurement": "climate", "fields": {"co2_ppm": 640}}
    ]
    _, out, _ = run(*args, given=b'{"luft": [{"co2": 640}]}')
    assert say("decode.device", device="luft", room="tallen") in out
    args[3] = "okand"
    assert "egna" in error(*args, given=b"{}")
    assert "saknas.yaml" in error("--rooms", "saknas.yaml", *args[2:], given=b"{}")


# ---- answers


@pytest.fixture
def _bridge(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(answer: bytes, request: str) -> Any:
        if answer == b"?":
            raise BadAnswer("no answer at all")
        told = {"people": 2, "standby": False, "input": request, "peripherals": []}
        return {"equipment": told, "status": {"online": True}}

    bridge = SimpleNamespace(read=read, model="cisco-roomos")
    monkeypatch.setattr(bridges, "BRIDGES", {"roomos": bridge}, raising=False)


@pytest.mark.usefixtures("_bridge")
def test_answers() -> None:
    assert rows("--bridge", "roomos", "--request", "hdmi", given=b"!") == [
        {
            "measurement": "equipment",
            "fields": {"people": 2, "standby": False, "input": "hdmi", "peripherals": []},
        },
        {"measurement": "status", "fields": {"online": True}},
    ]
    assert error("--bridge", "roomos", given=b"?") == "no answer at all"
    assert error("--bridge", "roomos") == say("decode.empty")
    assert "roomos" in error("--bridge", "romos", given=b"!")
    assert "qwerty" in error("--bridge", "qwerty", given=b"!")


# ---- for people


def test_for_people() -> None:
    code, out, _ = run("--model", "elsys-ers", ELSYS)
    assert code == 0
    assert say("decode.model", name="ELSYS ERS", model="elsys-ers") in out
    assert say("decode.says.motion") in out
    swedish = [*lines(frames.decode_frame("elsys-ers", bytes.fromhex(ELSYS), "sv"), "sv")]
    english = [*lines(frames.decode_frame("elsys-ers", bytes.fromhex(ELSYS), "en"), "en")]
    assert "  Temperatur                        22,6 °C  (climate.temperature_c)" in swedish
    assert "  Temperature                       22.6 °C  (climate.temperature_c)" in english


@pytest.mark.parametrize(
    ("model", "payload", "key"),
    [
        ("generic-motion", b'{"motion": false}', "no_motion"),
        ("generic-presence", b'{"occupied": true}', "presence"),
        ("generic-count", b'{"people": 0}', "absence"),
        ("generic", b'{"people": 1}', "generic"),
        ("elsys-ers-lite", b'{"people": 1}', "nothing"),
    ],
)
def test_what_it_says_of_the_room(model: str, payload: bytes, key: str) -> None:
    topic = "rumskoll/arena/granen/x/presence"
    _, out, _ = run("--source", "native", "--model", model, "--topic", topic, given=payload)
    assert say(f"decode.says.{key}") in out


def test_calls_show_no_vacancy() -> None:
    topic = "rumskoll/arena/granen/x/equipment"
    for told, key in ((b"true", "call"), (b"false", "no_call")):
        payload = b'{"in_call": ' + told + b"}"
        args = ["--source", "native", "--model", "poly-videoos", "--topic", topic]
        assert say(f"decode.says.{key}") in run(*args, given=payload)[1]


def test_an_address_that_rooms_yaml_could_not_hold() -> None:
    topic = "zigbee2mqtt/" + "a" * 300
    payload = b'{"occupancy": true}'
    assert rows("--source", "zigbee2mqtt", "--topic", topic, given=payload) == [
        {"measurement": "presence", "fields": {"occupied": True}}
    ]


@given(topic=st.text(max_size=40), payload=st.binary(max_size=60))
def test_any_message_is_read_or_refused(topic: str, payload: bytes) -> None:
    for decoder in DECODERS:
        try:
            meaning = decode_alone(decoder, topic, payload, "sv")
        except Undecodable:
            continue
        assert isinstance(json.dumps(meaning.rows), str)
        assert all(isinstance(line, str) for line in lines(meaning, "en"))


def test_what_is_ignored_is_explained() -> None:
    args = ["--source", "chirpstack", "--topic", UP.replace("/up", "/join")]
    _, out, _ = run(*args, given=uplink("ELSYS ERS"))
    assert say("decode.ignored.join") in out


def test_hostile_text_does_nothing_to_the_terminal() -> None:
    topic = "rumskoll/arena/granen/x/equipment"
    payload = b'{"firmware": "a\\u001b[2Jb", "peripherals": [{"name": "\\u001b[2J"}]}'
    _, out, _ = run("--source", "native", "--topic", topic, given=payload)
    assert "\x1b" not in out


def test_every_field_has_a_name() -> None:
    from rooms.readings import FIELDS

    named = {f"reading.{kind}.{name}" for kind, fields in FIELDS.items() for name in fields}
    assert {key for key in TEXTS if key.startswith("reading.")} == named
    assert len(LANGUAGES) == 2
