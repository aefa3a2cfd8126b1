"""What a newcomer sees happen."""

from __future__ import annotations

import json

from devices.simulator.generate import Setting, messages
from devices.simulator.lively import lively_mishaps
from devices.simulator.mishaps import Mishap
from rooms.registry.parse import build_registry, parse_site
from rumskoll.wiring import example_rooms

MIN = 60_000
NOW = 1_795_424_400_000  # Monday 2026-11-23 09:00 in Lycksele


def test_a_camera_is_unplugged_soon_after_the_start_and_comes_back() -> None:
    registry = build_registry([parse_site(example_rooms().read_text("utf-8"), "rooms.yaml")])
    mishaps = lively_mishaps(registry, NOW)
    assert mishaps == (Mishap("unplugged", "granen-vc", NOW + MIN, NOW + 16 * MIN),)
    setting = Setting(1, live_from=NOW, lively=True, mishaps=mishaps)
    told = [
        ((message.time - NOW) / MIN, part["connected"])
        for message in messages(registry, setting, NOW, NOW + 20 * MIN)
        if message.device == "granen-vc" and b"peripherals" in message.payload
        for part in json.loads(message.payload)["peripherals"]
        if part["type"] == "camera"
    ]
    assert told[0][0] < 1
    assert told[0][1]  # it is there first, or it could not be missed
    assert (1, False) in told
    assert (16, True) in told
