"""``rumskoll devices``: which are heard, how well, and which speak without being known."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Final

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    say,
    settings_for,
    when,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from rooms.registry import Registry
    from rumskoll.device_list import Line
    from rumskoll.settings import Settings
    from storage.quarantine import UnknownDevice

_FOR_MODELS: Final = 110  # columns of a window that also hold the model
_WIDE: Final = 160  # into a file or a pipe

app = typer.Typer(help=say("help.devices"))
Source = Annotated[str | None, typer.Option(help=say("help.devices_source"))]
AsJson = Annotated[bool, typer.Option("--json", help=say("help.devices_json"))]


@app.callback(invoke_without_command=True)
@plainly
def devices(
    context: typer.Context,
    room: Annotated[str | None, typer.Option(help=say("help.devices_room"))] = None,
    source: Source = None,
    silent: Annotated[bool, typer.Option("--silent", help=say("help.devices_silent"))] = False,
    as_json: AsJson = False,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    from rumskoll.device_list import RUNNING_MS, device_lines
    from rumskoll.wiring import clock, state_of

    settings, registry = _asked("service.db", data, rooms, source)
    if room is not None and room not in registry.rooms:
        raise fail(say("devices.no_room", room=room, known=", ".join(registry.rooms)))
    now = clock()
    with closing(state_of(settings)) as state:
        bodies = {id_: row.body for id_, row in state.live.all("device").items()}
        role = state.live.get("role", "collector")
        lines = device_lines(registry, bodies, state.faults.open(), now)
    chosen = [
        line
        for line in lines
        if room in {None, line.room}
        and source in {None, line.entry.device.source}
        and (not silent or line.state != "heard")
    ]
    if as_json:
        typer.echo(json.dumps([line.as_row(registry) for line in chosen], ensure_ascii=False))
        return
    heartbeat = None if role is None else int(role.body["heartbeat"])
    if heartbeat is None or now - heartbeat > RUNNING_MS:
        key = "devices.never_ran" if heartbeat is None else "devices.not_running"
        errors.print(say(key, since="" if heartbeat is None else when(heartbeat)))
    _print(chosen, registry, now)


@app.command(help=say("help.devices_unknown"))
@plainly
def unknown(
    source: Source = None, as_json: AsJson = False, data: Data = None, rooms: Rooms = None
) -> None:
    from rooms.registry.snippet import snippet
    from rumskoll.device_list import still_unknown
    from rumskoll.wiring import clock, outbox_of

    settings, registry = _asked("outbox.db", data, rooms, source)
    with closing(outbox_of(settings)) as outbox:
        found = still_unknown(registry, outbox.quarantine.unknown_devices(), source)
    if as_json:
        rows = [
            one._asdict() | {"snippet": snippet(one.source, one.address, one.hint, one.room)}
            for one in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not found:
        out.print(say("devices.none_unknown"))
        return
    now = clock()
    for one in found:
        _print_unknown(one, now)
    out.print(say("devices.paste"))


def _asked(
    file: str, data: Path | None, rooms: Path | None, source: str | None
) -> tuple[Settings, Registry]:
    from rumskoll.registry_files import read_registry

    settings = settings_for(data=data, rooms=rooms)
    if not (settings.data / file).exists():
        raise fail(say("cli.no_data", folder=settings.data))
    registry = read_registry(settings.rooms)
    if source is not None and source not in registry.sources:
        raise fail(say("devices.no_source", source=source, known=", ".join(registry.sources)))
    return settings, registry


def _print(lines: list[Line], registry: Registry, now: int) -> None:
    if not lines:
        out.print(say("devices.none"))
        return
    if not out.is_terminal:
        out.width = _WIDE
    out.print(_table(lines, registry, now, out.width))


def _table(lines: list[Line], registry: Registry, now: int, width: int) -> Table:
    """In a narrow window without the model; ids are whole in any, to be copied."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    names = ("device", "room", "model", "source", "heard", "battery", "signal", "state")
    shown = [name for name in names if name != "model" or width >= _FOR_MODELS]
    for name in shown:
        no_wrap = name not in ("room", "model", "source")
        table.add_column(say(f"devices.{name}"), overflow="fold", no_wrap=no_wrap)
    for line in lines:
        device = line.entry.device
        room = line.room and registry.rooms[line.room][1].name.in_(LANGUAGE)
        heard = (
            say("devices.state.never")
            if line.heard is None
            else _ago(line.heard, now, "devices.heard_ago")
        )
        state = "–" if line.state == "never" else say(f"devices.state.{line.state}")
        told = (device.id, room or "–", device.model, device.source, heard)
        cells = dict(zip(names, (*told, _battery(line), _signal(line), state), strict=True))
        table.add_row(*(cells[name] for name in shown))
    return table


def _ago(at: int, now: int, key: str = "devices.ago") -> str:
    from rooms.texts.times import lasted

    if now - at < 60_000:
        return say("devices.just_now")
    return say(key, time=lasted(now - at, LANGUAGE))


def _battery(line: Line) -> str:
    from babel.numbers import format_decimal

    if "battery_pct" in line.told:
        return f"{format_decimal(line.told['battery_pct'], '0', locale=LANGUAGE)} %"
    if "battery_mv" in line.told:
        volts = float(line.told["battery_mv"]) / 1000
        return f"{format_decimal(volts, '0.00', locale=LANGUAGE)} V"
    return "–"


def _signal(line: Line) -> str:
    if "rssi_dbm" in line.told:
        return f"{float(line.told['rssi_dbm']):.0f} dBm".replace("-", "−")
    if "linkquality" in line.told:
        return f"LQI {float(line.told['linkquality']):.0f}"
    return "–"


def _print_unknown(one: UnknownDevice, now: int) -> None:
    from rooms.registry.snippet import snippet
    from rumskoll.decoding.telling import plain

    form = "one" if one.messages == 1 else "many"
    values = {"count": one.messages, "last": _ago(one.last, now), "source": one.source}
    out.print(say(f"devices.unknown.{form}", address=plain(one.address), **values))
    if one.hint:
        out.print(say("devices.hint", hint=plain(one.hint)))
    out.print(snippet(one.source, one.address, one.hint, one.room))
