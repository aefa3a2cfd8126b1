"""What is sent: the same for the same seed, true to the truth, in the formats' shapes."""

import json
from base64 import b64decode
from collections import defaultdict
from datetime import date, datetime
from itertools import islice, pairwise

import pytest

from devices.simulator.device_day import DeviceDay
from devices.simulator.generate import Setting, messages, scenario_of
from devices.simulator.mapped import put
from devices.simulator.people import RoomDay, Visit, inside
from devices.simulator.physics import Air
from devices.simulator.sensors import triggers
from rooms.registry.models import Mapping

DAY = date(2026, 11, 17)


@pytest.fixture(scope="module")
def day(registry, utc):
    return list(messages(registry, Setting(1), utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)))


@pytest.fixture(scope="module")
def truth(site):
    return scenario_of(site, Setting(1)).rooms(DAY)


def of(day, device, end=""):
    return [
        (m.time, json.loads(m.payload)) for m in day if m.device == device and m.topic.endswith(end)
    ]


def test_any_range_is_a_part_of_a_longer_one(registry, utc, day):
    a, b = utc(2026, 11, 17, 8), utc(2026, 11, 17, 9)
    part = list(messages(registry, Setting(1), a, b))
    assert part == [m for m in day if a <= m.time < b]
    assert part


def test_a_pir_sees_who_comes_however_short_it_was_alone(registry, site, utc):
    """The next one comes a second later, so that the day's first step is shorter than its delay."""
    start, stop = utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)
    at = start + 1_000_000
    visit = Visit(
        "granen", "meeting", at, at + 3000, stays=((at, at + 1000), (at + 2000, at + 3000))
    )
    (zigbee,) = (source for source in site.sources if source.id == "zigbee")
    entry, air = registry.devices["granen-pir"], Air(8, start, ())
    for seed in range(20):
        people = RoomDay([visit])
        pir = DeviceDay(seed, DAY, start, stop, zigbee, entry, "granen", people, air, ())
        seen = triggers(pir)
        assert seen == sorted(seen)
        assert any(at <= t < at + 1000 for t in seen)
        assert any(at + 2000 <= t < at + 3000 for t in seen)


def test_in_order_and_never_retained(day):
    assert all(a.time <= b.time for a, b in pairwise(day))
    assert not any(m.retain for m in day)


def test_messages_come_lazily(registry, utc):
    forever = messages(registry, Setting(1), utc(2026, 11, 17), 2**62)
    assert len(list(islice(forever, 10_000))) == 10_000


def test_every_device_is_heard_as_often_as_it_promises(registry, day):
    heard = defaultdict(list)
    for m in day:
        heard[m.device].append(m.time)
    assert set(heard) == set(registry.devices)
    for device, times in heard.items():
        longest = max(b - a for a, b in pairwise(times))
        assert longest <= registry.devices[device].expect_every * 1000 + 1000, device


@pytest.mark.parametrize("device", ["granen-pir", "bjorken-pir", "vindelalven-pir-bak"])
def test_a_pir_triggers_only_while_somebody_is_there(registry, utc, day, truth, device):
    room = truth[registry.room_of(device, utc(2026, 11, 17, 8))]
    seen = [t for t, state in of(day, device) if state.get("occupancy") is True]
    assert len(seen) > 10
    assert all(inside(room.occupied, t) for t in seen)
    for start, stop in room.occupied:
        assert any(start <= t < stop for t in seen) or stop - start < 60_000


def test_motion_counts_only_while_somebody_is_there(day, truth):
    previous, busy = 0, 0
    for t, body in of(day, "granen-klimat", "/up"):
        frame = b64decode(body["data"])
        at = 8 if len(frame) > 2 else 0  # after temperature, humidity and light
        assert frame[at] == 0x05
        count = frame[at + 1]
        if count:
            busy += 1
            assert any(a <= t and b > previous for a, b in truth["granen"].occupied)
        previous = t
    assert busy > 5


def test_counts_are_the_true_ones(day, truth):
    reports = of(day, "vindelalven-raknare", "/presence")
    room = truth["vindelalven"]
    assert {body["people"] for _, body in reports} >= {0, 1}
    for t, body in reports:
        assert body["people"] == room.people_at(t) == body["in_total"] - body["out_total"]


def test_numbers_have_no_holes(day):
    assert [b["fCnt"] for _, b in of(day, "tallen-oga", "/up")] == list(
        range(len(of(day, "tallen-oga", "/up")))
    )
    numbers = [body["seq"] for _, body in of(day, "granen-vc")]
    assert numbers == list(range(len(numbers)))


def test_chirpstack_message(day):
    first = next(m for m in day if m.device == "granen-klimat" and m.topic.endswith("/up"))
    body = json.loads(first.payload)
    eui = "a81758fffe0a1001"
    assert first.topic == (
        f"application/{body['deviceInfo']['applicationId']}/device/{eui}/event/up"
    )
    assert body["deviceInfo"]["devEui"] == eui
    assert body["deviceInfo"]["deviceProfileName"] == "ELSYS ERS CO2"
    assert datetime.fromisoformat(body["time"]).timestamp() * 1000 == pytest.approx(first.time)
    ids = [b["deduplicationId"] for _, b in of(day, "granen-klimat")]
    assert len(set(ids)) == len(ids)
    joins = [m for m in day if m.topic.endswith("/join")]
    assert len(joins) == 10  # each LoRaWAN device, each night


def test_zigbee_message(day):
    first = next(m for m in day if m.device == "bjorken-pir")
    body = json.loads(first.payload)
    assert first.topic == "zigbee2mqtt/Björken PIR"
    assert set(body) == {
        "occupancy", "illuminance", "temperature", "battery", "voltage", "linkquality", "last_seen",
    }  # fmt: skip
    assert body["last_seen"].endswith("+01:00")
    assert datetime.fromisoformat(body["last_seen"]).timestamp() == first.time // 1000
    radar = of(day, "ripan-radar")
    assert all("occupancy" not in state and "battery" not in state for _, state in radar)
    assert {state["presence"] for _, state in radar} == {True, False}


def test_native_message(day):
    first = next(m for m in day if m.device == "granen-vc")
    body = json.loads(first.payload)
    assert first.topic == "rumskoll/lycksele/granen/granen-vc/equipment"
    assert body["standby"] is True
    assert body["in_call"] is False
    assert [p["type"] for p in body["peripherals"]] == ["camera", "microphone", "touch_panel"]
    assert datetime.fromisoformat(body["time"]).utcoffset().total_seconds() == 3600


def test_mapped_message(day):
    counter = [m for m in day if m.device == "umealven-raknare"]
    assert {m.topic for m in counter} == {"huset/umealven-raknare/data"}
    assert set(json.loads(counter[0].payload)) >= {"personer", "ts"}
    air = of(day, "renen-luft")[0][1]["luft"][0]
    assert 180 < air["temp"] < 260  # tenths of a degree
    assert isinstance(air["temp"], int)


def test_paths_are_built_backwards():
    body = {}
    put(body, "a.b[1].c", 1)
    put(body, "a.b[1].d", 2)
    put(body, "x[0][1]", 3)
    put(body, "t", 4)
    assert body == {"a": {"b": [{}, {"c": 1, "d": 2}]}, "x": [[{}, 3]], "t": 4}


def test_mapped_topics():
    from devices.simulator.mapped import _topic

    def topic(filter_, address):
        fields = [{"path": "a", "field": "presence.people"}]
        return _topic(Mapping(topics=[filter_], address=address, fields=fields), "dev", "room")

    assert topic("huset/+/data", "topic[1]") == "huset/dev/data"
    assert topic("a/+/+/x", "topic[2]") == "a/room/dev/x"
    assert topic("a/#", "topic[2]") == "a/room/dev"
    assert topic("a/b", "who") == "a/b"


def test_a_moved_device_follows_its_placement(registry, utc, site):
    def rooms(day):
        span = utc(2026, 11, day, 6), utc(2026, 11, day, 17)
        seen = [m for m in messages(registry, Setting(1), *span) if m.device == "flytt-oga"]
        states = [b64decode(json.loads(m.payload)["data"])[-1] for m in seen]
        return seen, states

    for day, room in ((5, "renen"), (10, "ripan")):
        truth = scenario_of(site, Setting(1)).rooms(date(2026, 11, day))[room]
        for message, state in zip(*rooms(day), strict=True):
            if all(abs(message.time - t) > 60_000 for step in truth.occupied for t in step):
                assert (state == 2) == inside(truth.occupied, message.time)


@pytest.mark.parametrize(("start", "hours"), [((2026, 10, 24, 22), 25), ((2027, 3, 27, 23), 23)])
def test_days_on_which_the_clocks_change(registry, utc, start, hours):
    begin = utc(*start)
    sent = list(messages(registry, Setting(1), begin, begin + hours * 3_600_000))
    assert (sent[-1].time - begin) // 3_600_000 == hours - 1
    native = [m for m in sent if m.device == "granen-vc"]
    offsets = {json.loads(m.payload)["time"][-6:] for m in native}
    assert offsets == {"+01:00", "+02:00"}
    for m in native:
        assert datetime.fromisoformat(json.loads(m.payload)["time"]).timestamp() * 1000 == m.time


def test_skew_moves_own_clocks_only(registry, utc, day):
    span = utc(2026, 11, 16, 23), utc(2026, 11, 17, 23)
    skewed = list(messages(registry, Setting(1, skew_ms={"granen-vc": 600_000}), *span))
    by_device = of(skewed, "granen-vc")
    for t, body in by_device:
        assert datetime.fromisoformat(body["time"]).timestamp() * 1000 == t + 600_000
    others = [m for m in skewed if m.device != "granen-vc"]
    assert others == [m for m in day if m.device != "granen-vc"]
