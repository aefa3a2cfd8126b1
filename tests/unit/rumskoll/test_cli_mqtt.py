"""``rumskoll mqtt-users`` and ``rumskoll mqtt-tls``, as they are typed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from telling import refused, told

from rumskoll.commands.common import say
from tests.unit.registry.broken import SITE

NATIVE = SITE.replace("  - id: lora\n", "  - {id: av, decoder: native}\n  - id: lora\n").replace(
    "devices:\n", "devices:\n  - {id: vc, source: av, address: vc}\n"
)


@pytest.fixture(autouse=True)
def _native() -> None:
    Path("rooms.yaml").write_text(NATIVE)


def plain() -> dict[str, str]:
    lines = Path("broker/users.txt").read_text().splitlines()
    return dict(line.split() for line in lines if line and line[0] != "#")


def test_users_from_first_to_last() -> None:
    said = told("mqtt-users", "--simulator", "--secret", "secrets/mqtt_password")
    names = "rumskoll, reader, device.vc, source.egna, source.lora, simulator"
    assert said == "\n".join(
        [
            say("mqtt_users.new", count=6, names=names),
            say("mqtt_users.where", file="broker/users.txt", count=6),
            say("mqtt.reload"),
            "",
        ]
    )
    secret = Path("secrets/mqtt_password")
    assert secret.read_text() == plain()["rumskoll"] + "\n"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    before = plain()
    again = told("mqtt-users", "--simulator").splitlines()
    assert again[0] == say("mqtt_users.same")
    assert say("mqtt.reload") not in "\n".join(again)
    assert plain() == before
    said = told("mqtt-users", "--renew", "vc", "--renew", "source.lora", "--remove")
    assert say("mqtt_users.renewed", count=2, names="device.vc, source.lora") in said
    assert say("mqtt_users.gone", count=1, names="simulator") in said
    assert {name for name, word in plain().items() if word != before[name]} == {
        "device.vc",
        "source.lora",
    }
    assert "simulator" not in plain()


def test_home_assistant_is_let_in_when_it_is_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told("mqtt-users")
    monkeypatch.setenv("RUMSKOLL_HOMEASSISTANT", "true")
    said = told("mqtt-users")
    assert say("mqtt_users.changed", count=2, names="reader, rumskoll") in said
    assert "topic readwrite homeassistant/device/+/config\n" in Path("broker/acl").read_text()


def test_mistakes_with_users() -> None:
    names = "rumskoll, reader, device.vc, source.egna, source.lora"
    assert refused("mqtt-users", "--renew", "nobody") == say(
        "mqtt_users.unknown", names="nobody", known=names
    )
    assert refused("mqtt-users", "--group", "no-such") == say("mqtt.no_group", group="no-such")
    Path("rooms.yaml").write_text(NATIVE.replace("address: vc", "address: v+c"))
    assert refused("mqtt-users") == say("mqtt_users.bad_address", device="vc", address='"v+c"')
    assert not Path("broker").exists()
    Path("rooms.yaml").write_text("id: x\n")
    assert say("cli.wrong_registry") in refused("mqtt-users")
    Path("rooms.yaml").write_text(NATIVE)
    Path("broker").write_text("")
    assert "broker" in refused("mqtt-users")


def test_certificates_from_first_to_last() -> None:
    assert refused("mqtt-tls") == say("mqtt_tls.need_host")
    first = told("mqtt-tls", "--host", "rum.example", "--host", "192.0.2.7")
    assert say("mqtt.reload") in first
    assert "mqtts://rum.example:8883" in first
    assert sorted(path.name for path in Path("broker/tls").iterdir()) == [
        "ca.crt",
        "ca.key",
        "server.crt",
        "server.key",
    ]
    again = told("mqtt-tls")
    assert say("mqtt.reload") not in again
    assert "rum.example, 192.0.2.7" in again.splitlines()[0]
    assert say("mqtt.reload") in told("mqtt-tls", "--renew")
    assert "mqtts://[2001:db8::1]:8883" in told("mqtt-tls", "--host", "2001:db8::1")
    assert refused("mqtt-tls", "--host", "mqtts://x") == say(
        "mqtt_tls.bad_host", host='"mqtts://x"'
    )
