"""``rumskoll dashboards``: writes what Grafana reads, and refuses what would stop it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from telling import refused, told

from rumskoll.commands.common import say

INFLUX = "http://influxdb:8086"


def source(folder: str = "g") -> Any:
    file = Path(folder, "provisioning/datasources/rumskoll.yaml")
    return yaml.safe_load(file.read_text())["datasources"][0]


def test_writes_with_the_settings_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_STORE", "https://influx.example:8086/?db=r&history=h&ca=ca.pem")
    monkeypatch.setenv("RUMSKOLL_PUBLIC_URL", "https://rum.example/")
    monkeypatch.setenv("RUMSKOLL_GRAFANA_EMAIL", "drift@foretag.se")
    monkeypatch.setenv("RUMSKOLL_GRAFANA_WEBHOOK", "https://chat.example/?key=a$b")
    lines = told("dashboards", "--to", "g").splitlines()
    assert lines[1:] == [
        say("dashboards.board", address="https://rum.example"),
        say("dashboards.alerts", who="drift@foretag.se, webhook"),
    ]
    assert source()["url"] == "https://influx.example:8086"
    assert source()["jsonData"]["dbName"] == "r"
    here = Path.cwd()
    assert source()["secureJsonData"] == {
        "basicAuthPassword": f"$__file{{{here / 'g/rumskoll-grafana'}}}",
        "tlsCACert": f"$__file{{{here / 'ca.pem'}}}",
    }
    contact = Path("g/provisioning/alerting/contact.yaml").read_text()
    assert "https://chat.example/?key=a%24b" in contact


def test_what_the_command_line_says_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_STORE", "http://other:8086")
    args = ("--influx", INFLUX, "--board", "http://b.example", "--password-file", "/run/t")
    said = told("dashboards", "--to", "g", "--lang", "en", *args)
    assert say("dashboards.board", address="http://b.example") in said
    assert say("dashboards.no_alerts") in said
    assert source()["url"] == INFLUX
    assert source()["secureJsonData"] == {"basicAuthPassword": "$__file{/run/t}"}
    assert "The collector is silent" in Path("g/provisioning/alerting/rules.yaml").read_text()


def test_the_second_run_overwrites_and_leaves_other_files_alone() -> None:
    own = Path("g/provisioning/alerting/own.yaml")
    own.parent.mkdir(parents=True)
    own.write_text("apiVersion: 1\n")
    told("dashboards", "--to", "g", "--influx", "http://old:8086")
    told("dashboards", "--to", "g", "--influx", INFLUX)
    assert source()["url"] == INFLUX
    assert own.read_text() == "apiVersion: 1\n"


def test_grafana_cannot_read_the_embedded_store() -> None:
    assert refused("dashboards", "--to", "g") == say(
        "dashboards.sqlite", store="sqlite:data/store.db"
    )
    assert not Path("g").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("--to", "$HOME"),
        ("--to", "g", "--password-file", "/run/a}b"),
        ("--to", "g", "--board", "http://b.example/$x"),
    ],
)
def test_what_grafana_would_look_up(args: tuple[str, ...]) -> None:
    said = refused("dashboards", "--influx", INFLUX, *args)
    assert said.startswith(say("dashboards.dollar", value="\0").partition("\0")[0])
    assert not Path("g").exists()


def test_wrong_address_of_who_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_GRAFANA_EMAIL", "Drift <drift@foretag.se>")
    assert "RUMSKOLL_GRAFANA_EMAIL" in refused("dashboards", "--to", "g", "--influx", INFLUX)


def test_a_folder_that_cannot_be_written() -> None:
    Path("g").write_text("a file")
    assert "g" in refused("dashboards", "--to", "g", "--influx", INFLUX)
