"""``rumskoll privacy ROOM``: what is kept about a room, why, how long, and who sees it."""

from __future__ import annotations

from typing import Annotated

import typer

from rumskoll.commands.common import LANGUAGE, Rooms, fail, out, plainly, say, settings_for


@plainly
def privacy(
    room: Annotated[str, typer.Argument(metavar="ROOM", help=say("help.privacy_room"))],
    rooms: Rooms = None,
) -> None:
    from rich.table import Table

    from rumskoll.privacy import privacy_of
    from rumskoll.registry_files import read_registry
    from rumskoll.wiring import clock

    settings = settings_for(rooms=rooms)
    registry = read_registry(settings.rooms)
    if room not in registry.rooms:
        raise fail(say("privacy.no_room", room=room, rooms=", ".join(sorted(registry.rooms))))
    told = privacy_of(registry, room, clock(), settings.retention_days, LANGUAGE)
    out.print(told.title + "\n")
    for line in told.lines:
        out.print(line)
    table = Table(*(say(f"privacy.{name}") for name in ("what", "why", "long", "who")))
    for row in told.rows:
        table.add_row(*row)
    out.print()
    out.print(table, soft_wrap=False)
    out.print(say("privacy.more"))
