"""A store's address."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rooms.readings import Point
from storage.influx import InfluxStore
from storage.open import open_store
from storage.sqlite import SqliteStore
from storage.store import StoreMisconfigured
from tests.servers.fake_influx import fake_influx


def test_a_file(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:{tmp_path}/a b.db", clock=int)) as store:
        assert isinstance(store, SqliteStore)
        assert (tmp_path / "a b.db").exists()


def test_a_server_with_names_of_its_own() -> None:
    with fake_influx() as server:
        server.databases = {"r": {}, "h": {}}
        url = f"{server.url}/?db=r&history=h"
        with closing(open_store(url, token="secret", clock=int)) as store:
            assert isinstance(store, InfluxStore)
            store.check()


def test_retention_is_given_in_days(tmp_path: Path) -> None:
    day = 86_400_000
    url = f"sqlite:{tmp_path}/a.db"
    with closing(open_store(url, retention_days=2, clock=lambda: 10 * day)) as store:
        points = [
            Point("status", {"site": "s", "device": "d"}, t, {"online": 1.0})
            for t in (8 * day - 1, 8 * day)
        ]
        assert [r.point for r in store.write(points)] == points[:1]


@pytest.mark.parametrize(
    "url",
    ["", "sqlite", "sqlite:", "sqlite:///x.db", "influx://h", "http:", "http://", "https://:8086",
     "http://h:port", "http://h:99999", "http://h?db", "http://h?database=x", "http://h#x",
     "http://[::1", "/data/store.db"],
)  # fmt: skip
def test_anything_else_is_told_the_accepted_forms(url: str) -> None:
    with pytest.raises(ValueError, match=r"Write sqlite:FILE or http\(s\)://host:port") as caught:
        open_store(url, clock=int)
    assert isinstance(caught.value, StoreMisconfigured)
    assert "Skriv sqlite:FIL" in caught.value.render("sv")


def test_credentials_do_not_belong_in_an_address() -> None:
    with pytest.raises(ValueError, match="RUMSKOLL_INFLUX_TOKEN") as caught:
        open_store("http://user:hemlig@influx:8086", clock=int)
    assert "hemlig" not in str(caught.value)
