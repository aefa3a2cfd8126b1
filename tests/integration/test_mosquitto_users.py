"""The real Mosquitto with our configuration, users and rules: nobody does what is not theirs.

Over MQTT 3.1.1 a publish that is denied is acknowledged like any other, and a subscription that
is denied too: what proves anything is what a listener with all rights hears.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from rumskoll.doctor.broker import check_broker
from tests.servers.mosquitto import _program
from tests.servers.secured import ALL, DEPLOY, HOST, Secured, secured
from tests.servers.waiting import until
from tests.unit.doctor.helpers import settings, told

pytestmark = pytest.mark.servers

EXAMPLE = (Path(__file__).parents[2] / "examples" / "lycksele" / "rooms.yaml").read_text()
VC = "rumskoll/lycksele/granen/granen-vc/equipment"
SCREEN = "rumskoll/lycksele/granen/granen-skarm/equipment"
UPLINK = "application/7/device/a81758fffe0a1001/event/up"


def registry(text: str = EXAMPLE) -> Registry:
    return build_registry([parse_site(text, "rooms.yaml")])


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Secured]:
    with secured(tmp_path / "mosquitto", registry()) as running:
        yield running


@pytest.mark.parametrize(
    ("user", "own", "foreign"),
    [
        (
            "device.granen-vc",
            [VC, VC.replace("granen/", "tallen/")],
            [SCREEN, VC + "/x", VC.replace("lycksele", "umea"), UPLINK, "rumskoll/status"],
        ),
        ("source.lora", [UPLINK], [VC, "application/7/device/a8/command/down", "huset/x/data"]),
        ("source.zigbee", ["zigbee2mqtt/Granen/PIR tak"], [VC, UPLINK, "homeassistant/x"]),
        ("source.egna", ["huset/renen-luft/data"], ["huset/renen-luft/set", VC]),
        ("reader", [], [VC, "rumskoll-state/lycksele/summary", "rumskoll/status"]),
        ("simulator", [VC, UPLINK], ["rumskoll-state/lycksele/summary", "rumskoll/status"]),
    ],
)
def test_only_its_own_topics_arrive(
    broker: Secured, user: str, own: list[str], foreign: list[str]
) -> None:
    with (
        broker.client(ALL, topics=["#"]) as listener,
        broker.client(ALL) as anybody,
        broker.client(user) as sender,
    ):
        sender.publish(*foreign, *own)
        anybody.publish(*foreign)  # comes after it, and is heard: that the others were not is told
        until(lambda: len(listener.heard) >= len(own) + len(foreign), lambda: listener.heard)
        assert listener.heard == [*own, *foreign]


SAID = [
    *(VC, "zigbee2mqtt/Granen", UPLINK, "application/7/device/a81758fffe0a1001/command/down"),
    *("rumskoll-state/lycksele/summary", "rumskoll/status", "anything/else"),
]


@pytest.mark.parametrize(
    ("user", "hears"),
    [
        ("device.granen-vc", []),
        ("source.lora", ["application/7/device/a81758fffe0a1001/command/down"]),
        ("source.egna", []),
        ("source.zigbee", ["zigbee2mqtt/Granen"]),
        ("reader", ["rumskoll-state/lycksele/summary", "rumskoll/status"]),
        ("rumskoll", [VC, "zigbee2mqtt/Granen", UPLINK, "rumskoll-state/lycksele/summary"]),
        ("simulator", []),
    ],
)
def test_nobody_hears_what_is_not_theirs(broker: Secured, user: str, hears: list[str]) -> None:
    """A device that listens to everything hears nothing, not even itself."""
    with (
        broker.client(user, topics=["#"]) as listener,
        broker.client(ALL) as anybody,
    ):
        anybody.publish(*SAID)
        listener.publish("nothing")  # its acknowledgement comes after what was for it
        assert listener.heard == hears


@pytest.mark.parametrize(
    ("name", "password"),
    [("device.granen-vc", "fel"), ("device.granen-vc", ""), ("nobody", "x"), ("", "")],
)
@pytest.mark.parametrize("plain", [True, False])
def test_wrong_names_and_passwords_are_refused(
    broker: Secured, name: str, password: str, plain: bool
) -> None:
    broker.passwords[name] = password
    with broker.client(name, plain=plain) as person:
        assert person.refused in {"Not authorized", "Bad user name or password"}


def test_a_user_that_is_gone_is_out(broker: Secured) -> None:
    old = dict(broker.passwords)
    with broker.client("device.granen-vc") as before:
        assert before.refused is None
    text = "\n".join(line for line in EXAMPLE.splitlines() if "granen-vc" not in line)
    changes = broker.users(registry(text), renew=["device.tallen-vc"])
    assert changes.gone == ("device.granen-vc",)
    broker.reload()
    broker.passwords = old
    for name in ("device.granen-vc", "device.tallen-vc"):
        with broker.client(name) as person:
            assert person.refused == "Not authorized", name
    with broker.client("device.granen-skarm") as person:
        assert person.refused is None
    broker.users(registry())
    broker.reload()
    with broker.client("device.granen-vc") as person:
        assert person.refused is None
    broker.passwords |= {"device.granen-vc": old["device.granen-vc"]}
    with broker.client("device.granen-vc") as person:
        assert person.refused is None


def test_mosquittos_own_tool_and_we_mean_the_same(broker: Secured) -> None:
    """A user that was made by hand is let in beside ours: it is one format."""
    file = broker.broker / "passwd"
    subprocess.run(
        [_program("mosquitto_passwd"), "-b", file, "hand", "gjord"], check=True, capture_output=True
    )
    broker.reload()
    broker.passwords["hand"] = "gjord"
    for name in ("hand", "rumskoll", "device.granen-vc"):
        with broker.client(name) as person:
            assert person.refused is None


def test_the_doctor_finds_all_in_order(broker: Secured) -> None:
    given = settings(
        mqtt_url=f"mqtts://{HOST}:{broker.tls_port}",
        mqtt_ca=broker.tls / "ca.crt",
        mqtt_username="rumskoll",
        mqtt_password=broker.passwords["rumskoll"],
    )
    (state, line), *rest = told(check_broker(given))
    assert (state, line) == (
        "ok",
        f"{HOST}:{broker.tls_port} took a test message and gave it back.",
    )
    assert [line for _, line in rest if "certificate" in line] == []


def test_every_setting_is_taken_as_it_is_meant(broker: Secured) -> None:
    """Mosquitto says nothing of what it does not know but in its log."""
    assert "Error" not in broker.log
    assert "Unknown" not in broker.log


def test_what_only_newer_ones_know_stands_apart() -> None:
    """The tests run on Debian's 2.0, which would refuse to start."""
    new = [line.split()[0] for line in lines("persistence-2.1.conf")]
    assert new == ["global_plugin", "plugin_opt_flush_period", "plugin_opt_sync"]
    assert not set(new) & {line.split()[0] for line in lines("mosquitto.conf")}
    # 2.1 refuses to start with both
    assert not {"persistence", "autosave_interval"} & {
        line.split()[0] for line in [*lines("mosquitto.conf"), *lines("persistence-2.1.conf")]
    }


def lines(name: str) -> list[str]:
    text = (DEPLOY / name).read_text()
    return [line for line in text.splitlines() if line and line[0] != "#"]
