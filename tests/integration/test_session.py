"""The session against a real Mosquitto: commits, and a loop that nothing can end."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from collector.buffered_socket import BufferedSocket, install
from collector.custody import BATCH
from collector.incoming import Busy
from tests.integration.sessions import (
    House,
    Recorder,
    connected,
    light,
    numbers,
    payloads,
    running,
    send,
)
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.packets import connect, publish
from tests.servers.waiting import until
from tests.servers.wire import Wire

pytestmark = pytest.mark.servers


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
    assert len(sink.batches) <= 300, "commits are grouped"


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
    with running(sink, mosquitto.port) as session:
        connected(session)
        send(mosquitto.port, numbers(0, 20))
        until(lambda: len(sink.taken) == 20)
    goodbye = re.compile(r"Client collector\b.* disconnected")
    until(lambda: goodbye.search(mosquitto.log), lambda: mosquitto.log)
    with running(sink, mosquitto.port) as session:
        connected(session)
        send(mosquitto.port, numbers(20, 21))
        until(lambda: len(sink.taken) > 20)
    assert sink.payloads == payloads(0, 21)


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
    counts = dict(house.counts)
    # two had been noted; what came in a batch of its own before, the broker need not send again
    assert counts.pop("duplicate redelivered", 0) in (0, 1, 2)
    assert counts == {"stored": 10}


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


# ---- the seam into paho's private parts


def test_paho_still_makes_its_sockets_where_we_think(mosquitto: Mosquitto) -> None:
    """``install`` and the session use these; when paho changes them, look at both."""
    client = Client(CallbackAPIVersion.VERSION2)
    install(client)
    client.connect("127.0.0.1", mosquitto.port)
    assert isinstance(client.socket(), BufferedSocket)
    client._sock_close()
    assert client.socket() is None
