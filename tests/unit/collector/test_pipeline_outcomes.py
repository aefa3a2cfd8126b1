"""What becomes of each message: one of stored, duplicate, ignored, quarantined (design 3)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posting import DAY, EUI2, MIN, NOW, Post, checkin, message, native, uplink

from collector.decoders.native import NativeDecoder
from collector.incoming import Incoming
from rooms.readings import Decoded
from tests.examples import costly

BIG = b'{"occupied": "' + b"x" * 2**18 + b'"}'


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


OUTCOMES: list[tuple[Incoming, str]] = [
    (native("radar", "presence", {"occupied": True}), "radar stored"),
    (native("vc", "equipment", {"in_call": True}), "vc stored"),
    (native("radar", "status", "offline", retain=True), "radar stored"),
    (uplink(), "luft stored"),
    (uplink(EUI2), "luft2 stored"),  # of two sources with one topic: whose device it is
    (message("zigbee2mqtt/hall pir", {"occupancy": True}), "pir stored"),
    (message("zigbee2mqtt/bridge/state", "online", retain=True), "source:zig stored"),
    (checkin(), "panel stored"),
    (checkin(partner=None), "panel stored"),
    (checkin(partner=""), "panel stored"),
    (checkin(until="2026-11-23T11:00:00+01:00", time=NOW - DAY), "panel stored"),
    # ignored
    (native("radar", "status", "online", retain=True), "radar ignored retained"),
    (native("radar", "presence", {"occupied": True}, retain=True), "radar ignored retained"),
    (native("radar", "presence", b""), "radar ignored empty"),
    (native("radar", "presence", {"colour": "red"}), "radar ignored no_fields"),
    (checkin(retain=True), "panel ignored retained"),
    (checkin("egen", token="TOKEN77"), "egen ignored private"),
    (checkin("egen", token="TOKEN77", partner="who"), "egen ignored private"),
    (native("egen", "presence", {"occupied": True}), "egen ignored private"),
    (native("egen", "climate", {"co2_ppm": 900}), "egen ignored private"),
    (native("egen", "equipment", {"in_call": True}), "egen ignored private"),
    (native("egen", "equipment", {"in_call": True, "error_fan": 1}), "egen stored"),
    (message("zigbee2mqtt/egen/pir", {"occupancy": True}), "egenpir ignored private"),
    (uplink(event="join"), "luft ignored join"),
    (uplink(event="txack"), "luft ignored txack"),
    (uplink(data=""), "luft ignored empty"),
    (message("zigbee2mqtt/bridge/devices", "[]"), "source:zig ignored bridge"),
    # quarantined
    (message("elsewhere/x", "1"), "quarantined no_source"),
    (message("rumskoll/\\xff", "1", bad_topic=True), "quarantined bad_topic"),
    (native("radar", "presence", b"{"), "radar quarantined bad_json"),
    (native("radar", "presence", b'{"occupied": NaN}'), "radar quarantined bad_json"),
    (native("radar", "presence", b"\xff\xfe"), "radar quarantined bad_json"),
    (native("radar", "presence", [1]), "radar quarantined wrong_type"),
    (native("radar", "presence", {"people": "3"}), "radar quarantined wrong_type"),
    (native("radar", "presence", {"people": -1}), "radar quarantined out_of_range"),
    (native("radar", "presence", BIG), "radar quarantined too_large"),
    (native("radar", "weather", {}), "radar quarantined unknown_kind"),
    (native("radar", "presence", {"occupied": 1, "time": "now"}), "radar quarantined bad_time"),
    (
        native("radar", "presence", {"occupied": 1, "time": NOW - 7 * DAY - 1}),
        "radar quarantined too_old",
    ),
    (native("who", "presence", {"occupied": True}), "quarantined unknown_device"),
    (checkin("who"), "quarantined unknown_device"),
    (checkin(token="T0KEN"), "panel quarantined wrong_token"),
    (checkin(token=""), "panel quarantined wrong_token"),
    (checkin(token=None), "panel quarantined wrong_token"),
    (checkin("radar"), "radar quarantined wrong_token"),  # it is the panel's
    (checkin("egen"), "egen quarantined wrong_token"),
    (checkin(partner="granen"), "panel quarantined unknown_partner"),
    (checkin(time=NOW - 8 * DAY), "panel quarantined too_old"),
    (uplink("00" * 8), "quarantined unknown_device"),
    (uplink(data="!"), "luft quarantined bad_frame"),
    (uplink(EUI2, data="!"), "luft2 quarantined bad_frame"),
]


@pytest.mark.parametrize(
    ("incoming", "outcome"), OUTCOMES, ids=[f"{n} {o}" for n, (_, o) in enumerate(OUTCOMES)]
)
def test_each_message_has_one_outcome(post: Post, incoming: Incoming, outcome: str) -> None:
    post.send(incoming)
    assert post.account == {outcome: 1}
    readings = [point for point in post.points if point.measurement != "decode"]
    readings = [point for point in readings if point.fields != {"alive": 1.0}]
    assert bool(readings) == ("stored" in outcome)
    assert [reason for reason, _ in post.kept] == (
        [outcome.rsplit(maxsplit=1)[-1]] if "quarantined" in outcome else []
    )


def test_copies_are_told_by_their_key(post: Post) -> None:
    post.send(uplink(), uplink(), uplink(deduplicationId="b", fCnt=2))
    body = {"seq": 1, "occupied": True}
    post.send(native("radar", "presence", body), native("radar", "presence", body, NOW + 5))
    assert post.account == {
        "luft stored": 2,
        "luft duplicate copy": 1,
        "radar stored": 1,
        "radar duplicate copy": 1,
    }


def test_copies_are_told_after_a_restart(post: Post) -> None:
    post.send(uplink())
    post.restart()
    post.send(uplink())
    assert post.account == {"luft stored": 1, "luft duplicate copy": 1}


def test_without_a_number_equal_messages_are_two(post: Post) -> None:
    post.send(*[native("radar", "presence", {"occupied": True}) for _ in range(2)])
    assert post.account == {"radar stored": 2}


def test_what_says_nothing_still_tells_that_the_device_is_there(post: Post) -> None:
    post.send(native("radar", "presence", {"colour": "red"}), uplink(event="join"))
    post.send(native("radar", "presence", {"occupied": True}, retain=True))  # of any age
    alive = ("health", {"alive": 1.0})
    assert [(p.measurement, p.fields) for p in post.points] == [alive, alive]


def test_in_a_private_room_a_sign_of_life_tells_no_moment(post: Post) -> None:
    body = {"occupancy": True, "battery": 90}
    for minute in (1, 2, 59):
        post.send(message("zigbee2mqtt/egen/pir", body, NOW + minute * MIN))
        post.send(message("zigbee2mqtt/egen/pir", {"occupancy": True}, NOW + minute * MIN + 1))
    grid = {point.time for point in post.points}
    assert grid == {NOW}  # the hour in which such a sensor must speak
    assert {name for point in post.points for name in point.fields} == {"battery_pct", "alive"}


def test_a_broker_without_dup_redelivers_each_message_once(tmp_path: Path) -> None:
    post = Post(tmp_path, dup_flag=False)
    post.send(native("radar", "presence", {"occupied": True}))
    post.pipeline.connected(resumed=True)
    again = [native("radar", "presence", {"occupied": True}, NOW + n, backlog=True) for n in (1, 2)]
    post.send(*again)
    assert post.account == {"radar stored": 2, "radar duplicate redelivered": 1}
    post.outbox.close()


def test_a_redelivery_is_a_duplicate_of_its_device(post: Post) -> None:
    first = native("radar", "presence", {"occupied": True}, mid=7)
    post.send(first)
    post.restart()
    post.send(first._replace(dup=True))
    assert post.account == {"radar stored": 1, "radar duplicate redelivered": 1}
    assert len(post.points) == 1


def test_an_unknown_device_is_shown(post: Post) -> None:
    named = {"deviceInfo": {"deviceProfileName": "ERS CO2"}}
    post.send(uplink("00" * 8, **named), uplink("00" * 8, at=NOW + MIN))
    [unknown] = post.outbox.quarantine.unknown_devices()
    assert unknown == ("lora", "00" * 8, "ERS CO2", None, NOW, NOW + MIN, 2)


def test_our_own_mistake_harms_one_message_only(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode = NativeDecoder.decode

    def broken(self: NativeDecoder, topic: str, payload: bytes) -> Decoded:
        if b"13" in payload:
            raise RuntimeError("a bug")
        return decode(self, topic, payload)

    monkeypatch.setattr(NativeDecoder, "decode", broken)
    bad = native("radar", "presence", {"people": 13}, mid=9)
    post.send(native("radar", "presence", {"people": 1}), bad, native("vc", "status", "online"))
    assert post.account == {"radar stored": 1, "quarantined internal_error": 1, "vc stored": 1}
    assert post.kept == [("internal_error", b'{"people": 13}')]
    post.send(bad._replace(dup=True))  # recognised, though it still cannot be decoded
    assert post.account["duplicate redelivered"] == 1
    assert len(post.kept) == 1


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([1, 2, 3], 0),
        ([1, 4], 2),
        ([1, 4, 2], 1),  # a late one is taken off
        ([1, 2, 2, 3], 0),  # a copy
        ([500, 1, 2], 0),  # a restart
    ],
)
def test_missing_messages(post: Post, numbers: list[int], missing: int) -> None:
    for n, seq in enumerate(numbers):
        post.send(native("radar", "climate", {"seq": seq, "co2_ppm": 400}, NOW + n * MIN))
    assert post.account.get("radar missing", 0) == missing


def test_what_arrives_is_not_missing_whatever_becomes_of_it(post: Post) -> None:
    post.send(
        native("egen", "equipment", {"seq": 1, "error_fan": 0}),
        native("egen", "presence", {"seq": 2, "occupied": True}),
        native("egen", "climate", {"seq": 3, "unheard_of": 1}),
        native("egen", "equipment", {"seq": 4, "error_fan": 0, "time": NOW - 30 * DAY}),
        native("egen", "equipment", {"seq": 5, "error_fan": 0}),
    )
    assert "egen missing" not in post.account
    assert post.account["egen stored"] == 2


# ---- the account adds up

DEVICES = st.sampled_from(["radar", "vc", "egen", "panel", "who"])
BODIES = st.sampled_from(
    [{"occupied": True}, {"people": 3}, {"people": -1}, {}, [], {"in_call": 1}, {"token": "t"}]
)


@st.composite
def incoming(draw: st.DrawFn) -> Incoming:
    payload: Any = draw(BODIES | st.binary(max_size=20))
    if isinstance(payload, dict):
        payload = dict(payload)
        if draw(st.booleans()):
            payload["seq"] = draw(st.integers(0, 5))
        if draw(st.booleans()):
            payload["time"] = NOW + draw(st.sampled_from([-8 * DAY, -DAY, 0, MIN, DAY]))
    kind = draw(st.sampled_from(["presence", "climate", "equipment", "checkin", "status", "x"]))
    more = {
        "qos": draw(st.sampled_from([0, 1])),
        "retain": draw(st.booleans()),
        "dup": draw(st.booleans()),
        "backlog": draw(st.booleans()),
        "mid": draw(st.integers(1, 3)),
    }
    if draw(st.integers(0, 4)) == 0:
        return message(draw(st.sampled_from(["zigbee2mqtt/egen/pir", "a/b"])), payload, **more)
    return native(draw(DEVICES), kind, payload, NOW + draw(st.integers(0, 3)), **more)


@costly(2)
@given(st.lists(st.lists(incoming(), max_size=8), max_size=4), st.booleans())
def test_received_is_stored_duplicate_ignored_and_quarantined(
    batches: list[list[Incoming]], restart: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        post = Post(Path(folder))
        for batch in batches:
            post.send(*batch)
            if restart:
                post.restart()
        counts = {"stored": 0, "duplicate": 0, "ignored": 0, "quarantined": 0, "missing": 0}
        for entry, number in post.outbox.accounts().items():
            counts[entry.outcome] += number
        received = sum(map(len, batches))
        assert received == sum(counts.values()) - counts["missing"]
        assert len(post.kept) == counts["quarantined"]
        everything = [row.id for row in post.outbox.quarantine.newest()]
        post.outbox.quarantine.request_replay(everything, any_age=True)
        post.pipeline.replay(post.outbox.quarantine.to_replay())
        after = post.outbox.accounts()
        assert received == sum(n for e, n in after.items() if e.outcome != "missing")
        assert all(n >= 0 for e, n in after.items() if e.outcome != "missing")
        assert len(post.kept) == sum(n for e, n in after.items() if e.outcome == "quarantined")
        post.outbox.close()
