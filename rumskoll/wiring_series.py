"""Puts together what writes the present into the store, for Grafana to draw."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from collector.mqtt import Session
from collector.reporter import Reporter
from collector.watch import Watch
from rooms.registry import Registry
from rumskoll.settings import Settings
from storage.forwarder import Forwarder
from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState
from storage.store import Store


def reporter_of(
    settings: Settings,
    outbox: Outbox,
    state: ServiceState,
    store: Store,
    registry: Callable[[], Registry],
    session: Session,
    forwarder: Forwarder,
    watch: Watch,
    clock: Callable[[], int],
) -> Reporter | None:
    """``None`` over the embedded store, from which Grafana cannot draw."""
    if isinstance(store, SqliteStore):
        return None
    return Reporter(
        outbox,
        state,
        store,
        registry,
        clock=clock,
        progress=forwarder.progress,
        watched=lambda: watch.last_step,
        broker_up=lambda: session.link.connected and session.link.refused is None,
        disk_free=lambda: shutil.disk_usage(settings.data).free,
    )
