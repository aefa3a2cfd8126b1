"""What a real InfluxDB 1.x replies when something is wrong, and what that makes the caller do."""

from __future__ import annotations

from contextlib import closing

import pytest

from rooms.readings import Point
from storage.influx import InfluxStore
from storage.store import StoreError, StoreMisconfigured, StoreUnavailable
from tests.servers.influxd import ADMIN, Influxd

pytestmark = pytest.mark.servers

NOW = 1_790_000_000_000
T = NOW - 60_000


def point(i: int = 0) -> Point:
    return Point("presence", {"site": "lycksele", "device": "granen"}, T + i, {"motion": 1.0})


def test_in_trouble(influxd: Influxd) -> None:
    influxd.ask('CREATE DATABASE "rooms"')

    def caught(token: str = ADMIN[1], user: str = ADMIN[0]) -> StoreError:
        store = InfluxStore(influxd.url, user=user, token=token, retention_s=None, clock=int)
        with closing(store), pytest.raises(StoreError) as raised:
            store.check()
        return raised.value

    missing = caught()
    assert isinstance(missing, StoreMisconfigured)
    assert 'no database "rooms_history"' in str(missing)
    influxd.ask('CREATE DATABASE "rooms_history"')
    assert "does not accept user name" in str(caught(token="wrong"))
    influxd.ask("CREATE USER \"reader\" WITH PASSWORD 'pw'")
    assert 'no right to "rooms"' in str(caught(user="reader", token="pw"))
    influxd.ask('GRANT READ ON "rooms" TO "reader"')
    assert 'no right to "rooms"' in str(caught(user="reader", token="pw"))  # to write


def test_stopped_and_started_between_two_writes(influxd: Influxd) -> None:
    for name in ("rooms", "rooms_history"):
        influxd.ask(f'CREATE DATABASE "{name}"')
    store = InfluxStore(
        influxd.url, user=ADMIN[0], token=ADMIN[1], retention_s=None, clock=lambda: NOW
    )
    with closing(store):
        store.check()
        assert store.write([point()]) == []
        influxd.kill()
        with pytest.raises(StoreUnavailable):
            store.write([point(1)])
        influxd.start()
        assert store.write([point(1)]) == []
        assert [p.time for p in store.read("presence", {}, 0, NOW)] == [T, T + 1]


def test_refuses_what_is_beyond_its_retention(influxd: Influxd) -> None:
    influxd.ask('CREATE DATABASE "rooms" WITH DURATION 1h')
    store = InfluxStore(influxd.url, user=ADMIN[0], token=ADMIN[1], retention_s=None, clock=int)
    with closing(store):
        (refused,) = store.write(
            [Point("status", {"site": "s", "device": "d"}, 1, {"online": 1.0})]
        )
    assert "beyond retention policy" in refused.reason
