"""``rumskoll walktest``: live, with a sound, which device and room react."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    say,
    settings_for,
    stop_by_signal,
)

if TYPE_CHECKING:
    from collector.incoming import Incoming
    from rooms.registry import Registry
    from rumskoll.walking import Step, Walk


@plainly
def walktest(
    room: Annotated[str | None, typer.Option(help=say("help.walktest_room"))] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=say("help.walktest_quiet"))] = False,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help=say("help.record_for"))
    ] = None,
    rooms: Rooms = None,
) -> None:
    from collector.known import Known
    from rumskoll.commands.record import seconds_of
    from rumskoll.listening import Listener, beside
    from rumskoll.registry_files import read_registry
    from rumskoll.walking import Walk
    from rumskoll.wiring import broker_of, clock

    seconds = None if for_ is None else seconds_of(for_)
    settings = settings_for(rooms=rooms)
    registry = read_registry(settings.rooms)
    if room is not None and room not in registry.rooms:
        raise fail(say("devices.no_room", room=room, known=", ".join(registry.rooms)))
    known = Known.of(registry)
    walk = Walk(known, clock())
    if not walk.expected:
        raise fail(say("walktest.nobody"))

    def take(message: Incoming) -> None:
        step = walk.take(message)
        if step is not None:
            out.print(_line(registry, step, room))
            if not quiet and sys.stdout.isatty():
                sys.stdout.write("\a")
                sys.stdout.flush()

    listener = Listener(
        beside(broker_of(settings), "walktest"),
        known.router.subscriptions,
        take,
        clock=clock,
        language=LANGUAGE,
        trouble=errors.print,
    )
    errors.print(say("walktest.started", count=len(walk.expected)))
    if known.private_rooms:
        errors.print(say("walktest.private"))
    started = time.monotonic()
    stop_by_signal()
    try:
        listener.run(lambda: seconds is None or time.monotonic() - started < seconds)
    except KeyboardInterrupt:
        out.print()
    _sum_up(registry, walk, clock())


def _line(registry: Registry, step: Step, room: str | None) -> str:
    """``09:41:07  Granen  granen-pir  rörelse``"""
    from rooms.reactions import said
    from rumskoll.decoding.telling import plain

    at = time.strftime("%H:%M:%S", time.localtime(step.at / 1000))
    if step.device is None:
        values = {"address": plain(step.address), "source": step.source}
        who, pir = say("walktest.unknown", **values), False
    else:
        who, pir = step.device, "motion" in registry.devices[step.device].evidence
    what = ", ".join(said(LANGUAGE, one, pir=pir) for one in step.reactions)
    line = f"{at}  {_name(registry, step.room)}  {who}  {what}"
    return line if room in {None, step.room} else f"{line}  {say('walktest.elsewhere')}"


def _name(registry: Registry, room: str | None) -> str:
    return say("walktest.no_room") if room is None else registry.rooms[room][1].name.in_(LANGUAGE)


def _sum_up(registry: Registry, walk: Walk, now: int) -> None:
    missing, total = walk.missing, len(walk.expected)
    if missing:
        out.print(say("walktest.missing", count=len(missing), total=total))
        for id_ in missing:
            out.print(f"  {_name(registry, registry.room_of(id_, now))}  {id_}")
    else:
        out.print(say("walktest.all", count=total))
    out.print(say("walktest.swapped"))
