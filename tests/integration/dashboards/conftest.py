"""One InfluxDB with five weeks of the example house, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from dashboards.influxql import HISTORY, ROOMS
from storage.influx import InfluxStore
from tests.grafana.asking import Series, Values, ask, filled
from tests.grafana.committed import Query
from tests.integration.dashboards.played import NOW, Played
from tests.servers.influxd import ADMIN, Influxd

DATABASES = {ROOMS.uid: "grafana_rooms", HISTORY.uid: "grafana_history"}


class Asked:
    """What was played, and a way to ask about it as Grafana does."""

    def __init__(self, played: Played, client: httpx.Client, folder: Path) -> None:
        self.played = played
        self.folder = folder
        self._client = client

    def ask(self, query: Query, values: Values) -> list[Series]:
        return ask(self._client, DATABASES[query.source], filled(query, values, NOW))


@pytest.fixture(scope="session")
def asked(shared_influxd: Influxd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("played")
    for name in DATABASES.values():
        shared_influxd.ask(f'CREATE DATABASE "{name}"')
    user, token = ADMIN
    store = InfluxStore(
        shared_influxd.url,
        database=DATABASES[ROOMS.uid],
        history=DATABASES[HISTORY.uid],
        user=user,
        token=token,
        retention_s=None,
        clock=lambda: NOW,
    )
    with ExitStack() as stack:
        played = Played(folder, store, stack)
        played.play()
        client = httpx.Client(base_url=shared_influxd.url, auth=ADMIN, trust_env=False, timeout=60)
        yield Asked(played, stack.enter_context(client), folder)
