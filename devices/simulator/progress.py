"""Tells how far the history has come: a bar, JSON lines for a parent process, or nothing."""

from __future__ import annotations

import json
import sys
from time import monotonic
from typing import Literal, Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

Style = Literal["bar", "json", "none"]
_EVERY_S = 0.25


class Reporter(Protocol):
    def sent(self, n: int, total: int) -> None: ...

    def done(self, n: int) -> None: ...

    def live(self) -> None: ...


class Quiet:
    def sent(self, n: int, total: int) -> None: ...

    def done(self, n: int) -> None: ...

    def live(self) -> None: ...


class JsonLines:
    """``{"sent": n, "total": n}`` a few times a second, ``{"live": true}`` when live starts."""

    def __init__(self) -> None:
        self._due = 0.0

    def sent(self, n: int, total: int) -> None:
        if monotonic() >= self._due:
            self._due = monotonic() + _EVERY_S
            _line({"sent": n, "total": total})

    def done(self, n: int) -> None:
        _line({"sent": n, "total": n})

    def live(self) -> None:
        _line({"live": True})


class Bar:
    def __init__(self, label: str) -> None:
        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, refresh_per_second=1 / _EVERY_S)
        self._label = label
        self._due = 0.0

    def sent(self, n: int, total: int) -> None:
        if not self._progress.tasks:
            self._progress.start()
            self._progress.add_task(self._label, total=total)
        if monotonic() >= self._due:
            self._due = monotonic() + _EVERY_S
            self._progress.update(self._progress.tasks[0].id, completed=n, total=total)

    def done(self, n: int) -> None:
        for task in self._progress.tasks:
            self._progress.update(task.id, completed=n, total=n)
        self._progress.stop()

    def live(self) -> None: ...


def reporter(style: Style, label: str) -> Reporter:
    match style:
        case "bar":
            return Bar(label)
        case "json":
            return JsonLines()
        case "none":
            return Quiet()


def _line(body: dict[str, object]) -> None:
    """A parent that has gone away is no reason to stop."""
    try:
        sys.stdout.write(json.dumps(body) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        return
