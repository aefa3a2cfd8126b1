"""Every file under tests/payloads/<decoder>/ is a test: topic and payload in, readings out.

``payload`` is an object or list (sent as JSON), text, or ``payload_hex``; ``data_hex``
becomes the base64 ``data`` of a ChirpStack uplink. ``devices`` (address -> model),
``base`` and ``mapping`` set up the source. ``expect`` lists all that differs from an
empty ``Decoded``, with one ``time`` for all partials; else ``error`` and ``address``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from decoder_cases import decoder, payload_of

from collector.decoders import DECODERS
from rooms.readings import Decoded, DecodeError

PAYLOADS = Path(__file__).parents[2] / "payloads"
FILES = sorted(path for name in DECODERS for path in (PAYLOADS / name).glob("*.json"))


def told(decoded: Decoded) -> dict[str, Any]:
    """A ``Decoded`` as the files write it; a native key is checked on its own."""
    times = {partial.time for partial in decoded.partials}
    assert len(times) <= 1
    out = {
        "address": decoded.address,
        "partials": {partial.kind: partial.fields for partial in decoded.partials},
        "time": next(iter(times), decoded.time),
        "seq": decoded.seq,
        "ignored": decoded.ignored,
        "room": decoded.room,
        "availability": decoded.availability,
        "hint": decoded.hint,
        "key": decoded.key,
        "note": decoded.note,
        "past": [[part.time, {part.kind: part.fields}] for part in decoded.past],
        "token": decoded.token and decoded.token.get_secret_value(),
    }
    return {
        name: value
        for name, value in out.items()
        if value not in (None, {}, []) and value is not False
    }


def test_there_are_cases_for_every_decoder() -> None:
    assert {path.parent.name for path in FILES} == DECODERS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_payload(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    settings = {name: case[name] for name in ("devices", "base", "mapping") if name in case}
    under_test = decoder(path.parent.name, **settings)
    if "error" in case:
        with pytest.raises(DecodeError) as caught:
            under_test.decode(case["topic"], payload_of(case))
        assert (caught.value.reason, caught.value.address) == (
            case["error"],
            case.get("address", ""),
        )
        return
    got = told(under_test.decode(case["topic"], payload_of(case)))
    if "key" not in case["expect"]:
        got.pop("key", None)
    assert got == case["expect"]
