"""docker-compose from Debian reads docker-compose.yml: in every profile, with the settings that
``rumskoll init`` writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from rumskoll.cli import app
from rumskoll.settings import load_settings

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(shutil.which("docker-compose") is None, reason="no docker-compose here"),
]
ANSWERS = {
    "site": "Arenan $1 & 'co'",
    "rooms": ["Granen 8"],
    "size": "docker",
    "host": "rum.lan",
    "public_url": "https://rum.example",
    "alerts": ["Anna, anna@x.example"],
    "smtp_host": "smtp.example",
    "smtp_username": "anna",
    "smtp_password": "it's $ecret",
}


WITHOUT_MAIL = {name: said for name, said in ANSWERS.items() if not name.startswith("smtp")}


@pytest.fixture(params=[ANSWERS], ids=["mail"])
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    for folder in ("deploy", "dashboards/provisioning"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    Path("answers.yaml").write_text(yaml.safe_dump(request.param))
    made = CliRunner().invoke(app, ["init", ".", "--answers", "answers.yaml"])
    assert made.exit_code == 0, made.output
    return tmp_path


def config(*chosen: str) -> dict[str, Any]:
    read = subprocess.run(
        ["docker-compose", *chosen, "config"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (read.returncode, read.stderr) == (0, "")
    whole: dict[str, Any] = yaml.safe_load(read.stdout)
    return whole


@pytest.mark.parametrize("profiles", [[], ["demo"], ["setup"], ["bridges"], ["demo", "setup"]])
def test_it_is_read(stack: Path, profiles: list[str]) -> None:
    chosen = [word for profile in profiles for word in ("--profile", profile)]
    whole = config(*chosen)
    services = whole["services"]
    # this version shows all services whatever the profile, and of each its profiles
    by_profile = {name: one.get("profiles") for name, one in services.items() if "profiles" in one}
    assert by_profile == {"simulator": ["demo"], "bridges": ["bridges"], "setup": ["setup"]}
    always = {"init", "mosquitto", "influxdb", "collector", "api", "grafana"}
    assert services.keys() == always | by_profile.keys()
    collector = services["collector"]["environment"]
    assert collector["RUMSKOLL_SMTP_HOST"] == "smtp.example"
    assert collector["RUMSKOLL_MQTT_URL"] == "mqtt://mosquitto:1883"
    assert services["init"]["environment"]["STACK_MQTT_HOST"] == "rum.lan"
    grafana = services["grafana"]["environment"]
    assert grafana["GF_SMTP_ENABLED"] == "true"
    assert grafana["GF_SMTP_FROM_ADDRESS"] == "anna@x.example"
    for secret in whole["secrets"].values():
        assert Path(secret["file"]).is_file()


@pytest.mark.parametrize("stack", [ANSWERS, WITHOUT_MAIL], ids=["mail", "no mail"], indirect=True)
@pytest.mark.parametrize("role", ["collector", "api"])
def test_a_role_can_run_with_what_it_is_given(
    stack: Path, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment, with the places of secrets and tokens as they are outside."""
    tokens = stack / "tokens"
    tokens.mkdir()
    for name in ("token", "mqtt_password"):
        (tokens / name).write_text("made by init")
    service = config()["services"][role]
    given = {one["source"] for one in service["secrets"]}
    monkeypatch.chdir(tokens)  # there is no .env in the container
    for name, value in service["environment"].items():
        if str(value).startswith("/run/secrets/"):
            assert Path(value).name in given
        inside = str(value).replace("/run/secrets", str(stack / "secrets"))
        monkeypatch.setenv(name, inside.replace("/run/tokens", str(tokens)))
    settings = load_settings()
    assert settings.store_url == "http://influxdb:8086"
    has_mail = bool(settings.smtp_host)
    assert settings.smtp_password.get_secret_value() == (ANSWERS["smtp_password"] * has_mail)
