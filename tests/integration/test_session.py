"""The session against a real Mosquitto: what is acknowledged when, and what comes again."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from collector.buffered_socket import BufferedSocket, install
from collector.custody import BATCH
from collector.incoming import Busy
from tests.integration.sessions import House, Recorder, connected, light, motion, running
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.packets import connect, publish
from tests.servers.publisher import Message, Publisher
from tests.servers.waiting import until
from tests.servers.wire import Wire

pytestmark = pytest.mark.servers


def numbers(first: int, stop: int) -> list[Message]:
    return [light(number) for number in range(first, stop)]


def payloads(first: int, stop: int) -> list[bytes]:
    return [message.payload for message in numbers(first, stop)]


def send(port: int, messages: list[Message], **options: object) -> None:
    with Publisher(port, messages, **options) as publisher:  # type: ignore[arg-type]
        publisher.publish()


# ---- commit when idle, acknowledge after the commit


def test_an_idle_socket_is_enough_to_commit(make_mosquitto: MakeMosquitto) -> None:
    """The broker gives one message at a time: the next comes after the acknowledgement."""
    broker = make_mosquitto(inflight=1)
    sink = Recorder()
    with running(sink, broker.port) as session:
        connected(session)
        send(broker.port, numbers(0, 300))
        until(lambda: len(sink.taken) == 300)
    assert sink.payloads == payloads(0, 300)
    assert set(sink.batches) == {1}


def test_a_batch_is_bounded(make_mosquitto: MakeMosquitto) -> None:
    broker = make_mosquitto(inflight=3 * BATCH)
    sink = Recorder()
    with running(sink, broker.port) as session:
        connected(session)
    send(broker.port, numbers(0, 3 * BATCH))  # wait in the broker, and come in one burst
    with running(sink, broker.port):
        until(lambda: len(sink.taken) == 3 * BATCH)
    assert sink.payloads == payloads(0, 3 * BATCH)
    assert max(sink.batches) <= BATCH
    assert len(sink.batches) <= 30, "commits are grouped"


def test_nothing_is_acknowledged_before_it_is_kept(mosquitto: Mosquitto) -> None:
    sink = Recorder()
    with Wire(mosquitto.port) as wire, running(sink, wire.port) as session:
        connected(session)
        sink.trouble = Busy("no room")
        send(mosquitto.port, numbers(0, 50))
        until(lambda: sink.tries >= 3)
        assert session.link.busy == "no room"
        assert wire.acks == []
        sink.trouble = None
        until(lambda: len(wire.acks) == 50)
        assert session.link.busy is None
    assert sink.payloads == payloads(0, 50)
    assert wire.acks == [message.mid for message in sink.taken]
    assert session.link.connections == 1


def test_without_room_it_neither_spins_nor_hoards(
    mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages of QoS 0 know no window: reading stops, and the broker's buffers fill up."""
    monkeypatch.setattr("collector.custody.HELD", 100)
    sink = Recorder()
    sink.trouble = Busy("no room")
    with (
        running(sink, mosquitto.port) as session,
        socket.create_connection(("127.0.0.1", mosquitto.port)) as link,
    ):
        connected(session)
        link.sendall(connect("plain"))
        one = publish(light(1).topic, light(1).payload, qos=0)
        until(lambda: link.send(one) and len(session._custody) >= 100)
        link.sendall(one * 2000)
        tries, turns = sink.tries, _count_turns(session)
        until(lambda: sink.tries >= tries + 2)
        assert turns[0] < 20, "the loop turns without a pause"
        assert len(session._custody) < 2000
        sink.trouble = None
        until(lambda: len(sink.taken) > 100)
        assert session.link.connections == 1


def _count_turns(session: object) -> list[int]:
    turns, poll = [0], session._poll  # type: ignore[attr-defined]

    def counted(sock: BufferedSocket) -> bool:
        turns[0] += 1
        return bool(poll(sock))

    session._poll = counted  # type: ignore[attr-defined]
    return turns


def test_the_last_words_reach_the_broker(mosquitto: Mosquitto) -> None:
    """What was kept before a wanted stop is acknowledged, and does not come again."""
    sink = Recorder()
    with Wire(mosquitto.port) as wire:
        with running(sink, wire.port) as session:
            connected(session)
            send(mosquitto.port, numbers(0, 20))
            until(lambda: len(sink.taken) == 20)
        assert len(wire.acks) == 20
    with running(sink, mosquitto.port) as session:
        connected(session)
        send(mosquitto.port, numbers(20, 21))
        until(lambda: len(sink.taken) > 20)
    assert sink.payloads == payloads(0, 21)
    assert (
        "closed its connection" not in (mosquitto.folder / "log").read_text().split("collector")[-1]
    )


# ---- an acknowledgement belongs to its connection


def test_a_late_acknowledgement_hits_no_other_message(mosquitto: Mosquitto) -> None:
    """The broker forgets the session and gives the number of a message that waits for room to
    a new one, which then must not count as acknowledged."""
    sink = Recorder()
    with running(sink, mosquitto.port) as session:
        connected(session)
        sink.trouble = Busy("no room")
        send(mosquitto.port, numbers(0, 3))
        until(lambda: session.link.busy)
        mosquitto.kill()
        mosquitto.start()
        connected(session, 2)
        send(mosquitto.port, numbers(3, 6))
        until(lambda: len(session._custody) == 6)
        assert [m.mid for m in session._custody._waiting] == [
            m.mid for m in session._custody._in_hand
        ], "the numbers must be the same, or this proves nothing"
        session._custody._sink = (second := _OnlyOnce(sink))
        sink.trouble = None  # the first three are kept now; the next three find no room
        until(lambda: second.refused)
        until(lambda: sink.payloads == payloads(0, 3))
    other = Recorder()  # another process takes over the session
    with running(other, mosquitto.port):
        until(lambda: len(other.taken) == 3, "the broker believes that they are acknowledged")
    assert other.payloads == payloads(3, 6)
    assert all(message.dup for message in other.taken)


class _OnlyOnce:
    """Lets the recorder keep what it has, and has no room for more."""

    def __init__(self, sink: Recorder) -> None:
        self._sink = sink
        self.refused = False

    def connected(self, *, resumed: bool) -> None: ...

    def idle(self) -> None: ...

    def take(self, messages: object) -> None:
        self.refused = True
        raise Busy("no room")

    def retry(self) -> None:
        if self.refused:
            raise Busy("no room")
        self._sink.retry()


# ---- redelivery


def lose_the_acknowledgement(wire: Wire, port: int, messages: list[Message]) -> None:
    """The messages are kept, but the broker does not get to know it, and sends them again."""
    before = len(wire.acks)
    wire.deafen()
    send(port, messages)
    until(lambda: len(wire.acks) == before + len(messages))
    wire.cut()
    until(lambda: len(wire.acks) == before + 2 * len(messages))


def test_what_comes_again_is_stored_once(mosquitto: Mosquitto, tmp_path: Path) -> None:
    house = House(tmp_path)
    with Wire(mosquitto.port) as wire, running(house.pipeline, wire.port) as session:
        connected(session)
        lose_the_acknowledgement(wire, mosquitto.port, [light(1), light(2), light(2)])
    assert house.values == [1.0, 2.0, 2.0], "equal messages are not the same message"
    assert house.counts == {"duplicate redelivered": 3, "stored": 3}


def test_what_comes_again_to_another_process_is_stored_once(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Wire(mosquitto.port) as wire:
        first = House(tmp_path)
        with running(first.pipeline, wire.port) as session:
            connected(session)
            wire.deafen()
            send(mosquitto.port, numbers(0, 20))
            until(lambda: len(wire.acks) == 20)
        first.outbox.close()
        wire.cut()
        second = House(tmp_path)
        with running(second.pipeline, wire.port):
            until(lambda: len(wire.acks) == 40)
    assert second.values == list(range(20))
    assert second.counts == {"duplicate redelivered": 20, "stored": 20}


def test_a_new_session_brings_nothing_again(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """The broker lost the session and gives its numbers to new messages of the same content,
    the first of which was taken by nobody. They are not what an old process knew."""
    with Wire(mosquitto.port) as wire:
        first = House(tmp_path)
        with running(first.pipeline, wire.port) as session:
            connected(session)
            send(mosquitto.port, [motion(), motion()])
            until(lambda: len(wire.acks) == 2)
            mosquitto.kill()
            mosquitto.start()
            connected(session, 2)
            send(mosquitto.port, [light(1, device=1)])
            until(lambda: len(wire.acks) == 3)
        first.outbox.close()
        sink = Recorder()
        sink.trouble = Busy("this process is killed before it can commit")
        with running(sink, wire.port) as session:
            connected(session)
            send(mosquitto.port, [motion()])
            until(lambda: sink.tries)
            assert len(session._custody) == 1
            assert session._custody._in_hand[0].mid == 2, "the number must be one of the old ones"
        second = House(tmp_path)
        with running(second.pipeline, wire.port):
            until(lambda: len(wire.acks) == 4)
    assert second.counts == {"stored": 4}


def test_mqtt_5_does_the_same(mosquitto: Mosquitto, tmp_path: Path) -> None:
    house = House(tmp_path)
    with Wire(mosquitto.port) as wire:
        with running(house.pipeline, wire.port, v5=True) as session:
            connected(session)
            lose_the_acknowledgement(wire, mosquitto.port, [light(1), light(2)])
        send(mosquitto.port, [light(3)])
        with running(house.pipeline, wire.port, v5=True):
            until(lambda: len(wire.acks) == 5)
    assert house.values == [1.0, 2.0, 3.0]
    assert house.counts == {"duplicate redelivered": 2, "stored": 3}


# ---- nothing can kill the loop


@pytest.mark.parametrize("error", [ValueError("a mistake"), OSError("a file"), KeyError("x")])
def test_no_exception_of_the_sink_ends_the_loop(mosquitto: Mosquitto, error: Exception) -> None:
    sink = Recorder()
    with running(sink, mosquitto.port) as session:
        connected(session)
        sink.trouble = error
        send(mosquitto.port, numbers(0, 30))
        until(lambda: session.link.errors >= 3)
        assert "127.0.0.1" not in str(session.link.error), "the broker is not to blame"
        sink.trouble = None
        until(lambda: len(set(sink.payloads)) == 30)
        assert sink.connections[-1], "the session is the same"
    assert sink.payloads == payloads(0, 30)


@pytest.mark.parametrize("callback", ["connected", "idle"])
def test_no_exception_of_another_callback_ends_it(
    mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch, callback: str
) -> None:
    sink = Recorder()
    failures = iter([ValueError("once"), ValueError("twice"), ValueError("thrice")])

    def fail(**_: object) -> None:
        for failure in failures:
            raise failure

    monkeypatch.setattr(sink, callback, fail)
    with running(sink, mosquitto.port) as session:
        until(lambda: session.link.errors >= 3)
        until(lambda: session.link.connected and session.link.error is None)
        send(mosquitto.port, numbers(0, 5))
        until(lambda: len(sink.taken) == 5)


def test_a_message_that_the_pipeline_chokes_on_harms_no_other(
    mosquitto: Mosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pipeline fails half-way through a batch: what it had noted as taken is not lost."""
    house = House(tmp_path)
    whole, calls = house.pipeline._one, [0]

    def choke(*arguments: object) -> None:
        calls[0] += 1
        if calls[0] == 3:
            raise MemoryError
        whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(house.pipeline, "_one", choke)
    with Wire(mosquitto.port) as wire, running(house.pipeline, wire.port) as session:
        connected(session)
    send(mosquitto.port, numbers(0, 10))
    with Wire(mosquitto.port) as wire, running(house.pipeline, wire.port):
        until(lambda: len(wire.acks) == 10)
    assert house.values == list(range(10))
    assert house.counts == {"duplicate redelivered": 2, "stored": 10}


def test_it_comes_back_when_the_broker_does(make_mosquitto: MakeMosquitto) -> None:
    broker = make_mosquitto(persistence=True)
    sink = Recorder()
    with running(sink, broker.port) as session:
        for round_ in range(3):
            connected(session, round_ + 1)
            send(broker.port, numbers(10 * round_, 10 * round_ + 10))
            until(lambda: len(sink.taken) == 10 * round_ + 10)  # noqa: B023
            broker.stop()
            until(lambda: not session.link.connected)
            until(lambda: "nobody listens" in str(session.link.error))
            broker.start()
        connected(session, 4)
        assert session.link.error is None
    assert sink.payloads == payloads(0, 30)
    assert sink.connections == [False, True, True, True]


def test_a_broken_connection_is_mended_at_once(mosquitto: Mosquitto) -> None:
    """Also when paho closes the socket itself, and the next one gets the same number."""
    sink = Recorder()
    with Wire(mosquitto.port) as wire, running(sink, wire.port) as session:
        for times in range(1, 6):
            connected(session, times)
            wire.cut()
            until(lambda: not session.link.connected or session.link.connections > times)  # noqa: B023
        connected(session, 6)
        assert session.link.errors == 5, "each loss is one error, and no attempt fails"


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
    """A retained message updates nothing, except where it tells who is there."""
    topic = "rumskoll/arena/granen/d0/"
    kept = [
        Message(topic + "climate", b'{"illuminance_lx": 1}', retain=True),
        Message(topic + "status", b"online", retain=True),
    ]
    send(mosquitto.port, kept)
    house = House(tmp_path)
    with running(house.pipeline, mosquitto.port):
        until(lambda: sum(house.counts.values()) == 2)
    assert house.counts == {"ignored retained": 1, "stored": 1}


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


# ---- the seam into paho's private parts


def test_paho_still_makes_its_sockets_where_we_think(mosquitto: Mosquitto) -> None:
    """``install`` and the session use these; when paho changes them, look at both."""
    client = Client(CallbackAPIVersion.VERSION2)
    install(client)
    client.connect("127.0.0.1", mosquitto.port)
    assert isinstance(client.socket(), BufferedSocket)
    client._sock_close()
    assert client.socket() is None
