"""The session over TLS, whose own buffer no selector knows of."""

from __future__ import annotations

import ssl

import pytest

from tests.integration.sessions import Recorder, connected, light, running
from tests.servers.certificates import self_signed
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
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


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_what_is_pending_inside_is_not_forgotten(broker: Mosquitto, size: int) -> None:
    """A record holds up to 16 kB and a read brings one record: of a burst much is pending
    in the TLS object while the socket itself is silent."""
    sink = Recorder()
    messages = [Message("rumskoll/big", b"%06d" % n + bytes(size)) for n in range(100)]
    context = trusting(broker)
    with running(sink, broker.port, tls=context) as session:
        connected(session)
    with Publisher(broker.port, messages, tls=context) as publisher:
        publisher.publish()  # they wait in the broker, and come in one burst
    with running(sink, broker.port, tls=context) as session:
        until(lambda: len(sink.taken) == 100, lambda: f"stuck at {len(sink.taken)}")
        assert session.link.connections == 1
    assert sink.payloads == [message.payload for message in messages]


def test_small_messages_in_a_large_record_are_all_read(broker: Mosquitto) -> None:
    """With a read smaller than a record, the rest is pending in the TLS object alone."""
    sink = Recorder()
    messages = [light(number) for number in range(900)]
    context = trusting(broker)
    with running(sink, broker.port, tls=context) as session:
        connected(session)
    with Publisher(broker.port, messages, tls=context) as publisher:
        publisher.publish()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("collector.buffered_socket.RECEIVE", 100)
        with running(sink, broker.port, tls=context):
            until(lambda: len(sink.taken) == 900, lambda: f"stuck at {len(sink.taken)}")
    assert sink.payloads == [message.payload for message in messages]


def test_a_certificate_that_is_not_trusted_is_told(
    broker: Mosquitto, tmp_path: pytest.TempPathFactory
) -> None:
    other = ssl.create_default_context(cafile=self_signed(tmp_path))  # type: ignore[arg-type]
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
