"""What the commands share: language, settings, and plain lines in place of tracebacks.

What costs time to import is imported where it is used: ``--help`` needs none of it.
"""

from __future__ import annotations

import functools
import signal
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun
from rumskoll.language import language
from storage.store import StoreError

if TYPE_CHECKING:
    from rumskoll.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

# no markup: what is printed may hold brackets of its own, and much of it comes from outside
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

LANGUAGE: Language = language()


def say(key: str, /, **values: object) -> str:
    return text(LANGUAGE, key, **values)


def when(at: int) -> str:
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


Data = Annotated[Path | None, typer.Option("--data", help=say("help.data"))]
Rooms = Annotated[Path | None, typer.Option("--rooms", help=say("help.rooms"))]


def settings_for(**given: object) -> Settings:
    """What the environment and the command line say; of a trial's data folder, what it ran with
    where these say nothing. Raises ``SettingsError``."""
    from rumskoll import demo_settings
    from rumskoll.settings import read_settings

    settings = read_settings(**given)
    kept = demo_settings.file(settings.data)
    return read_settings(_env_file=(kept, ".env"), **given) if kept.exists() else settings


def same_file(into: Path, given: Path | None) -> bool:
    """Would writing ``into`` destroy what was given to be read?"""
    return given is not None and into.exists() and given.exists() and into.samefile(given)


def fail(line: str, code: int = 2) -> typer.Exit:
    """Say what is wrong; to be raised."""
    errors.print(line)
    return typer.Exit(code)


def stop_by_signal() -> None:
    """Ctrl-C and SIGTERM raise ``KeyboardInterrupt`` from now on: also in a script's background
    job, where the shell lets Ctrl-C be ignored."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)


def settings_with(file: str, data: Path | None) -> Settings:
    """For commands that look at what the service has left: a folder without it is a mistake."""
    settings = settings_for(data=data)
    if not (settings.data / file).exists():
        raise fail(say("cli.no_data", folder=settings.data))
    return settings


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """A user's mistake ends in lines that say what to do, and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except typer.Exit:
            raise
        except Exception as error:
            lines = _explained(error)
            if not lines:
                raise
        raise fail("\n".join(lines))

    return run


def _explained(error: Exception) -> list[str]:
    """What to tell; nothing for what is no user's mistake."""
    from rooms.registry.mistakes import RegistryError
    from rumskoll.setting_errors import SettingsError

    lines: list[str] = []
    match error:
        case SettingsError():
            lines = [say("cli.wrong_settings"), *error.lines(LANGUAGE)]
        case RegistryError():
            lines = [say("cli.wrong_registry"), *error.lines(LANGUAGE)]
        case StoreError():
            lines = [error.render(LANGUAGE)]
        case CannotRun():
            lines = [str(error)]
        case sqlite3.OperationalError():
            lines = [say("cli.database", reason=error)]
        case OSError(filename=str() | Path() as file) if error.strerror:
            lines = [say("cli.file", file=file, reason=error.strerror)]
    return lines
