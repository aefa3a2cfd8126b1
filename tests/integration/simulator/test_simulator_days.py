"""Whole days of the whole house: the same for the same seed, in a demo's size, and live."""

import json
from itertools import islice

import pytest

from devices.simulator.generate import Setting, messages


@pytest.fixture(scope="module")
def day(registry, utc):
    return list(messages(registry, Setting(1), utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)))


def test_same_seed_same_bytes_other_seed_others(registry, utc, day):
    span = utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)
    assert list(messages(registry, Setting(1), *span)) == day
    assert list(islice(messages(registry, Setting(2), *span), 1000)) != day[:1000]


def test_the_size_of_a_month_suits_a_demo(registry, utc):
    n = sum(1 for _ in messages(registry, Setting(1), utc(2026, 11, 14), utc(2026, 11, 17)))
    assert 13_000 < n < 19_000  # Saturday to Monday: three sevenths of a week


def test_live_goes_on_where_history_ends(registry, utc):
    midnight, now, end = utc(2026, 11, 16, 23), utc(2026, 11, 17, 9), utc(2026, 11, 17, 10)
    history = list(messages(registry, Setting(1), midnight, now))
    setting = Setting(1, live_from=now, lively=True)
    whole = list(messages(registry, setting, midnight, end))
    live = [m for m in whole if m.time >= now]
    # before now a live run tells the same as history, so that numbers go on without a hole
    assert whole == history + live
    numbers = [json.loads(m.payload).get("seq") for m in history + live
               if m.device == "granen-vc" and m.topic.endswith("equipment")]  # fmt: skip
    assert numbers == list(range(len(numbers)))


def test_a_live_run_starts_with_every_device(registry, utc):
    now = utc(2026, 11, 17, 2, 0)
    setting = Setting(1, live_from=now, lively=True)
    sent = list(messages(registry, setting, now, now + 90_000))
    first = [m for m in sent if m.time < now + 3_000]
    assert {m.device for m in first if not m.retain} == set(registry.devices)
    retained = {m.topic: m.payload for m in first if m.retain}
    assert retained["zigbee2mqtt/bridge/state"] == b'{"state":"online"}'
    assert retained["zigbee2mqtt/Björken PIR/availability"] == b'{"state":"online"}'
    assert retained["rumskoll/lycksele/granen/granen-vc/status"] == b"online"
    panels = [json.loads(m.payload) for m in first if m.topic.endswith("granen-panel/health")]
    assert panels
    assert not any("time" in body for body in panels)
    soon = sent[len(first) :]
    assert any(b'"occupancy":true' in m.payload or m.topic.endswith("/up") for m in soon)
