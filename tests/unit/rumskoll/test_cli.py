"""Every command: what it says, what it answers to mistakes, and never a traceback."""

from __future__ import annotations

import sqlite3
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from telling import refused, rumskoll, told
from typer.testing import CliRunner

from rumskoll.cli import app
from rumskoll.commands.common import LANGUAGE, say
from rumskoll.doctor import Check
from rumskoll.doctor import said as doctor_said
from storage.outbox import Outbox
from tests.servers.ports import free_port


def test_version() -> None:
    assert told("--version").strip() == version("rumskoll")


def test_help_names_every_command() -> None:
    shown = told("--help")
    for command in ("run", "doctor", "quarantine", "keys", "influx"):
        assert f" {command} " in shown
        assert say(f"help.{command}").split(":")[0] in shown
    assert " role " not in shown  # for processes, not for people


@pytest.mark.parametrize("args", [["quarantine", "show", "x"], ["nonsense"], ["keys", "login"]])
def test_usage_mistakes(args: list[str]) -> None:
    assert refused(*args)


# ---- mistakes that any command may meet


def test_wrong_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_PORT", "abc")
    head, line = refused("keys", "list").splitlines()
    assert head == say("cli.wrong_settings")
    assert line.startswith('RUMSKOLL_PORT: "abc"')


def test_wrong_rooms() -> None:
    Path("rooms.yaml").write_text("id: [")
    head, *lines = refused(
        "keys", "create", "x", "--role", "partner", "--partner", "v"
    ).splitlines()
    assert head == say("cli.wrong_registry")
    assert lines[0].startswith("rooms.yaml:")
    args = ("--role", "partner", "--partner", "v", "--rooms", "gone.yaml")
    assert "gone.yaml" in refused("keys", "create", "x", *args)


def test_a_data_folder_that_is_none() -> None:
    said = refused("keys", "create", "x", "--data", "rooms.yaml")
    assert said.startswith(say("cli.file", file="rooms.yaml", reason="").rstrip(". "))
    assert len(said.splitlines()) == 1


def test_a_database_that_is_none() -> None:
    Path("data").mkdir()
    Path("data/service.db").write_text("hello" * 1000)
    said = refused("keys", "list")
    assert "data/service.db" in said
    assert len(said.splitlines()) == 1


def test_a_database_that_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").mkdir()
    Outbox(Path("data/outbox.db")).close()

    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("storage.quarantine.Quarantine.ids", locked)
    assert refused("quarantine", "discard", "1") == say("cli.database", reason="database is locked")


# ---- doctor, influx, role


@pytest.mark.parametrize(("states", "code"), [(["ok", "warn"], 0), (["ok", "fail", "warn"], 1)])
def test_doctor(monkeypatch: pytest.MonkeyPatch, states: list[Any], code: int) -> None:
    checks = [doctor_said("disk", state, "as_said", what=f"[{state}]") for state in states]
    asked: list[Path] = []

    def run_checks(settings: Any, _: object) -> list[Check]:
        asked.append(settings.data)
        return checks

    monkeypatch.setattr("rumskoll.doctor.run_checks", run_checks)
    result = rumskoll("doctor", "--data", "elsewhere")
    assert result.stdout.splitlines() == [check.render(LANGUAGE) for check in checks]
    assert (result.exit_code, asked) == (code, [Path("elsewhere")])


def test_influx_init_needs_an_influx() -> None:
    said = refused("influx", "init", "--token", "x")
    assert said == say("influx.sqlite", store="sqlite:data/store.db")


def test_influx_init_when_nobody_answers() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    said = refused("influx", "init", "--token", "x", "--store", address)
    assert address in said
    assert len(said.splitlines()) == 1


def test_influx_init_shows_steps_and_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Counter[str]] = []

    class Step:
        name, secret = "reader", "[s3cret]"

        def render(self, language: str) -> str:
            return f"done in {language}"

    def prepare(url: str, **more: object) -> list[Step]:
        given.append(Counter([url, str(more["ca"]), str(more["user"])]))
        return [Step()]

    monkeypatch.setattr("storage.influx_admin.prepare", prepare)
    store = "http://db:8086?db=rum&ca=ca.pem"
    lines = told("influx", "init", "--token", "x", "--user", "root", "--store", store).splitlines()
    assert lines == [f"done in {LANGUAGE}", say("influx.secret", name="reader", secret="[s3cret]")]
    assert given == [Counter(["http://db:8086", "ca.pem", "root"])]


@pytest.mark.parametrize("role", ["collector", "api"])
def test_a_role_with_wrong_settings(role: str) -> None:
    said = refused("role", role)
    assert "RUMSKOLL_SIGNING_SECRET" in said


def test_a_role_with_wrong_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_DEMO", "true")
    monkeypatch.setenv("RUMSKOLL_ROOMS", "gone.yaml")
    assert refused("role", "collector").startswith(say("cli.wrong_registry"))


def test_the_api_cannot_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    from api.server import PortTaken

    def taken(_: object) -> int:
        raise PortTaken("127.0.0.1", 8080, "in use")

    monkeypatch.setenv("RUMSKOLL_DEMO", "true")
    monkeypatch.setattr("rumskoll.api_role.run_api", taken)
    values = {"host": "127.0.0.1", "port": 8080, "reason": "in use"}
    assert refused("role", "api") == say("run.cannot_listen", **values)


def test_our_own_mistakes_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object) -> list[Check]:
        raise ZeroDivisionError

    monkeypatch.setattr("rumskoll.doctor.run_checks", bug)
    result = CliRunner().invoke(app, ["doctor"])
    assert isinstance(result.exception, ZeroDivisionError)


def test_doctor_can_look_at_files_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an upgrade does, while the old version still runs: no port, no broker, no disk."""
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", "a-secret-of-32-letters-or-more-0123456789")
    lines = told("doctor", "--files").splitlines()
    assert len(lines) == 2
    Path("rooms.yaml").write_text("id: [")
    assert rumskoll("doctor", "--files").exit_code == 1
