"""What does not fit a payload file: keys, limits, the token, impossible mappings."""

from __future__ import annotations

from typing import Any

import pytest
from decoder_cases import FOLDER_MAPPING, decoder

from rooms.readings import DecodeError

TOPIC = "rumskoll/lycksele/granen/d1/presence"


def key(payload: bytes, topic: str = TOPIC) -> str | None:
    return decoder("native").decode(topic, payload).key


def test_copies_have_one_key_and_others_another() -> None:
    first = key(b'{"seq": 5, "occupied": true}')
    assert first is not None
    assert first == key(b'{"seq": 5, "occupied": true}')
    assert first != key(b'{"seq": 5, "occupied": false}')
    assert first != key(b'{"seq": 6, "occupied": true}')
    assert first != key(b'{"seq": 5, "occupied": true}', TOPIC.replace("d1", "d2"))


def test_an_unnumbered_message_has_no_key() -> None:
    assert key(b'{"occupied": true}') is None


def test_the_token_of_a_panel_does_not_show() -> None:
    decoded = decoder("native").decode(
        "rumskoll/lycksele/granen/p1/checkin", b'{"partner": "a", "token": "hemlig", "seq": 1}'
    )
    assert "hemlig" not in repr(decoded)
    assert decoded.token is not None
    assert decoded.token.get_secret_value() == "hemlig"


@pytest.mark.parametrize("name", ["native", "chirpstack", "zigbee2mqtt", "mapped_json"])
def test_limit_of_256_kib(name: str) -> None:
    topics = {"native": TOPIC, "chirpstack": "application/a/device/0101010101010101/event/up"}
    settings: dict[str, Any] = {"mapping": FOLDER_MAPPING} if name == "mapped_json" else {}
    under_test = decoder(name, **settings)
    topic = topics.get(name, "zigbee2mqtt/hall")
    just = b"{" + b" " * (256 * 1024 - 2) + b"}"
    assert under_test.decode(topic, just).ignored is not None
    with pytest.raises(DecodeError, match="too_large"):
        under_test.decode(topic, just + b" ")


def test_deep_nesting_is_refused_wherever_it_stands() -> None:
    for deep in (b"[" * 100_000, b'{"occupied": ' + b"[" * 900 + b"]" * 900 + b"}"):
        with pytest.raises(DecodeError) as caught:
            decoder("native").decode(TOPIC, deep)
        assert caught.value.reason in {"bad_json", "wrong_type"}


def test_a_list_too_long_to_store_is_refused() -> None:
    with pytest.raises(DecodeError, match="out_of_range"):
        decoder("native").decode(
            "rumskoll/lycksele/granen/vc1/equipment",
            b'{"peripherals": ["' + b"x" * 40_000 + b'"]}',
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "a[x]"}, "not a path"),
        ({"time": "a..b"}, "not a path"),
        ({"time": ".a"}, "not a path"),
        ({"seq": "a."}, "not a path"),
        ({"address": "[0]x"}, "not a path"),
        ({"fields": [{"path": "t", "field": "presence.backlog"}]}, "not a field of presence"),
        ({"fields": [{"path": "t", "field": "checkin.partner"}]}, "none of the kinds"),
        ({"fields": [{"path": "t", "field": "climate.warmth"}]}, "not a field of climate"),
        ({"fields": [{"path": "t", "field": "weather.wind"}]}, "none of the kinds"),
    ],
)
def test_an_impossible_mapping_is_refused_when_built(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        decoder("mapped_json", mapping={**FOLDER_MAPPING, **change})


def test_a_mapped_source_without_mapping_is_refused_when_built() -> None:
    with pytest.raises(ValueError, match="needs a mapping"):
        decoder("mapped_json")


def test_a_shelly_method_that_is_no_word_is_some_other_event() -> None:
    """Found by fuzzing: an object cannot be looked up in a set."""
    payload = b'{"src": "shelly-a", "method": {"ts": 1}, "params": {}}'
    assert decoder("shelly").decode("hall/events/rpc", payload).ignored == "event"
