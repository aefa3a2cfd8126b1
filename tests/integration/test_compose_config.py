"""docker-compose from Debian reads docker-compose.yml: in every profile, with the settings that
``rumskoll init`` writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from rumskoll.cli import app

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


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    for folder in ("deploy", "dashboards/provisioning"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    Path("answers.yaml").write_text(yaml.safe_dump(ANSWERS))
    made = CliRunner().invoke(app, ["init", ".", "--answers", "answers.yaml"])
    assert made.exit_code == 0, made.output
    return tmp_path


@pytest.mark.parametrize("profiles", [[], ["demo"], ["setup"], ["demo", "setup"]])
def test_it_is_read(stack: Path, profiles: list[str]) -> None:
    chosen = [word for profile in profiles for word in ("--profile", profile)]
    read = subprocess.run(
        ["docker-compose", *chosen, "config"],
        cwd=stack,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (read.returncode, read.stderr) == (0, "")
    services = yaml.safe_load(read.stdout)["services"]
    # this version shows all services whatever the profile, and of each its profiles
    by_profile = {name: one.get("profiles") for name, one in services.items() if "profiles" in one}
    assert by_profile == {"simulator": ["demo"], "setup": ["setup"]}
    always = {"init", "mosquitto", "influxdb", "collector", "api", "grafana"}
    assert services.keys() == always | by_profile.keys()
    collector = services["collector"]["environment"]
    assert collector["RUMSKOLL_SMTP_HOST"] == "smtp.example"
    assert collector["RUMSKOLL_MQTT_URL"] == "mqtt://mosquitto:1883"
    assert services["init"]["environment"]["STACK_MQTT_HOST"] == "rum.lan"
    grafana = services["grafana"]["environment"]
    assert grafana["GF_SMTP_ENABLED"] == "true"
    assert grafana["GF_SMTP_FROM_ADDRESS"] == "anna@x.example"
    for secret in yaml.safe_load(read.stdout)["secrets"].values():
        assert Path(secret["file"]).is_file()
