"""Real answers of equipment, where their collection lies beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from devices.bridges import BRIDGES
from devices.bridges.base import BadAnswer

FILE = Path(__file__).parents[4] / "shared" / "vectors" / "av.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="no collection of real messages here")

SYSTEMS = {
    "Cisco RoomOS": "roomos",
    "PJLink": "pjlink",
    "Poly VideoOS": "poly",
    "Logitech CollabOS": "collabos",
}
# no answer on the wire: a command that writes, and a table of what error words mean
NO_ANSWER = ("result in xStatus", '{"ERR1"')
# of the conversation, or nothing that is kept
NOT_FIELDS = {"note", "auth", "auth_error", "pjlink_class", "ok", "filter", "lamps", "av_mute"} | {
    "byod_device_mode",
    "microphones",
    "mic_state",
    "air_quality_index",
}
NAMES = {"occupied": "room_in_use"}
ALL = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
ENTRIES = [entry for entry in ALL if entry["system"] in SYSTEMS]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['system']}-{str(e['payload'])[:40]}")
def test_real_answers(entry: dict[str, Any]) -> None:
    payload = entry["payload"]
    answer = payload if isinstance(payload, str) else json.dumps(payload)
    read = BRIDGES[SYSTEMS[entry["system"]]].read  # type: ignore[index]
    if answer.startswith(NO_ANSWER):
        with pytest.raises(BadAnswer):
            read(answer.encode(), "")
        return
    told = {name: v for fields in read(answer.encode(), "").values() for name, v in fields.items()}
    for name, value in entry["means"].items():
        if name == "peripherals":
            for wanted, got in zip(value, told["peripherals"], strict=True):
                assert wanted.items() <= got.items()
        elif name not in NOT_FIELDS:
            assert told[NAMES.get(name, name)] == value, name


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ("%1ERST=000010\r", {"error_filter": 1}),
        ("%1LAMP=1000 1 50 0\r", {"lamp_h": 1000}),
        ("%1AVMT=31\r", {"muted": True}),
    ],
)
def test_what_is_named_otherwise_there(answer: str, fields: dict[str, Any]) -> None:
    got = BRIDGES["pjlink"].read(answer.encode(), "")["equipment"]
    assert fields.items() <= got.items()
