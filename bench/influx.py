"""An InfluxDB 1.x of one's own for the collector, prepared as ``rumskoll influx init`` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from bench.broker import program
from storage.influx_admin import Step, plan, prepare
from tests.servers.influxd import Influxd

ADMIN: Final = ("admin", "bench-admin-password")


class Prepared(NamedTuple):
    url: str
    writer: tuple[str, str]  # the collector's user and password


@contextmanager
def influxdb(folder: Path) -> Iterator[Prepared]:
    """Running, with both databases and the collector's user."""
    with influxd(folder) as (server, steps):
        secret = next(step.secret for step in steps if step.name == "rumskoll-collector")
        yield Prepared(server.url, ("rumskoll-collector", secret))


@contextmanager
def influxd(folder: Path, retention_days: int | None = 90) -> Iterator[tuple[Influxd, list[Step]]]:
    """The server with its databases and ``ADMIN``, new or as it was left, and what was done."""
    program("influxd")
    server = Influxd(folder)
    try:
        server.start(within_s=300)  # with very many series it takes its time
        user, token = ADMIN
        what = plan("rooms", "rooms_history", retention_days)
        yield server, prepare(server.url, user=user, token=token, plan=what)
    finally:
        server.stop()
