"""``rumskoll devices``: the table, its filters, and what speaks without being known."""

from __future__ import annotations

import io
import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from telling import refused, rumskoll, told

from rooms.faults import Finding
from rooms.registry.parse import build_registry, parse_site
from rumskoll import wiring
from rumskoll.commands.common import say, when
from rumskoll.commands.devices import _table
from rumskoll.device_list import device_lines, still_unknown
from rumskoll.registry_files import read_registry
from storage.outbox import Batch, Outbox
from storage.quarantine import Unusable
from storage.state import ServiceState
from tests.unit.registry.broken import SITE

NOW = 1_795_424_400_000
MIN = 60_000
EUI = "a81758fffe000001"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "clock", lambda: NOW)


def body(heard: int | None, **latest: float) -> dict[str, Any]:
    fields = {name.replace("__", "."): [heard, value] for name, value in latest.items()}
    return {"site": "arena", "room": "tallen", "heard": heard, "latest": fields}


def fill(running: bool = True, **bodies: dict[str, Any]) -> None:
    Path("data").mkdir()
    with closing(ServiceState(Path("data") / "service.db")) as state:
        state.live.put("device", bodies, NOW)
        heartbeat = NOW - (1000 if running else 60 * MIN)
        state.live.put("role", {"collector": {"heartbeat": heartbeat}}, NOW)


def rows(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told("devices", "--json", *args))
    return found


def test_no_data() -> None:
    said = say("cli.no_data", folder="nowhere")
    assert refused("devices", "--data", "nowhere") == said
    assert refused("devices", "unknown", "--data", "nowhere") == said


def test_the_table() -> None:
    fill(
        oga=body(NOW - 3 * MIN, health__battery_mv=3604, health__rssi_dbm=-97),
        luft=body(NOW - 26 * MIN, health__battery_pct=87, health__linkquality=120),
    )
    head, luft, oga = told("devices").splitlines()
    columns = ("device", "room", "model", "source", "heard", "battery", "signal", "state")
    assert re.split(r"  +", head.strip()) == [say(f"devices.{name}") for name in columns]
    silent, heard = say("devices.state.silent"), say("devices.state.heard")
    ago = say("devices.heard_ago", time="26 min")
    expected = ["luft", "Tallen", "generic", "egna", ago, "87 %", "LQI 120", silent]
    assert re.split(r"  +", luft.strip()) == expected
    assert re.split(r"  +", oga.strip())[4:] == [
        say("devices.heard_ago", time="3 min"),
        "3,60 V",
        "−97 dBm",
        heard,
    ]


@pytest.mark.parametrize(("width", "models"), [(80, False), (109, False), (110, True)])
def test_ids_are_whole_in_a_narrow_window(width: int, models: bool) -> None:
    fill(oga=body(NOW - 26 * MIN, health__battery_mv=3604, health__rssi_dbm=-97))
    registry = read_registry(Path("rooms.yaml"))
    with closing(ServiceState(Path("data") / "service.db")) as state:
        bodies = {id_: row.body for id_, row in state.live.all("device").items()}
    lines = device_lines(registry, bodies, (), NOW)
    console = Console(width=width, file=io.StringIO())
    console.print(_table(lines, registry, NOW, width))
    head, luft, oga = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert (say("devices.model") in head) is models
    assert re.split(r"  +", oga.strip())[-3:-1] == ["3,60 V", "−97 dBm"]
    assert luft.startswith("luft ")


def test_for_scripts() -> None:
    fill(oga=body(NOW, health__battery_pct=87, status__online=0))
    luft, oga = rows()
    assert luft == {
        "id": "luft",
        "site": "arena",
        "room": "tallen",
        "model": "generic",
        "source": "egna",
        "address": "luft",
        "heard": None,
        "state": "never",
        "battery_pct": None,
        "battery_mv": None,
        "rssi_dbm": None,
        "snr_db": None,
        "linkquality": None,
        "faults": [],
    }
    assert oga["heard"] == "2026-11-23T10:00:00+01:00"
    assert (oga["state"], oga["battery_pct"]) == ("offline", 87)


def test_filters() -> None:
    fill(oga=body(NOW), luft=body(None))
    assert [row["id"] for row in rows("--source", "lora")] == ["oga"]
    assert [row["id"] for row in rows("--room", "tallen")] == ["luft", "oga"]
    assert rows("--room", "granen") == []
    assert [row["id"] for row in rows("--silent")] == ["luft"]
    assert told("devices", "--room", "granen").strip() == say("devices.none")
    assert "granen, tallen" in refused("devices", "--room", "granne")
    assert "lora, egna" in refused("devices", "--source", "lor")


def test_a_service_that_does_not_run_is_said() -> None:
    fill(running=False)
    result = rumskoll("devices")
    assert result.exit_code == 0
    since = when(NOW - 60 * MIN)
    assert result.stderr.strip() == say("devices.not_running", since=since)


def test_one_fault_of_a_source_silences_its_devices() -> None:
    registry = build_registry([parse_site(SITE, "rooms.yaml")])
    state = ServiceState(Path("service.db"))
    with closing(state):
        state.faults.settle(
            {"device_silent"}, [Finding("device_silent", "oga", "", "error", NOW)], NOW
        )
        faults = state.faults.open()
    (oga,) = (
        line
        for line in device_lines(registry, {"oga": body(NOW)}, faults, NOW)
        if line.entry.device.id == "oga"
    )
    assert (oga.state, oga.faults) == ("silent", ("device_silent",))


def strangers(*addresses: str) -> None:
    Path("data").mkdir()
    rest = ("unknown_device", "not in rooms.yaml")
    messages = [Unusable(NOW, "lora", "t", b"", *rest, one, hint="ELSYS ERS") for one in addresses]
    with closing(Outbox(Path("data") / "outbox.db")) as outbox:
        outbox.commit(Batch(unusable=messages))


def test_unknown_devices_with_what_to_paste() -> None:
    strangers("a81758fffe00beef", "a81758fffe00beef", EUI)
    shown = told("devices", "unknown")
    said = say(
        "devices.unknown.many",
        address="a81758fffe00beef",
        source="lora",
        count=2,
        last=say("devices.just_now"),
    )
    assert said in shown
    assert EUI not in shown  # it has been written into rooms.yaml since
    assert "  - id: elsys-ers-beef\n    source: lora\n" in shown
    assert say("devices.paste") in shown
    (row,) = json.loads(told("devices", "unknown", "--json"))
    assert (row["messages"], row["hint"], row["last"]) == (2, "ELSYS ERS", NOW)
    assert "model: elsys-ers\n" in row["snippet"]
    assert told("devices", "unknown", "--source", "egna").strip() == say("devices.none_unknown")


def test_a_source_that_is_gone_does_not_hide_its_devices() -> None:
    registry = build_registry([parse_site(SITE, "rooms.yaml")])
    strangers("a81758fffe00beef")
    with closing(Outbox(Path("data") / "outbox.db")) as outbox:
        (heard,) = outbox.quarantine.unknown_devices()
    gone = heard._replace(source="borta", address=EUI)
    assert still_unknown(registry, [heard, gone], None) == [heard, gone]
