"""The simulator's panels: who checks in is there, and no panel without a token says a thing."""

import json
from datetime import datetime

import pytest

from devices.simulator.cli import TOKENS, run_simulator
from devices.simulator.generate import Setting, messages, scenario_of
from rooms.registry.registry import Registry

DAY = 24 * 3_600_000
GRANEN = {"granen-panel": "t0ken"}


@pytest.fixture(scope="module")
def panels(site):
    """The house with its panels only: the people in it do not mind."""
    devices = [device for device in site.devices if device.model == "checkin-panel"]
    kept = {device.id for device in devices}
    placements = [placement for placement in site.placements if placement.device in kept]
    return Registry([site.model_copy(update={"devices": devices, "placements": placements})])


@pytest.fixture(scope="module")
def told(panels, utc):
    """Two weeks of check-ins in Granen."""
    start = utc(2026, 11, 8, 23)
    stream = messages(panels, Setting(1, tokens=GRANEN), start, start + 14 * DAY)
    return [(m, json.loads(m.payload)) for m in stream if m.topic.endswith("/checkin")]


def test_only_panels_with_a_token_speak(told):
    assert {m.topic for m, _ in told} == {"rumskoll/lycksele/granen/granen-panel/checkin"}
    assert {body["token"] for _, body in told} == {"t0ken"}


def test_who_checks_in_is_in_the_room(told, registry, site):
    scenario = scenario_of(site, Setting(1))
    ins = outs = 0
    for message, body in told:
        assert datetime.fromisoformat(body["time"]).timestamp() * 1000 == message.time
        room = scenario.rooms(registry.local_day(site.id, message.time))["granen"]
        [visit] = [
            v
            for v in room.visits
            if any(a <= message.time for a, _ in v.stays) and message.time < v.last_out
        ]
        ins += body["partner"] == visit.partner
        outs += body["partner"] is None
    assert ins + outs == len(told)
    assert ins > 2 * outs > 0


def test_all_else_is_the_same_without_tokens(registry, utc):
    span = utc(2026, 11, 15, 23), utc(2026, 11, 16, 23)
    plain = {(m.time, m.topic) for m in messages(registry, Setting(1), *span)}
    more = {(m.time, m.topic) for m in messages(registry, Setting(1, tokens=GRANEN), *span)}
    assert plain < more
    assert all(topic.endswith("granen-panel/checkin") for _, topic in more - plain)


@pytest.mark.parametrize("tokens", ["granen-panel=x", "[]", '{"granen-panel": 7}'])
def test_tokens_that_cannot_be_read(tokens, rooms_file, monkeypatch, capsys):
    monkeypatch.setenv(TOKENS, tokens)
    assert run_simulator(["--rooms", str(rooms_file), "--language", "sv"]) == 1
    assert capsys.readouterr().err == (
        "RUMSKOLL_PANEL_TOKENS ska vara JSON: panelens id och dess token, båda inom citattecken.\n"
    )
