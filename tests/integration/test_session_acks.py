"""Whose acknowledgement is it, and what does the broker send once more?"""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.incoming import Busy
from tests.integration.sessions import (
    House,
    Recorder,
    connected,
    light,
    motion,
    numbers,
    payloads,
    running,
    send,
)
from tests.servers.mosquitto import Mosquitto
from tests.servers.publisher import Message
from tests.servers.waiting import until
from tests.servers.wire import Wire

pytestmark = pytest.mark.servers


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
