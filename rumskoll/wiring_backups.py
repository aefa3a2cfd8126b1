"""The nightly backups, where there is a place for them."""

from __future__ import annotations

from collections.abc import Callable

from rooms.registry import Registry
from rumskoll.backup.nightly import Backups, in_a_process
from rumskoll.settings import Settings
from storage.state import ServiceState


def backups_of(
    settings: Settings,
    state: ServiceState,
    registry: Callable[[], Registry],
    clock: Callable[[], int],
) -> Backups | None:
    """``None`` where there is no second place to put them."""
    if settings.backup is None:
        return None
    return Backups(
        state,
        in_a_process(settings),
        settings.backup,
        at=settings.backup_at,
        keep=settings.backup_keep,
        zone=lambda: registry().zone(next(iter(registry().sites))),
        clock=clock,
    )
