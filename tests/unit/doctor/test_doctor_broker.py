"""What the doctor says of a broker in and out of order."""

from __future__ import annotations

from rumskoll.doctor.broker import check_broker
from tests.servers.ports import free_port
from tests.unit.doctor.answering import answering
from tests.unit.doctor.helpers import settings, told


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
