"""The parts by which statements are drafted and issued, for the API and the command line."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from api.statements.service import Statements
from rooms.registry import Registry
from rooms.units import DAY_MS
from rumskoll.settings import Settings
from storage.ledger import Ledger
from storage.state import ServiceState
from storage.store import Store


def statements_of(
    settings: Settings, registry: Callable[[], Registry], state: ServiceState, store: Store
) -> Statements:
    """Over the data folder. ``state`` and ``store`` stay the caller's, to close."""
    from rumskoll.wiring import clock

    return Statements(
        state,
        store,
        registry,
        Ledger(settings.data / "statements", state),
        clock=clock,
        retention_ms=settings.retention_days * DAY_MS,
        program=f"Rumskoll {version('rumskoll')}",
    )
