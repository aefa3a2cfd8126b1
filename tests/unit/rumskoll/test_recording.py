"""Recordings: what is written, what must not be, and what is said of a broken line."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import refused

from collector.incoming import Incoming
from collector.known import Known
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from rumskoll.commands.common import say
from rumskoll.recording import BadLine, Recorded, line_of, read_recording, withheld
from tests.unit.registry.broken import SITE

NOW = 1_795_424_400_000
PRIVATE = SITE.replace("{id: tallen, ", "{id: tallen, private: true, ").replace(
    "    decoder: chirpstack\n", "    decoder: chirpstack\n  - {id: av, decoder: native}\n"
)


def incoming(topic: str, payload: bytes = b"{}", retain: bool = False) -> Incoming:
    return Incoming(0, 0, topic, payload, NOW, 1, False, retain, False)


def registry() -> Registry:
    return build_registry([parse_site(PRIVATE, "rooms.yaml")])


@pytest.fixture(scope="module")
def known() -> Known:
    return Known.of(registry())


topics = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="+#\0"), min_size=1)


@given(topic=topics, payload=st.binary(max_size=50), retain=st.booleans())
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, topic: str, payload: bytes, retain: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "rec.jsonl"
    file.write_text(line_of(incoming(topic, payload, retain)), encoding="utf-8")
    assert [*read_recording(file)] == [Recorded(NOW, topic, payload, 1, retain)]


def test_the_form_of_a_line() -> None:
    line = line_of(incoming("a/å", "ö".encode()))
    assert line == f'{{"time": {NOW}, "topic": "a/å", "payload": "ö", "qos": 1, "retain": false}}\n'
    assert json.loads(line_of(incoming("a", b"\xff\x00")))["payload_hex"] == "ff00"


@pytest.mark.parametrize(
    ("topic", "payload", "expected"),
    [
        ("rumskoll/arena/granen/x/presence", b"{}", False),
        ("rumskoll/arena/tallen/x/presence", b"{}", True),  # a private room, by its name
        ("rumskoll/arena/granen/x/checkin", b'{"partner": "vindel", "token": "t"}', True),
        ("rumskoll/arena/granen/x/checkin", b"broken", True),
        ("huset/luft/data", b'{"luft": []}', True),  # a device that stands in it
        ("huset/luft/data", b"broken", True),
        ("huset/annan/data", b"{}", False),
        ("somewhere/else", b"\xff", False),
        ("somewhere/check-in", b"token", True),
    ],
)
def test_what_is_left_out(known: Known, topic: str, payload: bytes, expected: bool) -> None:
    assert withheld(known, incoming(topic, payload)) is expected


def test_what_cannot_be_played_back_is_left_out(known: Known) -> None:
    assert withheld(known, incoming("a\\xff")._replace(bad_topic=True))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"time": 1', "no_object"),
        ("[1]", "no_object"),
        ("\xff", "no_object"),
        ('{"topic": "a", "payload": ""}', "bad_time"),
        ('{"time": true, "topic": "a", "payload": ""}', "bad_time"),
        ('{"time": -1, "topic": "a", "payload": ""}', "bad_time"),
        ('{"time": 1, "topic": "", "payload": ""}', "bad_topic"),
        ('{"time": 1, "topic": "a/#", "payload": ""}', "bad_topic"),
        ('{"time": 1, "topic": "\\ud800", "payload": ""}', "bad_topic"),
        ('{"time": 1, "topic": "a"}', "bad_payload"),
        ('{"time": 1, "topic": "a", "payload": "", "payload_hex": ""}', "bad_payload"),
        ('{"time": 1, "topic": "a", "payload_hex": "0"}', "bad_payload"),
        ('{"time": 1, "topic": "a", "payload": "\\ud800"}', "bad_payload"),
        ('{"time": 1, "topic": "a", "payload": "", "qos": 3}', "bad_flags"),
        ('{"time": 1, "topic": "a", "payload": "", "retain": 1}', "bad_flags"),
    ],
)
def test_broken_lines(tmp_path: Path, line: str, key: str) -> None:
    file = tmp_path / "rec.jsonl"
    file.write_bytes(line_of(incoming("a")).encode() + b"\n" + line.encode("latin-1"))
    with pytest.raises(BadLine) as caught:
        [*read_recording(file)]
    assert (caught.value.line, caught.value.key) == (3, f"replay.{key}")
    assert refused("replay", str(file)).startswith(f"{file}:3: ")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(content)
    with suppress(BadLine):
        [*read_recording(file)]


def test_mistakes_are_told_before_anything_is_done() -> None:
    assert refused("replay", "nowhere.jsonl")
    Path("empty.jsonl").write_text("\n")
    assert refused("replay", "empty.jsonl") == say("replay.empty", file="empty.jsonl")
    Path("there.jsonl").write_text("mine")
    assert refused("record", "there.jsonl") == say("record.exists", file="there.jsonl")
    assert Path("there.jsonl").read_text() == "mine"
    assert refused("record", "x", "--for", "soon") == say("record.bad_for", given="soon")
    assert refused("record", "x", "--topic", "a/#/b") == say("record.bad_topic", topic="a/#/b")
    assert not Path("x").exists()


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_MQTT_URL", "mqtt://127.0.0.1:1")
    Path("rec.jsonl").write_text(line_of(incoming("a")))
    said = say("doctor.broker_nobody", host="127.0.0.1", port=1)
    assert said in refused("replay", "rec.jsonl")
    assert said in refused("record", "new.jsonl")
    assert not Path("new.jsonl").exists()
    assert said in refused("walktest")
