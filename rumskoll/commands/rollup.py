"""``rumskoll rollup``: compute derived series again, here or in the running collector."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from rooms.units import DAY_MS
from rumskoll.cannot_run import CannotRun
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
)

if TYPE_CHECKING:
    from collector.rollup import Rollup
    from rooms.registry import Registry
    from rumskoll.settings import Settings
    from storage.state import ServiceState

LOOK_EVERY_S: Final = 1.0
EARLIEST: Final = date(2000, 1, 1)  # nobody has readings from before


class Asked(NamedTuple):
    """What was made dirty: rooms, their time over all sites, and when that was (ms)."""

    rooms: list[str]
    start: int
    stop: int
    at: int


@plainly
def rollup(
    first: Annotated[str, typer.Option("--from", help=say("help.rollup_from"))],
    last: Annotated[str | None, typer.Option("--to", help=say("help.rollup_to"))] = None,
    room: Annotated[list[str] | None, typer.Option(help=say("help.rollup_room"))] = None,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    days = max(_day("--from", first), EARLIEST), date.max if last is None else _day("--to", last)
    if days[0] > days[1]:
        raise fail(say("rollup.reversed", first=first, last=last))
    if days[0] > datetime.now(UTC).date() + timedelta(days=1):
        raise fail(say("rollup.future", first=first))
    from rumskoll.registry_files import read_registry
    from rumskoll.wiring import outbox_of, rollup_of, state_of, store_of

    settings = settings_for(data=data, rooms=rooms)
    if not (settings.data / "service.db").exists():
        raise fail(say("cli.no_data", folder=settings.data))
    registry = read_registry(settings.rooms)
    state, store = state_of(settings), store_of(settings)
    part = rollup_of(settings, lambda: registry, outbox_of(settings), state, store)
    asked = _mark(settings, registry, part, _chosen(registry, room or []), days)
    if state.dirty.count(asked.start, asked.stop, asked.rooms) == 0:
        out.print(say("rollup.nothing"))
        return
    try:
        until_done(settings, state, part, asked)
    except KeyboardInterrupt:
        out.print(say("rollup.left"))


def _day(option: str, value: str) -> date:
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise fail(say("rollup.day", option=option, value=value)) from None


def _chosen(registry: Registry, asked: list[str]) -> list[str]:
    for room in asked:
        if room not in registry.rooms:
            raise fail(say("rollup.room", room=room, known=", ".join(registry.rooms)))
    return asked or [*registry.rooms]


def _mark(
    settings: Settings, registry: Registry, part: Rollup, rooms: list[str], days: tuple[date, date]
) -> Asked:
    """Make the days dirty, and say which of them are frozen."""
    from rooms.registry.registry import midnight
    from rumskoll.wiring import clock

    now = clock()
    starts, stops, frozen = [now], [0], []
    for site in registry.sites:
        zone, own = registry.zone(site), [r for r in rooms if registry.rooms[r][0].id == site]
        if not own:
            continue
        start = midnight(days[0], zone)
        stop = now if days[1] == date.max else min(now, midnight(days[1] + timedelta(1), zone))
        oldest = part.mark(own, start, stop)
        if oldest > start:
            frozen.append(registry.local_day(site, oldest))
        starts.append(start)
        stops.append(stop)
    if frozen:
        kept = settings.retention_days
        errors.print(say("rollup.frozen", day=max(frozen), kept=kept))
    return Asked(rooms, min(starts), max(stops), now)


def until_done(settings: Settings, state: ServiceState, part: Rollup, asked: Asked) -> None:
    """Work here if nobody else does; else watch the collector work."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from collector.rollup import CURSOR
    from rumskoll.data_lock import hold

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    total = _left(state, asked)
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as bar:
        task = bar.add_task(say("rollup.working"), total=total)
        following = False
        while (left := _left(state, asked)) and state.live.cursor(CURSOR) <= asked.at:
            try:
                with hold(settings.data, "collector", LANGUAGE):
                    while part.step(lambda done, of: bar.update(task, total=of, completed=done)):
                        pass  # a step takes a few minutes at the most
                break
            except CannotRun:
                if not following:
                    out.print(say("rollup.following"))
                following = True
                bar.update(task, completed=total - left)
                time.sleep(LOOK_EVERY_S)
    out.print(say("rollup.done"))
    waiting = state.dirty.count(asked.start, min(asked.stop, asked.at - DAY_MS), asked.rooms)
    if waiting:
        out.print(say("rollup.waiting", count=waiting))


def _left(state: ServiceState, asked: Asked) -> int:
    return state.dirty.count(asked.start, asked.stop, asked.rooms)
