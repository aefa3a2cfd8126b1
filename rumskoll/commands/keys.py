"""``rumskoll keys``: who may use the API and the board."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    Data,
    Rooms,
    fail,
    out,
    plainly,
    say,
    settings_for,
    settings_with,
    when,
)
from storage.state.access import Role

if TYPE_CHECKING:
    from rumskoll.settings import Settings
    from storage.state.access import Access

app = typer.Typer(no_args_is_help=True, help=say("help.keys"))
RoleOption = Annotated[Role, typer.Option(help=say("help.role"))]
Label = Annotated[str, typer.Argument(help=say("help.label"))]
Partner = Annotated[str | None, typer.Option(help=say("help.partner"))]


def _access(settings: Settings) -> Access:
    from rumskoll.wiring import state_of

    return state_of(settings).access


def _now() -> int:
    return time.time_ns() // 1_000_000


def _check_partner(settings: Settings, role: Role, partner: str | None) -> None:
    if role != "partner":
        if partner is not None:
            raise fail(say("keys.partner_not"))
        return
    from rumskoll.registry_files import read_registry

    sites = read_registry(settings.rooms).sites.values()
    known = sorted(p.id for site in sites for p in site.partners)
    if partner not in known:
        raise fail(say("keys.partner_needed", known=", ".join(known)))


def _address(settings: Settings) -> str:
    return settings.public_url or f"http://{settings.host}:{settings.port}"


@app.command(help=say("help.keys_create"))
@plainly
def create(
    label: Label,
    role: RoleOption = "viewer",
    partner: Partner = None,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    settings = settings_for(data=data, rooms=rooms)
    _check_partner(settings, role, partner)
    id_, secret = _access(settings).create_key(role, label, _now(), partner=partner)
    out.print(say("keys.created", id=id_, role=role))
    out.print(secret)


@app.command("list", help=say("help.keys_list"))
@plainly
def list_(data: Data = None) -> None:
    from rich.table import Table

    keys = _access(settings_with("service.db", data)).keys()
    if not keys:
        out.print(say("keys.empty"))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("#", "keys.label", "keys.kind", "keys.role", "keys.made", ""):
        table.add_column(say(name) if "." in name else name)
    for key in keys:
        role = f"{key.role} {key.partner}" if key.partner else key.role
        role = key.device or role  # a panel's token has no role
        state = say("keys.is_revoked" if key.revoked else "keys.valid")
        table.add_row(str(key.id), key.label, key.kind, role, when(key.created), state)
    out.print(table)


@app.command(help=say("help.keys_revoke"))
@plainly
def revoke(id_: Annotated[int, typer.Argument(metavar="ID")], data: Data = None) -> None:
    if not _access(settings_with("service.db", data)).revoke(id_, _now()):
        raise fail(say("keys.unknown", id=id_), 1)
    out.print(say("keys.revoked", id=id_))


@app.command(help=say("help.keys_login"))
@plainly
def login(
    label: Label,
    role: RoleOption = "viewer",
    partner: Partner = None,
    hours: Annotated[int, typer.Option(min=1, max=720, help=say("help.hours"))] = 24,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    settings = settings_for(data=data, rooms=rooms)
    _check_partner(settings, role, partner)
    now = _now()
    secret = _access(settings).create_link(
        role, label, now, now + hours * 3600_000, partner=partner
    )
    out.print(say("keys.link", label=label, role=role, hours=hours))
    out.print(f"{_address(settings)}/login/{secret}")


@app.command(help=say("help.keys_display"))
@plainly
def display(label: Label, data: Data = None) -> None:
    settings = settings_for(data=data)
    id_, secret = _access(settings).create_key("viewer", label, _now(), kind="display")
    out.print(say("keys.display", label=label, id=id_))
    out.print(f"{_address(settings)}/display/{secret}")


@app.command(help=say("help.keys_panel"))
@plainly
def panel(
    device: Annotated[str, typer.Argument(metavar="DEVICE", help=say("help.panel"))],
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from rumskoll.registry_files import read_registry

    settings = settings_for(data=data, rooms=rooms)
    devices = read_registry(settings.rooms).devices
    if device not in devices:
        panels = sorted(id_ for id_, d in devices.items() if d.model.family == "panel")
        raise fail(say("keys.no_device", device=device, panels=", ".join(panels) or "-"))
    id_, token = _access(settings).create_key("viewer", device, _now(), kind="panel", device=device)
    out.print(say("keys.panel", device=device, id=id_))
    out.print(token)
