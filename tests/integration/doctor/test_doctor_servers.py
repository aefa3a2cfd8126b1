"""What the doctor says of a real Mosquitto and a real InfluxDB, in and out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rumskoll.doctor.broker import check_broker
from rumskoll.doctor.store import check_server, check_store
from tests.integration.doctor.mosquitto import Mosquitto
from tests.servers.influxd import ADMIN, Influxd
from tests.unit.doctor.helpers import settings, told

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    server = Mosquitto(tmp_path_factory.mktemp("mosquitto"))
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@pytest.mark.parametrize("version", ["3.1.1", "5"])
def test_a_broker_in_order(mosquitto: Mosquitto, version: str) -> None:
    user = {"mqtt_username": "rum", "mqtt_password": "hemligt", "mqtt_version": version}
    url = f"mqtt://127.0.0.1:{mosquitto.port}"
    found = told(check_broker(settings(mqtt_url=url, **user)))
    assert found[0] == (
        "ok",
        f"127.0.0.1:{mosquitto.port} took a test message and gave it back.",
    )
    url = f"mqtts://localhost:{mosquitto.tls_port}"
    assert told(check_broker(settings(mqtt_url=url, mqtt_ca=mosquitto.ca, **user)))[0][0] == "ok"


@pytest.mark.parametrize("version", ["3.1.1", "5"])
def test_wrong_credentials_are_told_apart_from_a_broker_that_is_down(
    mosquitto: Mosquitto, version: str
) -> None:
    url = f"mqtt://127.0.0.1:{mosquitto.port}"
    wrong = {"mqtt_username": "rum", "mqtt_password": "fel", "mqtt_version": version}
    for given in (wrong, {"mqtt_version": version}):
        [(state, line)] = told(check_broker(settings(mqtt_url=url, **given)))
        assert state == "fail"
        assert "RUMSKOLL_MQTT_USERNAME" in line
        assert "fel" not in line


def test_a_user_without_rights_loses_the_canary(mosquitto: Mosquitto) -> None:
    url = f"mqtt://127.0.0.1:{mosquitto.port}"
    given = settings(mqtt_url=url, mqtt_username="stum", mqtt_password="hemligt")
    [(state, line)] = told(check_broker(given, 1), "sv")
    assert state == "fail"
    assert "rumskoll-doctor/#" in line
    assert "ACL" in line


def test_tls_mistakes(mosquitto: Mosquitto) -> None:
    user = {"mqtt_username": "rum", "mqtt_password": "hemligt"}

    def line(url: str, **given: Any) -> str:
        [(state, said_)] = told(check_broker(settings(mqtt_url=url, **user, **given), 2))
        assert state == "fail"
        return said_

    tls, plain = mosquitto.tls_port, mosquitto.port
    assert line(f"mqtts://localhost:{tls}").startswith("the certificate of localhost")
    assert line(f"mqtts://127.0.0.1:{tls}", mqtt_ca=mosquitto.ca).startswith("the certificate of")
    assert line(f"mqtts://localhost:{plain}").startswith("no TLS connection with localhost")
    assert "answers, but does not speak MQTT" in line(f"mqtt://localhost:{tls}")


def test_a_real_influxdb(influxd: Influxd) -> None:
    user, password = ADMIN
    given = {"store": influxd.url, "influx_user": user, "influx_token": password}
    [(state, line)] = told(check_store(settings(**given)))
    assert state == "fail"  # no database yet
    assert "rumskoll influx init" in line
    influxd.ask("CREATE DATABASE rooms")
    influxd.ask("CREATE DATABASE rooms_history WITH SHARD DURATION 52w")
    assert told(check_store(settings(**given))) == [
        ("ok", f"{influxd.url}: a test value was written and read back.")
    ]
    assert told(check_server(settings(**given))) == [
        ("ok", "agrees with the store's."),
        ("ok", "364 days in rooms_history."),
    ]
    [(state, line)] = told(check_store(settings(**(given | {"influx_token": "wrong"}))))
    assert state == "fail"
    assert "wrong" not in line
