"""What the doctor says of a broker in and out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rumskoll.doctor.broker import check_broker
from tests.servers.ports import free_port
from tests.unit.doctor.answering import answering
from tests.unit.doctor.helpers import settings, told
from tests.unit.doctor.mosquitto import Mosquitto


def test_nobody_listens_and_no_such_host() -> None:
    port = free_port()
    assert told(check_broker(settings(mqtt_url=f"mqtt://127.0.0.1:{port}"))) == [
        (
            "fail",
            f"nobody listens on 127.0.0.1:{port}. Start the broker or correct RUMSKOLL_MQTT_URL.",
        )
    ]
    [(state, line)] = told(check_broker(settings(mqtt_url="mqtt://nowhere.invalid")))
    assert (state, line) == (
        "fail",
        "there is no host nowhere.invalid. Correct RUMSKOLL_MQTT_URL.",
    )


def test_something_else_answers() -> None:
    with answering("", b"") as url:
        mqtt = url.replace("http", "mqtt")
        [(state, line)] = told(check_broker(settings(mqtt_url=mqtt), 0.5))
        assert state == "fail"
        assert "answers, but does not speak MQTT." in line
        [(state, line)] = told(check_broker(settings(mqtt_url=mqtt.replace("mqtt", "mqtts")), 2))
        assert state == "fail"
        assert line.startswith("no TLS connection with 127.0.0.1:")


def test_certificate_files_that_are_missing() -> None:
    given = settings(mqtt_url="mqtts://127.0.0.1:1", mqtt_ca="nowhere.pem")
    [(state, line)] = told(check_broker(given))
    assert state == "fail"
    assert line.startswith("the certificate files cannot be read (")


@pytest.fixture(scope="module")
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    server = Mosquitto(tmp_path_factory.mktemp("mosquitto"))
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@pytest.mark.servers
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


@pytest.mark.servers
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


@pytest.mark.servers
def test_a_user_without_rights_loses_the_canary(mosquitto: Mosquitto) -> None:
    url = f"mqtt://127.0.0.1:{mosquitto.port}"
    given = settings(mqtt_url=url, mqtt_username="stum", mqtt_password="hemligt")
    [(state, line)] = told(check_broker(given, 1), "sv")
    assert state == "fail"
    assert "rumskoll-doctor/#" in line
    assert "ACL" in line


@pytest.mark.servers
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
