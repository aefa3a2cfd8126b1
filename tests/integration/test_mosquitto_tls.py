"""TLS with our own authority, at the real Mosquitto: who is let in, and what is said if not."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.link import Broker, connect, connect_error, create_client
from rooms.registry.parse import build_registry, parse_site
from rumskoll.broker.tls_files import write_tls
from rumskoll.doctor.broker import check_broker
from tests.servers.collector import Collector
from tests.servers.secured import HOST, Secured, secured
from tests.servers.waiting import until
from tests.unit.doctor.helpers import settings, told

pytestmark = pytest.mark.servers

EXAMPLE = (Path(__file__).parents[2] / "examples" / "lycksele" / "rooms.yaml").read_text()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Secured]:
    registry = build_registry([parse_site(EXAMPLE, "rooms.yaml")])
    with secured(tmp_path / "mosquitto", registry) as running:
        yield running


def problem(broker: Secured, tls: ssl.SSLContext | None, host: str = HOST, port: int = 0) -> str:
    """What our own client says when it cannot connect; nothing when it can."""
    to = Broker(host, port or broker.tls_port, "me", "rumskoll", "x", tls=tls)
    client = create_client(to, lasting=False)
    try:
        connect(client, to, lasting=False)
    except OSError as error:
        key, _ = connect_error(error)
        return key
    finally:
        client.disconnect()
    return ""


def doctor(broker: Secured, **given: object) -> list[tuple[str, str]]:
    whole = {
        "mqtt_url": f"mqtts://{HOST}:{broker.tls_port}",
        "mqtt_ca": broker.tls / "ca.crt",
        "mqtt_username": "rumskoll",
        "mqtt_password": broker.passwords["rumskoll"],
        **given,
    }
    found = told(check_broker(settings(**whole), 2))
    return [(state, line) for state, line in found if "2.0.22" not in line]


def test_only_a_broker_that_can_prove_its_name_is_spoken_to(
    broker: Secured, tmp_path: Path
) -> None:
    trusting = broker.trusting()
    assert problem(broker, trusting) == ""
    assert problem(broker, trusting, host="127.0.0.1") == "broker_certificate"
    assert problem(broker, ssl.create_default_context()) == "broker_certificate"
    write_tls(tmp_path / "other", [HOST], datetime.now(UTC), "en")
    other = ssl.create_default_context(cafile=tmp_path / "other" / "ca.crt")
    assert problem(broker, other) == "broker_certificate"
    assert problem(broker, trusting, port=broker.port) == "broker_tls"


def test_strict_clients_take_it_too(broker: Secured) -> None:
    """As Python 3.13 looks at certificates when nothing else is said."""
    strict = broker.trusting()
    strict.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    assert problem(broker, strict) == ""


def test_old_versions_of_tls_are_refused(broker: Secured) -> None:
    old = broker.trusting()
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    assert problem(broker, old) == "broker_tls"


def test_nobody_speaks_plainly_on_the_tls_port(broker: Secured) -> None:
    """The password goes out before the broker has said anything: it hangs up at once, and says
    nothing. So the device is not let in, and somebody who looks for the reason finds it."""
    [(state, line)] = doctor(broker, mqtt_url=f"mqtt://{HOST}:{broker.tls_port}")
    assert state == "fail"
    assert "RUMSKOLL_MQTT_URL begins with mqtts://" in line


def test_an_expired_certificate(broker: Secured) -> None:
    broker.certify(now=datetime.now(UTC) - timedelta(days=398), renew=True)
    broker.reload()
    assert problem(broker, broker.trusting()) == "broker_expired"
    assert doctor(broker) == [
        (
            "fail",
            f"the certificate of {HOST}:{broker.tls_port} has expired. Make a new one on the"
            " broker's computer with rumskoll mqtt-tls, and let Mosquitto read it again.",
        )
    ]
    broker.certify()  # as it says
    broker.reload()
    assert [state for state, _ in doctor(broker)] == ["ok"]


@pytest.mark.parametrize(("left", "warned"), [(31, False), (29, True), (1, True)])
def test_a_certificate_that_ends_soon(broker: Secured, left: int, warned: bool) -> None:
    now = datetime.now(UTC)
    until_ = now + timedelta(days=left, minutes=10)
    broker.certify(now=until_ - timedelta(days=397), renew=True)
    broker.reload()
    first, *rest = doctor(broker)
    assert first[0] == "ok"
    assert rest == [
        (
            "warn",
            f"the certificate of {HOST}:{broker.tls_port} expires on {until_:%Y-%m-%d}, in {left}"
            " days. Make a new one on the broker's computer with rumskoll mqtt-tls, and let"
            " Mosquitto read it again.",
        )
    ] * int(warned)


def test_a_certificate_for_another_name_comes_with_a_reload(broker: Secured) -> None:
    broker.certify("rum.example")
    broker.reload()
    assert problem(broker, broker.trusting()) == "broker_certificate"
    write_tls(broker.tls, ["rum.example", HOST, "127.0.0.1"], datetime.now(UTC), "en")
    broker.reload()
    assert problem(broker, broker.trusting()) == ""
    assert problem(broker, broker.trusting(), host="127.0.0.1") == ""


def test_from_a_device_to_the_outbox_with_users_and_tls(broker: Secured, tmp_path: Path) -> None:
    """The collector as a process; each device with its own name, and one that lies."""
    secret = tmp_path / "mqtt_password"
    secret.write_text(broker.passwords["rumskoll"] + "\n")
    collector = Collector(
        tmp_path / "collector",
        EXAMPLE,
        mqtt_url=f"mqtts://{HOST}:{broker.tls_port}",
        mqtt_ca=broker.tls / "ca.crt",
        mqtt_username="rumskoll",
        mqtt_password_file=secret,
        demo="true",
    )
    said = {
        "device.granen-vc": ("rumskoll/lycksele/granen/granen-vc/equipment", '{"online": true}'),
        "device.vindelalven-raknare": (
            "rumskoll/lycksele/vindelalven/vindelalven-raknare/presence",
            '{"people": 3}',
        ),
        "source.zigbee": ("zigbee2mqtt/Granen/PIR tak", '{"occupancy": true}'),
        "source.egna": ("huset/renen-luft/data", '{"luft": [{"co2": 612}]}'),
    }
    forged = "rumskoll/lycksele/tallen/tallen-vc/equipment"

    collector.start()
    try:
        collector.wait_connected()
        with broker.client("device.granen-skarm") as liar:
            liar.publish(forged, payload='{"online": true}')
        for user, (topic, payload) in said.items():
            with broker.client(user) as device:
                device.publish(topic, payload=payload)
        until(lambda: collector.outcomes["stored"] >= len(said), collector.tail)
        assert collector.outcomes == {"stored": len(said)}
        assert "forbidden" not in collector.log
    finally:
        collector.stop()
