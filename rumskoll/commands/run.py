"""``rumskoll run`` and the roles that it starts."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, Literal

import typer

from rumskoll import logs
from rumskoll.commands.common import Data, Rooms, out, plainly, say
from rumskoll.settings import Settings, load_settings, read_settings
from rumskoll.wiring import example_rooms

Broker = Literal["none", "iotcore", "mosquitto"]


@plainly
def run(
    demo: Annotated[bool | None, typer.Option("--demo", help=say("help.demo"))] = None,
    rooms: Rooms = None,
    data: Data = None,
    port: Annotated[int | None, typer.Option(help=say("help.port"))] = None,
    mqtt_port: Annotated[int | None, typer.Option(help=say("help.mqtt_port"))] = None,
    broker: Annotated[Broker | None, typer.Option(help=say("help.broker"))] = None,
    store: Annotated[str | None, typer.Option(help=say("help.store"))] = None,
    history: Annotated[str | None, typer.Option(help=say("help.history"))] = None,
    seed: Annotated[int | None, typer.Option(help=say("help.seed"))] = None,
    simulator: Annotated[bool | None, typer.Option(help=say("help.simulator"))] = None,
) -> None:
    given: dict[str, object] = {
        "demo": demo,
        "rooms": rooms,
        "data": data,
        "port": port,
        "mqtt_port": mqtt_port,
        "broker": broker,
        "store": store,
        "history": history,
        "seed": seed,
        "simulator": simulator,
    }
    from rumskoll.running import Run

    settings = _with_trial(given)
    raise typer.Exit(Run(settings, out)())


def _with_trial(given: dict[str, object]) -> Settings:
    """In demo mode, what is not given is what a newcomer wants to see."""
    told = {name: value for name, value in given.items() if value is not None}
    if not read_settings(**told).demo:
        return load_settings(**told)
    trial: dict[str, object] = {
        "demo": True,
        "rooms": example_rooms(),
        "data": Path("data/demo"),
        "broker": "iotcore",
        "simulator": True,
        "history": "28d",
        "log_level": "warning",
    }
    unset = {n: v for n, v in trial.items() if not os.environ.get(f"RUMSKOLL_{n.upper()}")}
    return load_settings(**unset | told)


@plainly
def role(name: Literal["collector", "api"]) -> None:
    """One role as a process; settings come from the environment."""
    settings = load_settings()
    logs.configure(settings.log_level, name)
    if os.environ.get("RUMSKOLL_SUPERVISED"):
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if name == "collector":
        from rumskoll.collector_role import run_collector

        raise typer.Exit(run_collector(settings))
    from rumskoll.api_role import run_api

    raise typer.Exit(run_api(settings))


def _end_with_parent() -> None:
    """Our standard input is a pipe of the supervisor's: it closes when that is gone."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
