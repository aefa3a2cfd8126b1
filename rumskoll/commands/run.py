"""``rumskoll run`` and the roles that it starts."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rumskoll.cannot_run import CannotRun
from rumskoll.commands.common import Data, Rooms, out, plainly, say

if TYPE_CHECKING:
    from rumskoll.settings import Settings

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
    bridges: Annotated[bool, typer.Option("--bridges", help=say("help.bridges"))] = False,
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
    from rumskoll import demo_calendars, demo_equipment, demo_settings
    from rumskoll.contacts import read_contacts
    from rumskoll.data_lock import hold
    from rumskoll.registry_files import read_registry
    from rumskoll.running import Run
    from rumskoll.simulated_panels import panel_tokens
    from rumskoll.wiring import clock

    settings = _with_trial(given, bridges=bridges)
    if settings.rooms == demo_equipment.rooms_file(settings.data):
        demo_equipment.write(settings.data)
    if settings.contacts == demo_calendars.contacts_file(settings.data):
        demo_calendars.write(settings, clock())
    registry = read_registry(settings.rooms)  # mistakes are told here, and not by each role
    if settings.contacts is not None:
        read_contacts(settings.contacts, registry)
    with hold(settings.data, "run", settings.language):
        tokens = panel_tokens(settings, registry) if settings.simulator else {}
        made = Run(settings, out, tokens, bridges=bridges)
        if settings.demo:
            demo_settings.keep(made.settings)
        else:
            demo_settings.forget(settings.data)
        raise typer.Exit(made())


def _with_trial(given: dict[str, object], *, bridges: bool = False) -> Settings:
    """In demo mode, what is not given is what a newcomer wants to see."""
    from rumskoll import demo_calendars, demo_equipment, demo_settings
    from rumskoll.settings import load_settings, read_settings
    from rumskoll.wiring import example_rooms

    told = read_settings(**given)
    if not told.demo:
        return load_settings(**given)
    data = told.data if "data" in told.model_fields_set else Path("data/demo")
    trial: dict[str, object] = {
        "rooms": example_rooms(),
        "data": data,
        "broker": "iotcore",
        "simulator": True,
        "history": "28d",
        "log_level": "warning",
        "signing_secret": demo_settings.signing_secret(data),
    }
    if told.simulator or "simulator" not in told.model_fields_set:
        trial["calendar_every"] = "60s"
        trial["contacts"] = demo_calendars.contacts_file(data)
    if bridges:
        trial["rooms"] = demo_equipment.rooms_file(data)
        trial["bridge_logins"] = demo_equipment.LOGINS
    unset = {name: value for name, value in trial.items() if name not in told.model_fields_set}
    return load_settings(**given | unset)


@plainly
def role(name: Literal["collector", "api"]) -> None:
    """One role as a process; settings come from the environment."""
    from rumskoll import logs
    from rumskoll.settings import load_settings

    settings = load_settings()
    logs.configure(settings.log_level, name)
    if os.environ.get("RUMSKOLL_SUPERVISED"):
        threading.Thread(target=end_with_parent, daemon=True).start()
    if name == "collector":
        from rumskoll.collector_role import run_collector
        from rumskoll.data_lock import hold

        with hold(settings.data, "collector", settings.language):
            raise typer.Exit(run_collector(settings))
    from api.server import CannotListen
    from rumskoll.api_role import run_api

    try:
        raise typer.Exit(run_api(settings))
    except CannotListen as error:
        values = {"host": error.host, "port": error.port, "reason": error.reason}
        raise CannotRun(say("run.cannot_listen", **values)) from None


def end_with_parent() -> None:
    """Our standard input is a pipe of the supervisor's: it closes when that is gone."""
    # not through sys.stdin: its lock, held here, would spoil the interpreter's own ending
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
