"""An InfluxDB 1.x of one's own for the collector, prepared as ``rumskoll influx init`` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.broker import program
from storage.influx_admin import plan, prepare
from tests.servers.influxd import Influxd

_ADMIN = ("admin", "bench-admin-password")


class Prepared(NamedTuple):
    url: str
    writer: tuple[str, str]  # the collector's user and password


@contextmanager
def influxdb(folder: Path) -> Iterator[Prepared]:
    """Running, with both databases and the collector's user."""
    program("influxd")
    server = Influxd(folder)
    server.start()
    try:
        user, token = _ADMIN
        what = plan("rooms", "rooms_history", 90)
        steps = prepare(server.url, user=user, token=token, plan=what)
        secret = next(step.secret for step in steps if step.name == "rumskoll-collector")
        yield Prepared(server.url, ("rumskoll-collector", secret))
    finally:
        server.kill()
