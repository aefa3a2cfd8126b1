"""``rumskoll run``: what it starts for given settings, on which ports, and how it says so."""

from __future__ import annotations

import io
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from api.server import CannotListen
from rooms.texts import LANGUAGES, Language, text
from rumskoll import embedded_broker, ports, running
from rumskoll.cannot_run import CannotRun
from rumskoll.commands.run import _with_trial
from rumskoll.ports import free_port
from rumskoll.running import Run
from rumskoll.settings import Settings
from storage.state import ServiceState
from tests.servers.ports import free_port as unused


@contextmanager
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def run(language: Language = "en", **given: object) -> tuple[Run, str]:
    """What would run, and what has been said so far."""
    said = io.StringIO()
    settings = Settings(demo=True, language=language, **given)  # type: ignore[arg-type]
    return Run(settings, Console(file=said, soft_wrap=True), {}), said.getvalue().strip()


# ---- ports


def test_the_next_free_port() -> None:
    told: list[int] = []
    with taken() as port:
        found = free_port("127.0.0.1", port, told.append)
    assert found > port
    assert told == [found]
    assert free_port("127.0.0.1", port, told.append) == port
    assert told == [found]


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(CannotListen):
        free_port("192.0.2.1", 8080, lambda _: None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_taken_port_is_said(language: Language) -> None:
    with taken() as port:
        made, said = run(language, port=port)
    other = made.settings.port
    assert said == text(language, "run.port_taken", taken=port, port=other)
    assert {child.env["RUMSKOLL_PORT"] for child in made._children()} == {str(other)}


def test_a_taken_port_of_the_broker() -> None:
    with taken() as port:
        made, said = run(port=unused(), mqtt_port=port, broker="iotcore")
    other = made.settings.mqtt_port
    assert text("en", "run.mqtt_port_taken", taken=port, port=other) in said
    assert made.settings.mqtt_url == f"mqtt://127.0.0.1:{other}"


def test_no_port_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "OTHER_PORTS", 1)
    with taken() as port, pytest.raises(CannotRun, match=rf"Cannot listen on 127\.0\.0\.1:{port}"):
        run(port=port)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080/"),
        ("localhost", "http://localhost:8080/"),
        ("0.0.0.0", "http://127.0.0.1:8080/"),
        ("::", "http://[::1]:8080/"),
        ("::1", "http://[::1]:8080/"),
    ],
)
def test_where_the_board_is(host: str, address: str) -> None:
    assert running._address(Settings(host=host)) == address


# ---- parts


def test_what_is_started_in_which_order() -> None:
    made, _ = run(broker="iotcore", simulator=True, history="2d", rooms="my.yaml", seed=5)
    names = [child.name for child in made._children()]
    assert names == ["broker", "collector", "api", "simulator"]
    simulator = made._children()[-1].command
    assert simulator[simulator.index("--history") + 1] == "172800s"
    assert simulator[simulator.index("--seed") + 1] == "5"
    plain, _ = run()
    assert [child.name for child in plain._children()] == ["collector", "api"]


def test_a_mosquitto_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_broker.shutil, "which", lambda _: None)
    with pytest.raises(CannotRun, match="not on this computer"):
        run(broker="mosquitto")


def test_history_that_is_there_is_not_sent_again() -> None:
    Path("data").mkdir()
    with closing(ServiceState(Path("data/service.db"))) as state:
        made, _ = run(history="2d", simulator=True)
        assert made._missing_history() == 172_800
        heard = running.clock() - 600_000
        state.live.put("device", {"a": {"heard": heard}, "b": {"heard": None}}, 1)
        assert made._missing_history() == 172_800  # live messages, but a history broken off
        made._progress('{"sent": 10, "total": 10}')
        assert 600 <= made._missing_history() < 700
    with closing(sqlite3.connect("data/service.db")) as db:
        db.execute("DROP TABLE state")
    assert made._missing_history() == 172_800


@pytest.mark.parametrize("kind", ["iotcore", "mosquitto"])
def test_the_broker_listens_on_this_computer_only(kind: str, tmp_path: Path) -> None:
    command = embedded_broker.command(kind, 2883, tmp_path / "broker")
    config = Path(command[-1]).read_text()
    assert "127.0.0.1" in config
    assert "2883" in config
    assert "0.0.0.0" not in config
    assert str(embedded_broker.MAX_PAYLOAD) in config


def test_who_listens() -> None:
    with taken() as port:
        assert embedded_broker.listens(port)
    assert not embedded_broker.listens(port)


# ---- the trial


def trial(**given: object) -> Settings:
    return _with_trial(given)


def test_a_trial_has_all_that_a_newcomer_wants_to_see() -> None:
    settings = trial(demo=True)
    assert (settings.broker, settings.simulator, settings.history) == ("iotcore", True, 28 * 86_400)
    assert settings.data == Path("data/demo")
    assert settings.rooms.name == "rooms.yaml"
    assert settings.rooms.exists()


def test_what_is_given_wins_wherever_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("RUMSKOLL_BROKER=none\nRUMSKOLL_HISTORY=\n")
    monkeypatch.setenv("RUMSKOLL_DATA", "here")
    settings = trial(demo=True, simulator=False, seed=None)
    assert (settings.broker, settings.simulator, settings.data) == ("none", False, Path("here"))
    assert settings.history == 28 * 86_400


def test_demo_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_DEMO", "true")
    assert trial(demo=None).broker == "iotcore"
