"""``rumskoll qr``: a sheet of QR codes for checking in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rooms.texts import Language
from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    fail,
    out,
    plainly,
    same_file,
    say,
    settings_for,
)

if TYPE_CHECKING:
    from rooms.registry import Registry
    from rumskoll.settings import Settings


@plainly
def qr(
    room: Annotated[list[str] | None, typer.Option(help=say("help.qr_room"))] = None,
    file: Annotated[Path, typer.Option("--out", help=say("help.qr_out"))] = Path("qr.html"),
    language: Annotated[Language, typer.Option(help=say("help.qr_language"))] = LANGUAGE,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from api.board.sheet import card, sheet
    from api.checkin_links import checkin_path
    from rumskoll.registry_files import read_registry

    settings = settings_for(data=data, rooms=rooms)
    registry = read_registry(settings.rooms)
    if same_file(file, settings.rooms):
        raise fail(say("cli.own_input", file=file))
    address, secret = _address(settings), _secret(settings)
    chosen = _chosen(registry, room or [])
    cards = [
        card(registry.rooms[id_][1].name.in_(language), address + checkin_path(secret, id_))
        for id_ in chosen
    ]
    house = " · ".join(site.name.in_(language) for site in registry.sites.values())
    file.write_text(sheet(house, cards, language), encoding="utf-8")
    out.print(say("qr.written", file=file, count=len(cards)))


def _address(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url
    if settings.demo:
        return f"http://{settings.host}:{settings.port}"
    raise fail(say("qr.no_address"))


def _secret(settings: Settings) -> str:
    from rumskoll.setting_rules import is_secret

    secret = settings.signing_secret.get_secret_value()
    if not is_secret(secret):
        raise fail(say("qr.no_secret"))
    return secret


def _chosen(registry: Registry, asked: list[str]) -> list[str]:
    """The rooms asked for, or all in which one can check in."""
    from rumskoll.wiring import clock

    shared = [id_ for id_ in registry.rooms if not registry.private(id_, clock())]
    for id_ in asked:
        if id_ not in registry.rooms:
            raise fail(say("qr.unknown_room", room=id_, known=", ".join(shared)))
        if id_ not in shared:
            raise fail(say("qr.private_room", room=id_))
    return [id_ for id_ in registry.rooms if id_ in (asked or shared)]
