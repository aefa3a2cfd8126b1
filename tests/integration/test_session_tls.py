"""The session over TLS, whose own buffer no selector knows of."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from collector.buffered_socket import RECEIVE
from tests.integration.sessions import Recorder, connected, light, running
from tests.servers.certificates import self_signed
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.packets import (
    CONNACK,
    CONNECT,
    PUBACK,
    SUBACK,
    SUBSCRIBE,
    Packets,
    packet,
    publish,
)
from tests.servers.publisher import Message, Publisher
from tests.servers.waiting import until

pytestmark = pytest.mark.servers


@pytest.fixture
def broker(make_mosquitto: MakeMosquitto) -> Mosquitto:
    return make_mosquitto(tls=True, inflight=1000)


def trusting(broker: Mosquitto) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=broker.certificate)


def test_it_works_the_same(broker: Mosquitto) -> None:
    sink = Recorder()
    messages = [light(number) for number in range(300)]
    with running(sink, broker.port, tls=trusting(broker)) as session:
        connected(session)
        with Publisher(broker.port, messages, tls=trusting(broker)) as publisher:
            publisher.publish()
            until(lambda: len(sink.taken) == 300)
    assert sink.payloads == [message.payload for message in messages]


@pytest.mark.parametrize("size", [10_000, 200_000])
def test_a_burst_of_large_messages(broker: Mosquitto, size: int) -> None:
    sink = Recorder()
    messages = [Message("rumskoll/big", b"%06d" % n + bytes(size)) for n in range(50)]
    context = trusting(broker)
    with running(sink, broker.port, tls=context) as session:
        connected(session)
    with Publisher(broker.port, messages, tls=context) as publisher:
        publisher.publish()  # they wait in the broker, and come in one burst
    with running(sink, broker.port, tls=context) as session:
        until(lambda: len(sink.taken) == 50, lambda: f"stuck at {len(sink.taken)}")
        assert session.link.connections == 1
    assert sink.payloads == [message.payload for message in messages]


LENGTH = len(publish(light(1000).topic, light(1000).payload))


@pytest.mark.parametrize("receive", [RECEIVE, 10 * LENGTH])
def test_what_is_pending_inside_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receive: int
) -> None:
    """Mosquitto puts each message into a record of its own; other brokers put hundreds into
    one. A read that takes less than the record, and ends with a message, leaves the rest in
    the TLS object while the socket is silent. What we read at once is larger than a record,
    but need not stay so."""
    monkeypatch.setattr("collector.buffered_socket.RECEIVE", receive)
    sink = Recorder()
    messages = [light(1000 + number) for number in range(100)]  # of equal length
    with one_record(self_signed(tmp_path), messages) as (port, acks):
        context = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
        with running(sink, port, tls=context):
            until(lambda: len(acks) == 100, lambda: f"stuck at {len(sink.taken)}")
    assert sink.payloads == [message.payload for message in messages]


@contextmanager
def one_record(certificate: Path, messages: list[Message]) -> Iterator[tuple[int, list[int]]]:
    """A broker that sends all messages in one record: its port, and the mids acknowledged."""
    acks: list[int] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    burst = b"".join(publish(m.topic, m.payload, mid=n + 1) for n, m in enumerate(messages))
    assert len(burst) < 16_384
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with context.wrap_socket(server.accept()[0], server_side=True) as link:
            packets = Packets()
            while data := link.recv(65_536):
                for kind, body in packets.feed(data):
                    if kind == CONNECT:
                        link.sendall(packet(CONNACK, b"\0\0"))
                    elif kind == SUBSCRIBE:
                        link.sendall(packet(SUBACK, body[:2] + b"\1"))
                        link.sendall(burst)
                    elif kind == PUBACK:
                        acks.append(int.from_bytes(body))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with server:
        yield server.getsockname()[1], acks
    thread.join(10)
    assert not thread.is_alive()


def test_a_certificate_that_is_not_trusted_is_told(broker: Mosquitto, tmp_path: Path) -> None:
    other = ssl.create_default_context(cafile=self_signed(tmp_path))
    with running(Recorder(), broker.port, tls=other) as session:
        until(lambda: session.link.errors >= 2)
        assert session.link.error == (
            f"the certificate of 127.0.0.1:{broker.port} is not trusted (self-signed certificate)."
            " Set RUMSKOLL_MQTT_CA to its CA file, or use the host name that the certificate is"
            " for."
        )


def test_a_port_without_tls_is_told(mosquitto: Mosquitto) -> None:
    context = ssl.create_default_context()
    with running(Recorder(), mosquitto.port, tls=context) as session:
        until(lambda: session.link.errors >= 2)
        assert "no TLS connection" in str(session.link.error)
        assert "RUMSKOLL_MQTT_URL begins with mqtt://" in str(session.link.error)


def test_a_tls_port_without_tls_is_told(broker: Mosquitto) -> None:
    with running(Recorder(), broker.port) as session:
        until(lambda: session.link.errors >= 2)
        assert "does not speak MQTT" in str(session.link.error)
        assert "RUMSKOLL_MQTT_URL begins with mqtts://" in str(session.link.error)
