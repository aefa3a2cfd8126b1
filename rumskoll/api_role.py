"""The API as a process."""

from __future__ import annotations

import signal
import threading

import structlog

from api.server import serve
from rumskoll.registry_files import RegistryWatch
from rumskoll.settings import Settings
from rumskoll.wiring import api_of

log = structlog.get_logger()

LOOK_EVERY_S = 5.0


def run_api(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT. Raises ``RegistryError``, ``StoreError``, ``PortTaken``."""
    files = RegistryWatch(settings.rooms)
    stop, look = threading.Event(), threading.Event()
    signal.signal(signal.SIGHUP, lambda *_: look.set())

    def reload() -> None:
        while not stop.is_set():
            look.wait(LOOK_EVERY_S)
            look.clear()
            if files.poll() is not None:
                log.info("rooms.yaml reloaded", registry=files.current.hash)

    threading.Thread(target=reload, name="registry", daemon=True).start()
    try:
        serve(api_of(settings, files), settings.host, settings.port)
    finally:
        stop.set()
        look.set()
    return 0
