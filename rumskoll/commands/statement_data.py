"""What the commands about statements open, and close again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rumskoll.commands.common import fail, say, settings_for

if TYPE_CHECKING:
    from api.statements.service import Statements
    from rumskoll.settings import Settings
    from storage.state import ServiceState


@contextmanager
def statements_in(
    data: Path | None, rooms: Path | None
) -> Iterator[tuple[Statements, Settings, ServiceState]]:
    from rumskoll.registry_files import read_registry
    from rumskoll.wiring import store_of
    from rumskoll.wiring_statements import statements_of

    settings = settings_in(data, rooms)
    registry = read_registry(settings.rooms)
    with state_in(settings) as state, closing(store_of(settings)) as store:
        yield statements_of(settings, lambda: registry, state, store), settings, state


@contextmanager
def state_in(settings: Settings) -> Iterator[ServiceState]:
    from rumskoll.wiring import state_of

    with closing(state_of(settings)) as state:
        yield state


def settings_in(data: Path | None, rooms: Path | None = None) -> Settings:
    """A folder that the service has not run in is a mistake."""
    settings = settings_for(data=data, rooms=rooms)
    if not (settings.data / "service.db").exists():
        raise fail(say("cli.no_data", folder=settings.data))
    return settings


def month_of(given: str) -> str:
    """``2026-10``; anything else is a mistake."""
    from api.statements.service import first_day

    try:
        first_day(given)
    except ValueError:
        raise fail(say("statement.cli.month", month=given)) from None
    return given
