"""Bars and counts on standard error, for what takes more than a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rumskoll.commands.common import errors, say


@contextmanager
def counting(key: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """To be told what is done since it was told last; without a total it only counts."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns: list[ProgressColumn] = [TextColumn("{task.description}")]
    columns += [] if total is None else [BarColumn()]
    columns += [
        TextColumn("{task.completed}") if total is None else MofNCompleteColumn(),
        TimeElapsedColumn(),
    ]
    hidden = not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=hidden) as bar:
        task = bar.add_task(say(key), total=total)
        yield lambda done: bar.advance(task, done)
