"""What comes in under which topic, and why there is no connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from tests.integration.sessions import (
    House,
    Recorder,
    connected,
    light,
    motion,
    numbers,
    running,
    send,
)
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.packets import publish
from tests.servers.publisher import Message, Publisher
from tests.servers.waiting import until

pytestmark = pytest.mark.servers


# ---- what kinds of messages there are


def test_a_topic_that_is_no_text_is_set_aside(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """Mosquitto refuses such a topic, other brokers do not: the socket brings it."""
    house = House(tmp_path)
    with running(house.pipeline, mosquitto.port) as session:
        connected(session)
        sock: Any = session._client.socket()
        sock._in += publish(b"rumskoll/\xff\xfe/x/y", b"hello", mid=7)
        send(mosquitto.port, [light(1)])
        until(lambda: len(house.values) == 1)
    (kept,) = house.outbox.quarantine.newest()
    assert (kept.topic, kept.payload, kept.reason) == (
        "rumskoll/\\xff\\xfe/x/y",
        b"hello",
        "bad_topic",
    )


def test_old_news_is_no_news(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """A retained message updates nothing, except where it tells who is gone."""
    topic = "rumskoll/arena/granen/d0/"
    kept = [
        Message(topic + "climate", b'{"illuminance_lx": 1}', retain=True),
        Message(topic + "status", b"offline", retain=True),
    ]
    send(mosquitto.port, kept)
    house = House(tmp_path)
    with running(house.pipeline, mosquitto.port):
        until(lambda: sum(house.counts.values()) == 2)
    assert house.counts == {"ignored retained": 1, "stored": 1}
    assert house.values == [0.0]


def test_what_waited_in_the_broker_is_marked(mosquitto: Mosquitto) -> None:
    """Until the socket first falls idle after a session was resumed, and not a moment longer."""
    sink = Recorder()
    with running(sink, mosquitto.port) as session:
        connected(session)
        send(mosquitto.port, numbers(0, 5))
        until(lambda: len(sink.taken) == 5)
    send(mosquitto.port, numbers(5, 305))  # three windows
    with running(sink, mosquitto.port) as session:
        until(lambda: len(sink.taken) == 305)
        until(lambda: not session._backlog)
        send(mosquitto.port, numbers(305, 310))
        until(lambda: len(sink.taken) == 310)
    marked = [message.backlog for message in sink.taken]
    assert marked == [False] * 5 + [True] * 300 + [False] * 5


def test_the_mark_reaches_the_reading(mosquitto: Mosquitto, tmp_path: Path) -> None:
    house = House(tmp_path)
    with running(house.pipeline, mosquitto.port) as session:
        connected(session)
    timed = Message(motion(1).topic, b'{"motion": true, "time": "2026-09-01T08:00:00Z"}')
    send(mosquitto.port, [motion(), timed, light(1)])
    with running(house.pipeline, mosquitto.port):
        until(lambda: house.counts == {"stored": 3})
    (chunk,) = house.outbox.chunks("store")
    assert [point.fields for point in chunk.points] == [
        {"motion": 1.0, "backlog": 1.0},
        {"motion": 1.0},
        {"illuminance_lx": 1.0},
    ]


# ---- subscriptions


def test_another_registry_means_other_subscriptions(mosquitto: Mosquitto) -> None:
    sink, topics = Recorder(), [("old/#", "both/#")]
    with running(sink, mosquitto.port, lambda: topics[0]) as session:
        connected(session)
        send(mosquitto.port, [Message("old/a", b"1"), Message("new/a", b"2")])
        until(lambda: len(sink.taken) == 1)
        topics[0] = ("both/#", "new/#")
        session.subscribe_again()
        until(lambda: session._subscribed == topics[0])
        until(lambda: not session._resubscribe)
        with Publisher(
            mosquitto.port,
            [Message("new/a", b"%d" % n) for n in range(1000)],
        ) as publisher:
            until(lambda: _one_more(publisher) and len(sink.taken) > 1)
        before = len(sink.taken)
        send(mosquitto.port, [Message("old/a", b"x"), Message("both/a", b"y")])
        until(lambda: len(sink.taken) > before and sink.payloads[-1] == b"y")
    assert sink.payloads[0] == b"1"
    assert b"x" not in sink.payloads


def _one_more(publisher: Publisher) -> bool:
    publisher.publish(len(publisher.accepted) + 1)
    return True


def test_a_refused_subscription_is_told(mosquitto: Mosquitto) -> None:
    """Mosquitto's own rules never refuse one; plugins and other brokers do."""
    topics = ("rumskoll/#", "zigbee2mqtt/#")
    with running(Recorder(), mosquitto.port, lambda: topics, username="rum") as session:
        connected(session)
        until(lambda: session._subscribed == topics)
        answers = [ReasonCode(PacketTypes.SUBACK, identifier=code) for code in (1, 0x80)]
        session._on_subscribe(session._client, None, 1, answers, None)
        assert session.link.error == (
            "the user (rum) may not subscribe to zigbee2mqtt/#. Allow it in the broker's ACL."
        )


# ---- why there is no connection


def test_a_wrong_password_is_told(make_mosquitto: MakeMosquitto) -> None:
    broker = make_mosquitto(user=("rum", "hemligt"))
    with running(Recorder(), broker.port, username="rum", password="fel") as session:
        until(lambda: session.link.errors >= 2)
        assert session.link.error == (
            f"127.0.0.1:{broker.port} does not let the user (rum) in. Check"
            " RUMSKOLL_MQTT_USERNAME, RUMSKOLL_MQTT_PASSWORD and the broker's rules."
        )
        assert not session.link.connected


def test_a_broker_that_is_away_is_told(mosquitto: Mosquitto) -> None:
    mosquitto.kill()
    with running(Recorder(), mosquitto.port) as session:
        until(lambda: session.link.errors >= 2)
        assert session.link.error == (
            f"nobody listens on 127.0.0.1:{mosquitto.port}."
            " Start the broker or correct RUMSKOLL_MQTT_URL."
        )
        mosquitto.start()
        connected(session)
        assert session.link.error is None
