"""Disturbances: as often as told, seeded, never to retained messages."""

from collections import Counter
from itertools import pairwise

import pytest

from devices.simulator.disturb import Disturbances, disturb
from devices.simulator.message import Message

STREAM = [Message(1000 * n, f"t/{n % 3}", b'{"n":%d}' % n, f"device-{n % 3}") for n in range(3000)]


def through(seed=1, **what):
    return list(disturb(STREAM, Disturbances(**what), seed))


def test_nothing_changes_without_flags():
    assert through() == STREAM


def test_all_lost():
    assert through(loss=1.0) == []


def test_all_doubled():
    assert through(duplicates=1.0) == [m for message in STREAM for m in (message, message)]


def test_some_are_lost_and_the_seed_says_which():
    kept = through(loss=0.1)
    assert 0.85 < len(kept) / len(STREAM) < 0.95
    assert kept == through(loss=0.1)
    assert kept != through(seed=2, loss=0.1)


def test_disorder_keeps_every_message_and_sends_them_in_order_of_their_new_times():
    late = through(disorder=0.2)
    assert Counter(m.payload for m in late) == Counter(m.payload for m in STREAM)
    assert all(a.time <= b.time for a, b in pairwise(late))
    assert [m.payload for m in late] != [m.payload for m in STREAM]


def test_garbage_comes_after_a_good_message():
    sent = through(garbage=1.0)
    assert sent[::2] == STREAM
    assert all(a.topic == b.topic for a, b in zip(sent[::2], sent[1::2], strict=True))
    assert all(a.payload != b.payload for a, b in zip(sent[::2], sent[1::2], strict=True))


def test_silence_of_one_device():
    sent = through(silent_from={"device-1": 90_000})
    assert max(m.time for m in sent if m.device == "device-1") < 90_000
    assert [m for m in sent if m.device != "device-1"] == [
        m for m in STREAM if m.device != "device-1"
    ]


@pytest.mark.parametrize("flag", ["loss", "duplicates", "disorder", "garbage"])
def test_retained_messages_are_left_alone(flag):
    online = [Message(0, "status", b"online", "d", retain=True)]
    assert list(disturb(online, Disturbances(**{flag: 1.0}), 1)) == online
