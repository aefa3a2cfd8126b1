"""docker-compose.yml means what it should: no engine is needed to see that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rumskoll.generate import generated
from rumskoll.setting_errors import variable
from rumskoll.settings import Settings
from storage.influx_admin import ROLES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("setup", "init", "collector", "api", "bridges", "simulator")
ONCE = ("setup", "init")  # end by themselves
SETTINGS = {variable(name) for name in Settings.model_fields}
each = pytest.mark.parametrize("name", SERVICES)


@each
def test_every_image_is_pinned(name: str) -> None:
    image = SERVICES[name]["image"]
    if name in OURS:
        assert image == "rumskoll:${STACK_VERSION:-0.1.0}"
    else:
        assert re.fullmatch(r"[a-z/-]+:\d+\.\d+\.\d+(-alpine)?", image), image


@each
def test_nobody_is_root_or_may_more_than_it_must(name: str) -> None:
    service = SERVICES[name]
    user, _, _ = service["user"].replace("${STACK_UID:-1000}", "1000").partition(":")
    assert user.isdecimal()
    assert int(user) > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert not service.keys() & {"privileged", "cap_add", "devices", "pid", "ipc", "userns_mode"}


@each
def test_everybody_has_limits(name: str) -> None:
    service = SERVICES[name]
    assert {"mem_limit", "cpus", "pids_limit", "logging"} <= service.keys()


@each
def test_what_runs_on_is_restarted_and_looked_after(name: str) -> None:
    service = SERVICES[name]
    assert (service.get("restart") == "unless-stopped") == (name not in ONCE)
    assert ("healthcheck" in service) == (name not in {*ONCE, "bridges", "simulator"})


def test_ports_are_published_on_purpose() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {
        "mosquitto": ["${STACK_MQTT_ADDRESS:-0.0.0.0}:8883:8883"],
        "api": ["${STACK_BOARD_ADDRESS:-127.0.0.1}:8080:8080"],
        "grafana": ["${STACK_GRAFANA_ADDRESS:-127.0.0.1}:3000:3000"],
    }


def test_the_database_is_reached_from_inside_alone() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["influxdb"]["networks"] == ["inside"]
    assert SERVICES["init"]["networks"] == ["inside"]
    assert SERVICES["setup"]["network_mode"] == "none"


def test_every_secret_is_a_file_and_used() -> None:
    secrets = COMPOSE["secrets"]
    assert all(one == {"file": f"./secrets/{name}"} for name, one in secrets.items())
    used = {name for service in SERVICES.values() for name in service.get("secrets", ())}
    assert used == secrets.keys()
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|TOKEN|SECRET", key):
                assert re.search("_FILE$", key), f"{name}: {key}"
                assert value.startswith(("/run/secrets/", "/run/tokens/")), f"{name}: {key}"
            if str(value).startswith("/run/secrets/"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_every_volume_is_declared_and_used() -> None:
    mounted = [one for service in SERVICES.values() for one in service.get("volumes", ())]
    named = {
        re.sub(r"\$\{\w+:-(\w+)\}", r"\1", one).partition(":")[0]
        for one in mounted
        if not one.startswith(".")
    }
    assert named == COMPOSE["volumes"].keys()
    for one in mounted:
        host = one.partition(":")[0]
        if host.startswith("./deploy") or host.startswith("./config"):
            assert one.endswith(":ro"), one


def test_a_token_is_mounted_where_it_is_needed_alone() -> None:
    holders = {
        name: {one.partition(":")[0] for one in service.get("volumes", ()) if "token-" in one}
        for name, service in SERVICES.items()
    }
    assert {name: tokens for name, tokens in holders.items() if tokens} == {
        "init": {"token-collector", "token-api", "token-grafana", "token-bridges"},
        "collector": {"token-collector"},
        "api": {"token-api"},
        "grafana": {"token-grafana"},
        "bridges": {"token-bridges"},
    }
    databases = holders["init"] - {"token-bridges"}
    assert {name.replace("token-", "rumskoll-") for name in databases} == ROLES.keys()


@pytest.mark.parametrize(
    ("volume", "holders"),
    [("broker", {"init", "mosquitto", "collector", "simulator"}), ("backups", {"collector"})],
)
def test_devices_passwords_and_backups_are_out_of_the_boards_reach(
    volume: str, holders: set[str]
) -> None:
    source = re.compile(rf"(\$\{{\w+:-)?{volume}\}}?:/")
    mounted = {
        name
        for name, service in SERVICES.items()
        if any(source.match(one) for one in service.get("volumes", ()))
    }
    assert mounted == holders


def test_every_variable_is_in_the_example() -> None:
    example = generated()[".env.example"]
    told = set(re.findall(r"^#(\w+)=", example, re.M))
    read = set(re.findall(r"(?<!\$)\$\{?([A-Z_]+)", TEXT))
    assert read <= told, read - told
    stack = {name for name in told if not name.startswith("RUMSKOLL_")}
    assert stack <= read, "told but not read"


def test_defaults_are_those_of_the_example() -> None:
    example = dict(re.findall(r"^#(\w+)=(.*)$", generated()[".env.example"], re.M))
    for name, default in re.findall(r"\$\{(STACK_\w+):-([^}]*)\}", TEXT):
        assert example[name] == default


@pytest.mark.parametrize("name", ["init", "collector", "api"])
def test_settings_exist(name: str) -> None:
    for key in SERVICES[name]["environment"]:
        if key.startswith("RUMSKOLL_") and "ADMIN" not in key:
            assert key.removesuffix("_FILE") in SETTINGS


def test_all_that_starts_waits_for_what_it_needs() -> None:
    done = {"condition": "service_completed_successfully"}
    for name in ("mosquitto", "collector", "api", "grafana"):
        assert SERVICES[name]["depends_on"]["init"] == done
    assert SERVICES["init"]["depends_on"] == {"influxdb": {"condition": "service_healthy"}}


def _places(service: str, volume: str) -> list[str]:
    """Where a service has the volume."""
    mounted = [one.split(":") for one in SERVICES[service]["volumes"]]
    return [where for name, where, *_ in mounted if name == volume]


def test_what_init_writes_for_grafana_holds_where_grafana_reads_it() -> None:
    """`rumskoll dashboards` writes the folder's own path and that of the token into its files."""
    (script,) = SERVICES["init"]["command"]
    (folder,) = _places("grafana", "grafana-config")
    assert f"rumskoll dashboards --to {folder} " in script
    assert _places("init", "grafana-config") == [folder]
    settings = (ROOT / "dashboards/provisioning/grafana.env").read_text("utf-8")
    assert f"GF_PATHS_PROVISIONING={folder}/provisioning\n" in settings
    assert f"GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH={folder}/dashboards/" in settings
    (tokens,) = _places("grafana", "token-grafana")
    assert f"--password-file {tokens}/token\n" in script


def test_a_folder_of_a_volume_that_init_writes_is_made_for_its_user() -> None:
    """A new volume takes its owner from the image's folder."""
    made = re.findall(r"install -d -o 10001 -g 10001 [^&]*", (ROOT / "Dockerfile").read_text())
    written = [one.split(":")[1] for one in SERVICES["init"]["volumes"] if one[0] != "."]
    assert set(written) | {"/var/lib/rumskoll", "/var/backups/rumskoll"} <= set(made[0].split())


def test_files_that_are_mounted_exist() -> None:
    for service in SERVICES.values():
        for one in service.get("volumes", ()):
            host = one.partition(":")[0]
            if host.startswith("./deploy"):
                assert (ROOT / host).is_file()
        for file in service.get("env_file", ()):
            assert file == ".env" or (ROOT / file).is_file()
