"""What breaks on purpose shows in the messages, and only then."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from devices.simulator.device_day import trait_of
from devices.simulator.generate import Setting, messages
from devices.simulator.lorawan import GATEWAYS, gateways
from devices.simulator.mishap_known import known_mishaps
from devices.simulator.mishap_plan import plan_mishaps
from devices.simulator.mishaps import Mishap

HOUR = 3_600_000
DAY = 24 * HOUR
DEVICES = {  # one of each kind of source and equipment
    "pir": "granen-pir",
    "lora": "granen-klimat",
    "radar": "ripan-radar",
    "vc": "granen-vc",
    "display": "granen-skarm",
    "own": "umealven-raknare",
}


@pytest.fixture(scope="module")
def day(registry, utc):
    """Messages of Tuesday the 17th, from 7 to 17 in Lycksele, with mishaps of 9 to 12."""
    start, stop = utc(2026, 11, 17, 6), utc(2026, 11, 17, 16)

    def played(*mishaps):
        setting = Setting(1, live_from=start - HOUR, mishaps=mishaps)
        return list(messages(registry, setting, start, stop))

    return played


@pytest.fixture(scope="module")
def quiet(day):
    return day()


@pytest.fixture
def span(utc):
    return utc(2026, 11, 17, 8), utc(2026, 11, 17, 11)


def of(sent, device, span=None):
    return [m for m in sent if m.device == device and (not span or span[0] <= m.time < span[1])]


def bodies(sent, device, span, end=""):
    return [json.loads(m.payload) for m in of(sent, device, span) if m.topic.endswith(end)]


def others(sent, *devices):
    return [m for m in sent if m.device not in devices and m.device]


@pytest.mark.parametrize("device", DEVICES.values())
def test_a_silent_device_says_nothing_for_a_while(day, quiet, span, device):
    sent = day(Mishap("silent", device, *span))
    assert of(sent, device, span) == []
    assert of(quiet, device, span)
    assert [m for m in quiet if m.device != device or not span[0] <= m.time < span[1]] == sent


@pytest.mark.parametrize(
    ("device", "gone", "back"),
    [
        ("granen-vc", b"offline", b"online"),
        ("granen-pir", b'{"state":"offline"}', b'{"state":"online"}'),
    ],
)
def test_the_broker_tells_the_last_will(day, quiet, span, device, gone, back):
    sent = day(Mishap("offline", device, *span))
    told = [(m.time, m.payload) for m in of(sent, device) if m.retain]
    assert told == [(span[0], gone), (span[1], back)]
    assert [m for m in of(sent, device, span) if not m.retain] == []
    assert others(sent, device) == others(quiet, device)


def test_a_connection_that_flaps(day, span):
    sent = day(Mishap("flapping", "granen-vc", *span))
    told = [(m.time - span[0], m.payload) for m in of(sent, "granen-vc") if m.retain]
    assert told[:4] == [
        (0, b"offline"),
        (4 * 60_000, b"online"),
        (7 * 60_000, b"offline"),
        (11 * 60_000, b"online"),
    ]
    assert told[-1][1] == b"online"


def test_a_source_and_its_bridge(day, quiet, span, registry):
    sent = day(Mishap("source", "zigbee", *span))
    gone = {d.device.id for d in registry.devices.values() if d.device.source == "zigbee"}
    assert [m for m in sent if m.device in gone and span[0] <= m.time < span[1]] == []
    states = [(m.time, m.payload) for m in sent if m.topic == "zigbee2mqtt/bridge/state"]
    assert states == [(span[0], b'{"state":"offline"}'), (span[1], b'{"state":"online"}')]
    assert others(sent, *gone) == others(quiet, *gone)


def test_a_gateway_that_hears_nobody(day, span, registry):
    sent = day(Mishap("gateway", GATEWAYS[0], *span))
    for entry in registry.devices.values():
        if entry.device.source != "lora":
            continue
        id_ = entry.device.id
        heard = {g["gatewayId"] for b in bodies(sent, id_, span, "/up") for g in b["rxInfo"]}
        assert heard == {*gateways(trait_of(1, id_))} - {GATEWAYS[0]}


@pytest.mark.parametrize("device", DEVICES.values())
def test_what_is_garbled_is_no_json(day, quiet, span, device):
    sent = day(Mishap("garbled", device, *span))
    assert len(of(sent, device)) == len(of(quiet, device))
    for message in of(sent, device, span):
        with pytest.raises(ValueError, match=r"."):
            json.loads(message.payload)
    assert others(sent, device) == others(quiet, device)


@pytest.mark.parametrize(("detail", "minutes"), [("ahead", 7), ("behind", -7)])
def test_a_clock_that_is_off(day, span, detail, minutes):
    sent = day(Mishap("clock", "granen-vc", *span, detail))
    for message in of(sent, "granen-vc"):
        told = datetime.fromisoformat(json.loads(message.payload)["time"]).timestamp() * 1000
        off = minutes * 60_000 if span[0] <= message.time < span[1] else 0
        assert told - message.time == pytest.approx(off, abs=1)


def test_a_battery_that_is_nearly_empty(day, span):
    sent = day(Mishap("battery", "granen-pir", *span))
    levels = {body["battery"] for body in bodies(sent, "granen-pir", span) if "battery" in body}
    assert levels == {15}


def test_a_camera_that_is_unplugged(day, span):
    sent = day(Mishap("unplugged", "granen-vc", *span))
    lists = [b for b in bodies(sent, "granen-vc", span, "/equipment") if "peripherals" in b]
    assert len(lists) == 3  # at once, and hourly
    first = of(sent, "granen-vc", span)[0]
    assert first.time == span[0]
    for body in lists:
        gone = [part["id"] for part in body["peripherals"] if not part["connected"]]
        assert gone == ["camera-1"]
        assert [one["description"] for one in body["diagnostics"]] == ["Camera is not connected"]
    (after,) = bodies(sent, "granen-vc", (span[1], span[1] + 1), "/equipment")
    assert after["diagnostics"] == []


@pytest.mark.parametrize(("kind", "level"), [("error", "error"), ("warning", "warning")])
def test_diagnostics(day, span, kind, level):
    sent = day(Mishap(kind, "granen-vc", *span))
    lists = [b for b in bodies(sent, "granen-vc", span, "/equipment") if "diagnostics" in b]
    assert {one["level"] for body in lists for one in body["diagnostics"]} == {level}


@pytest.mark.parametrize(("kind", "value"), [("flag_error", 2), ("flag_warning", 1)])
def test_flags_of_a_display(day, span, kind, value):
    sent = day(Mishap(kind, "granen-skarm", *span, "cover"))
    assert {b["error_cover"] for b in bodies(sent, "granen-skarm", span)} == {value}
    after = span[1], span[1] + 2 * HOUR
    assert {b["error_cover"] for b in bodies(sent, "granen-skarm", after)} == {0}


def test_a_pir_that_is_stuck_or_blind(day, quiet, span):
    stuck = day(Mishap("stuck", "granen-pir", *span))
    blind = day(Mishap("blind", "granen-pir", *span))
    for sent, said in ((stuck, {True}), (blind, {False})):
        told = {b["occupancy"] for b in bodies(sent, "granen-pir", span) if "occupancy" in b}
        assert told == said
        assert others(sent, "granen-pir") == others(quiet, "granen-pir")


def test_a_radar_that_is_stuck_or_blind(day, span):
    inner = span[0] + 1, span[1]
    for kind, said in (("stuck", {True}), ("blind", {False})):
        sent = day(Mishap(kind, "ripan-radar", *span))
        assert {b["presence"] for b in bodies(sent, "ripan-radar", inner)} == said


def test_a_room_without_fresh_air(day, quiet, utc):
    whole_day = utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)
    stuffy = day(Mishap("ventilation", "granen", *whole_day))
    changed = {a.device for a, b in zip(stuffy, quiet, strict=True) if a != b}
    assert changed == {"granen-klimat"}


# ---- a month of it


@pytest.fixture(scope="module")
def month(utc):
    return utc(2026, 11, 15, 23), utc(2026, 12, 15, 23)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_month_has_every_kind(registry, month, seed):
    plan = plan_mishaps(registry, Setting(seed), *month)
    assert plan == plan_mishaps(registry, Setting(seed), *month)
    counts = Counter(mishap.kind for mishap in plan)
    assert len(counts) == 16
    assert counts["silent"] == 7
    assert all(month[0] < m.start < m.stop < month[1] for m in plan)


def test_another_seed_is_another_month(registry, month):
    one, other = (plan_mishaps(registry, Setting(seed), *month) for seed in (1, 2))
    assert one != other


def test_mishaps_of_one_device_are_told_apart(registry, month):
    known = known_mishaps(
        registry, Setting(1, mishaps=tuple(plan_mishaps(registry, Setting(1), *month))), *month
    )
    for one, other in combinations((m for m in known if m.kind != "battery"), 2):
        if one.target == other.target:
            assert one.stop + 6 * HOUR <= other.start


def test_what_breaks_by_chance_is_known(registry, month):
    known = known_mishaps(registry, Setting(2), *month)
    counts = Counter(mishap.kind for mishap in known)
    assert counts["unplugged"] > 0
    assert counts["flag_warning"] > 0
    drained = [m for m in known if m.kind == "battery"]
    assert all(m.stop - m.start >= DAY for m in drained)


def test_blind_sensors_have_people_to_miss(registry, month, site):
    zone = ZoneInfo(site.timezone)
    plan = plan_mishaps(registry, Setting(1), *month)
    for mishap in plan:
        if mishap.kind == "blind" and mishap.stop - mishap.start == 2 * DAY:
            start = datetime.fromtimestamp(mishap.start / 1000, zone)
            assert start.weekday() < 5
            assert (start.hour, start.minute) == (0, 0)
