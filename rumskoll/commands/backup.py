"""``rumskoll backup``: everything in one file, while the service runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import Data, Rooms, errors, fail, out, plainly, say, settings_for

if TYPE_CHECKING:
    from rumskoll.backup.manifest import Kind


@plainly
def backup(
    to: Annotated[Path | None, typer.Option(help=say("help.backup_to"))] = None,
    light: Annotated[bool, typer.Option("--light", help=say("help.backup_light"))] = False,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from contextlib import closing

    from rumskoll.backup import make
    from rumskoll.wiring import clock, state_of

    settings = settings_for(data=data, rooms=rooms)
    if not (settings.data / "service.db").exists():
        raise fail(say("cli.no_data", folder=settings.data))
    folder = to or settings.backup
    if folder is None:
        raise fail(say("backup.no_place"))
    if folder.resolve().is_relative_to(settings.data.resolve()):
        raise fail(say("backup.inside", folder=folder, data=settings.data))
    kind: Kind = "light" if light else "full"
    with closing(state_of(settings)) as state:
        at, newest = clock(), make.newest_statement(state)
        with progress() as told:
            file = make.make_backup(settings, folder, kind, told)
        if settings.backup is not None and folder.resolve() == settings.backup.resolve():
            make.note(state, kind, at, newest)
    out.print(say("backup.made", file=file, mib=f"{file.stat().st_size / 2**20:.1f}"))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each thing that is done, on a terminal only."""
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as bar:

        def told(key: str, done: int, total: int) -> None:
            if key not in tasks:
                tasks[key] = bar.add_task(say(key))
            bar.update(tasks[key], completed=done, total=total)

        yield told
