"""The stores under contract, each fresh and empty, with a clock that stands still."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from storage.influx import InfluxStore
from storage.sqlite import SqliteStore
from storage.store import Store
from tests.servers.fake_influx import error_in_200, fake_influx, version_2, version_3
from tests.servers.influxd import ADMIN, Influxd

NOW = 1_790_000_000_000  # 2026-09-21
RETENTION_S = 90 * 86_400

_numbers = itertools.count()


class Kept(NamedTuple):
    """A store, and where it has one, a way to write a line behind its back."""

    store: Store
    behind: Callable[[str], None] | None


def _clock() -> int:
    return NOW


@contextmanager
def _real(influxd: Influxd) -> Iterator[Kept]:
    name = f"rooms{next(_numbers)}"
    for database in (name, f"{name}_history"):
        influxd.ask(f'CREATE DATABASE "{database}"')
    user, token = ADMIN
    store = InfluxStore(
        influxd.url,
        database=name,
        history=f"{name}_history",
        user=user,
        token=token,
        retention_s=RETENTION_S,
        clock=_clock,
    )

    def behind(line: str) -> None:
        url = f"{influxd.url}/write?db={name}&precision=ms"
        assert httpx.post(url, content=line.encode(), auth=ADMIN).status_code == 204

    with closing(store):
        yield Kept(store, behind)


@contextmanager
def _fake(personality: Callable) -> Iterator[Kept]:
    with fake_influx(personality) as server:
        server.databases = {"rooms": {}, "rooms_history": {}}
        store = InfluxStore(server.url, token="secret", retention_s=RETENTION_S, clock=_clock)
        with closing(store):
            yield Kept(store, lambda line: server.keep("rooms", line))


SERVERS = [
    pytest.param("influxdb 1.6", marks=pytest.mark.servers),
    pytest.param(version_2, id="fake 2.x"),
    pytest.param(version_3, id="fake 3.x"),
    pytest.param(error_in_200, id="fake errors in 200"),
]


@pytest.fixture(params=["sqlite", *SERVERS])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    if request.param == "sqlite":
        store = SqliteStore(tmp_path / "store.db", retention_s=RETENTION_S, clock=_clock)
        with closing(store):
            yield Kept(store, None)
    elif request.param == "influxdb 1.6":
        with _real(request.getfixturevalue("shared_influxd")) as real:
            yield real
    else:
        with _fake(request.param) as fake:
            yield fake


@pytest.fixture
def store(kept: Kept) -> Store:
    return kept.store
