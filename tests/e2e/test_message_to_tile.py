"""The main job, end to end: an MQTT message, and a tile in a real browser that changes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from paho.mqtt.publish import single
from playwright.sync_api import expect, sync_playwright

from tests.e2e.whole import until, whole
from tests.servers.ports import free_port

pytestmark = pytest.mark.servers

ROOMS = """\
id: prov
name: Provhuset
language: en
opening_hours: {mon-fri: "08:00-17:00"}
sources:
  - {id: native, decoder: native}
rooms:
  - {id: granen, name: Granen, capacity: 6}
  - {id: tallen, name: Tallen, capacity: 4}
devices:
  - {id: granen-radar, source: native, address: granen-radar, model: generic-presence}
placements:
  - {device: granen-radar, room: granen}
"""


def test_a_message_changes_a_tile(tmp_path: Path) -> None:
    rooms = tmp_path / "rooms.yaml"
    rooms.write_text(ROOMS)
    ports = ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    options = [*ports, "--rooms", str(rooms), "--no-simulator", "--broker", "mosquitto"]
    with whole(tmp_path, *options) as run, sync_playwright() as playwright:
        until(lambda: run.get("/readyz").status_code == 200, "ready")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(locale="en-GB")
        page.goto(run.board)
        tile = page.locator("#room-granen")
        expect(tile).to_contain_text("Unknown")

        def say(**fields: object) -> None:
            topic = "rumskoll/prov/granen/granen-radar/presence"
            single(topic, json.dumps(fields), qos=1, port=run.mqtt_port)

        say(occupied=True, time=round(time.time() * 1000) - 240_000)
        expect(tile).to_contain_text("Occupied", timeout=15_000)
        say(occupied=False)
        expect(tile).to_contain_text("Free", timeout=15_000)
        expect(page.locator("#room-tallen")).to_contain_text("Unknown")
        browser.close()

        def stored() -> bool:
            answer = run.get("/api/v1/rooms/granen/occupancy").json()
            return [i["state"] for i in answer["intervals"]][-2:] == ["occupied", "vacant"]

        until(stored, "the stay in the stored history")
