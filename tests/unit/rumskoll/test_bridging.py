"""Which equipment a bridge watches, what it logs in with, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from devices.bridges import BRIDGES
from devices.bridges.base import Target
from rooms.registry import Registry, Site
from rumskoll.bridging import Login, read_logins, targets, topic_of
from rumskoll.broker.users import Right, users_of
from rumskoll.cannot_run import CannotRun
from rumskoll.cli import app

NOON = 1_795_424_400_000
PIN = ":".join(["AB"] * 32)
SITE: dict[str, Any] = {
    "id": "hus",
    "name": "Huset",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "sources": [{"id": "av", "decoder": "native"}, {"id": "eget", "decoder": "zigbee2mqtt"}],
    "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
    "devices": [
        {
            "id": "vc",
            "source": "av",
            "address": "granen-vc",
            "model": "cisco-roomos",
            "connect": {"host": "10.0.0.5", "port": 8443, "certificate": PIN},
        },
        {
            "id": "skarm",
            "source": "av",
            "address": "skarm",
            "model": "pjlink-display",
            "connect": {"host": "skarm.lokalt"},
        },
        {"id": "tyst", "source": "av", "address": "tyst", "model": "cisco-roomos"},
    ],
    "placements": [{"device": "vc", "room": "granen"}],
}
LOGINS = 'roomos: {username: rumskoll, password: "hemligt"}\nskarm: {password: panelen}'


@pytest.fixture
def registry() -> Registry:
    return Registry([Site.model_validate(SITE)])


def test_what_is_watched_and_with_what(registry: Registry) -> None:
    logins = read_logins(LOGINS, "en")
    assert targets(BRIDGES["roomos"], registry, logins) == {
        "vc": Target("vc", "10.0.0.5", 8443, PIN, "rumskoll", "hemligt")
    }
    assert targets(BRIDGES["pjlink"], registry, logins) == {
        "skarm": Target("skarm", "skarm.lokalt", None, None, "", "panelen")
    }
    assert targets(BRIDGES["poly"], registry, logins) == {}


def test_a_devices_own_login_goes_before_its_bridges(registry: Registry) -> None:
    logins = {"roomos": Login(username="a"), "vc": Login(username="b")}
    assert targets(BRIDGES["roomos"], registry, logins)["vc"].username == "b"


def test_where_it_publishes(registry: Registry) -> None:
    assert topic_of(registry, "vc", NOON) == "rumskoll/hus/granen/granen-vc"
    assert topic_of(registry, "skarm", NOON) == "rumskoll/hus/unplaced/skarm"


def test_a_bridge_may_speak_for_its_own_devices_only(registry: Registry) -> None:
    users = users_of(registry)
    assert users["bridge.roomos"] == [Right("write", "rumskoll/hus/+/granen-vc/+")]
    assert users["bridge.pjlink"] == [Right("write", "rumskoll/hus/+/skarm/+")]
    assert {*users["bridge.all"]} == {*users["bridge.roomos"], *users["bridge.pjlink"]}
    assert "bridge.poly" not in users


@pytest.mark.parametrize(
    "given", ["roomos: [", "roomos: {pass: x}", "- a", "roomos: hemligt", "vc: {username: [1]}"]
)
def test_logins_that_cannot_be_read(given: str) -> None:
    with pytest.raises(CannotRun, match="RUMSKOLL_BRIDGE_LOGINS") as told:
        read_logins(given, "en")
    assert "hemligt" not in str(told.value)


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "rooms.yaml"
    path.write_text(yaml.safe_dump(SITE, sort_keys=False), "utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["telepathy"], "telepathy"),
        (["poly"], "poly-videoos"),
        (["roomos", "--try", "skarm"], "vc"),
    ],
)
def test_mistakes_are_told(rooms: Path, arguments: list[str], expected: str) -> None:
    got = CliRunner().invoke(app, ["bridge", *arguments, "--rooms", str(rooms)])
    assert got.exit_code == 2
    assert expected in got.output


def test_connect_where_no_bridge_is(rooms: Path) -> None:
    site = {**SITE, "devices": [{**SITE["devices"][2], "model": "checkin-panel"}]}
    site["devices"][0]["connect"] = {"host": "x"}
    site["placements"] = []
    rooms.write_text(yaml.safe_dump(site, sort_keys=False), "utf-8")
    got = CliRunner().invoke(app, ["bridge", "roomos", "--rooms", str(rooms)])
    assert got.exit_code == 2
    assert "cisco-roomos" in got.output
    assert "connect" in got.output
