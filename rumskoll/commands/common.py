"""What the commands share: language, settings, and plain lines in place of tracebacks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from api.server import CannotListen
from rooms.registry.mistakes import RegistryError
from rooms.texts import Language, text
from rumskoll.running import CannotRun
from rumskoll.setting_errors import SettingsError
from rumskoll.settings import Settings, read_settings
from storage.store import StoreError

P = ParamSpec("P")
R = TypeVar("R")

out = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def language() -> Language:
    """What the environment asks for; it may be wrong in other ways, so Swedish at worst."""
    try:
        return read_settings().language
    except SettingsError:
        return "sv"


LANGUAGE: Language = language()


def say(key: str, /, **values: object) -> str:
    return text(LANGUAGE, key, **values)


def when(at: int) -> str:
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


Data = Annotated[Path | None, typer.Option("--data", help=say("help.data"))]
Rooms = Annotated[Path | None, typer.Option("--rooms", help=say("help.rooms"))]


def settings_for(**given: object) -> Settings:
    return read_settings(**given)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """A user's mistake ends in lines that say what to do, and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            lines = [say("cli.wrong_settings"), *error.lines(LANGUAGE)]
        except RegistryError as error:
            lines = [say("cli.wrong_registry"), *error.lines(LANGUAGE)]
        except StoreError as error:
            lines = [error.render(LANGUAGE)]
        except CannotListen as error:
            values = {"host": error.host, "port": error.port, "reason": error.reason}
            lines = [say("run.cannot_listen", **values)]
        except CannotRun as error:
            lines = [str(error)]
        for line in lines:
            errors.print(line, markup=False)
        raise typer.Exit(2)

    return run
