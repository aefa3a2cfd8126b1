"""``rumskoll import``: history from other systems, through the same decoders and path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    same_file,
    say,
    settings_for,
    when,
)

if TYPE_CHECKING:
    from rooms.registry import Registry
    from rumskoll.importing.map import ImportMap
    from rumskoll.importing.progress import Begun
    from rumskoll.importing.reach import Reach
    from rumskoll.importing.survey import Survey
    from rumskoll.importing.writing import House
    from rumskoll.settings import Settings
    from storage.outbox import Outbox


@plainly
def import_(
    file: Annotated[Path, typer.Argument(help=say("help.import_file"))],
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.yaml", help=say("help.import_map"))
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=say("help.import_check"))] = False,
    accept: Annotated[
        bool, typer.Option("--accept-refused", help=say("help.import_accept"))
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help=say("help.import_replace"))] = False,
    refused: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help=say("help.import_refused"))
    ] = None,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from rumskoll.importing.csv_rows import Unusable
    from rumskoll.importing.map import read_map
    from rumskoll.registry_files import read_registry

    if not file.is_file():
        raise fail(say("import.no_such_file", file=file))
    if refused is not None and any(same_file(refused, given) for given in (file, map_)):
        raise fail(say("cli.own_input", file=refused))
    settings = settings_for(data=data, rooms=rooms)
    registry = read_registry(settings.rooms)
    try:
        if map_ is None:
            _propose(file, registry)
            return
        given = read_map(map_, registry)
        found, reach = _survey(file, given, registry, settings, refused)
        objection = found.objection(accept_refused=accept)
        if objection is not None:
            raise objection
        if check:
            _tell_days(settings, reach, replace=replace)
        else:
            _bring_in(file, given, found, reach, registry, settings, replace=replace)
    except Unusable as error:
        raise fail(say(error.key, **error.values)) from None
    except KeyboardInterrupt:
        raise fail(say("import.left"), 130) from None


def _propose(file: Path, registry: Registry) -> None:
    from rumskoll.importing.guess import guess

    out.print(guess(file, registry, LANGUAGE), end="")


def _survey(
    file: Path, given: ImportMap, registry: Registry, settings: Settings, refused: Path | None
) -> tuple[Survey, Reach]:
    """Read all, and tell what becomes of the rows."""
    from collector.rollup_plan import Bounds
    from rumskoll.importing.report import RefusedFile, rows_told
    from rumskoll.importing.survey import survey
    from rumskoll.wiring import clock, retention_ms

    bounds = Bounds(registry, retention_ms(settings))
    with _bar("import.reading", file.stat().st_size) as progress:
        if refused is None:
            found, reach = survey(file, given, registry, bounds, clock(), progress)
        else:
            with refused.open("w", encoding="utf-8", newline="") as into:
                note = RefusedFile(into, LANGUAGE).note
                found, reach = survey(file, given, registry, bounds, clock(), progress, note)
    for line in rows_told(found, LANGUAGE, when):
        out.print(line)
    return found, reach


def _tell_days(settings: Settings, reach: Reach, *, replace: bool) -> None:
    from rumskoll.importing.report import days_told
    from rumskoll.wiring import store_of

    with closing(store_of(settings)) as store:
        shares = reach.share(store, set(), replace=replace)
    for line in days_told(reach, shares, settings.retention_days, LANGUAGE):
        out.print(line)
    out.print(say("import.checked"))


def _bring_in(
    file: Path,
    given: ImportMap,
    found: Survey,
    reach: Reach,
    registry: Registry,
    settings: Settings,
    *,
    replace: bool,
) -> None:
    from rumskoll.data_lock import hold
    from rumskoll.importing.progress import Begun, key_of
    from rumskoll.importing.report import days_told
    from rumskoll.importing.writing import House
    from rumskoll.wiring import clock, outbox_of, retention_ms, state_of, store_of

    with (
        hold(settings.data, "import", LANGUAGE, "import.busy"),
        closing(outbox_of(settings)) as outbox,
        closing(state_of(settings)) as state,
        closing(store_of(settings)) as store,
    ):
        house = House(registry, store, state, retention_ms(settings), clock)
        key = key_of(found.digest, given.model_dump_json(), registry.hash, str(replace))
        begun = Begun.of(settings.data, key, clock())
        shares = reach.share(store, begun.ours, replace=replace)
        for line in days_told(reach, shares, settings.retention_days, LANGUAGE):
            out.print(line)
        if begun.rows:
            out.print(say("import.resumed", rows=begun.rows))
        begun.ours = shares.ours
        _write(file, given, found, reach, house, begun)
        begun.remove()
        _compute_recent(settings, house, outbox, reach)
    out.print(say("import.done"))


def _write(
    file: Path, given: ImportMap, found: Survey, reach: Reach, house: House, begun: Begun
) -> None:
    from rumskoll.importing.writing import compute_old, write_rows

    now, until = reach.now, reach.until(begun.ours)
    # before and after: whatever ends this, the roll-up knows what there is to compute
    house.state.dirty.mark(reach.hours)
    with _bar("import.writing", file.stat().st_size) as progress:
        refused = write_rows(file, given, house, begun, until, now, found.digest, progress)
    for reason, count in refused.items():
        out.print(say("import.store", count=count, reason=reason))
    if begun.ours:
        with _bar("import.computing", len(begun.ours)) as progress:
            compute_old(house, begun, until, now, progress)
    house.state.dirty.mark(reach.hours | reach.edge_hours(begun.ours))


def _compute_recent(settings: Settings, house: House, outbox: Outbox, reach: Reach) -> None:
    """What the store keeps the readings of is the roll-up's, here or in the collector."""
    from rooms.units import HOUR_MS
    from rumskoll.commands.rollup import Asked, until_done
    from rumskoll.wiring import rollup_of

    if not reach.hours:
        return
    rooms = sorted({room for room, _ in reach.hours})
    times = [hour for _, hour in reach.hours]
    part = rollup_of(settings, lambda: house.registry, outbox, house.state, house.store)
    asked = Asked(rooms, min(times), max(times) + HOUR_MS, house.clock())
    try:
        until_done(settings, house.state, part, asked)
    except KeyboardInterrupt:
        out.print(say("rollup.left"))


@contextmanager
def _bar(key: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; to be told what is done since it was told last."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=errors) as bar:
        task = bar.add_task(say(key), total=total)
        yield lambda done: bar.advance(task, done)
