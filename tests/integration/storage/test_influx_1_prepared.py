"""Preparing a real InfluxDB 1.x: the right things once, and nothing the second time."""

from __future__ import annotations

import httpx
import pytest

from rooms.readings import Point
from storage.influx import InfluxStore
from storage.influx_admin import Plan, Step, plan, prepare, version
from storage.store import StoreMisconfigured
from tests.servers.influxd import ADMIN, Influxd

pytestmark = pytest.mark.servers

PLAN = plan("rooms", "rooms_history", 90)
NOW = 1_790_000_000_000


def states(steps: list[Step]) -> dict[tuple[str, str], str]:
    return {(step.kind, step.name): step.state for step in steps}


def on_1(server: Influxd, plan: Plan = PLAN) -> list[Step]:
    return prepare(server.url, user=ADMIN[0], token=ADMIN[1], plan=plan)


def rows(server: Influxd, query: str) -> list[list[object]]:
    return server.ask(query).json()["results"][0]["series"][0]["values"]


def test_is_prepared_once(influxd: Influxd) -> None:
    assert version(influxd.url).startswith("1.6.7")
    first = on_1(influxd)
    assert set(states(first).values()) == {"created"}
    again = on_1(influxd)
    assert set(states(again).values()) == {"kept"}
    assert all(step.secret == "" for step in again)
    assert rows(influxd, 'SHOW RETENTION POLICIES ON "rooms"') == [
        ["autogen", "2160h0m0s", "168h0m0s", 1, True]
    ]
    assert rows(influxd, 'SHOW RETENTION POLICIES ON "rooms_history"') == [
        ["autogen", "0s", "8736h0m0s", 1, True]
    ]

    told = {step.name: step.secret for step in first if step.kind == "user"}
    stores = {
        name: InfluxStore(influxd.url, user=name, token=told[name], retention_s=None, clock=int)
        for name in told
    }
    point = Point("service", {"site": "lycksele"}, NOW, {"canary": 1.0})
    assert stores["rumskoll-collector"].write([point]) == []
    stores["rumskoll-collector"].check()
    for reader in ("rumskoll-api", "rumskoll-grafana"):
        assert list(stores[reader].read("service", {}, 0, NOW + 1)) == [point]
        with pytest.raises(StoreMisconfigured, match='no right to "rooms_history"'):
            stores[reader].write([point])
    for store in stores.values():
        store.close()


def test_retention_is_lengthened_but_cut_only_when_asked_to(influxd: Influxd) -> None:
    influxd.ask('CREATE DATABASE "rooms"')

    def kept() -> object:
        return rows(influxd, 'SHOW RETENTION POLICIES ON "rooms"')[0][1:3]

    assert states(on_1(influxd))["retention", "rooms"] == "longer"
    assert kept() == ["0s", "168h0m0s"]
    cut = on_1(influxd, plan("rooms", "rooms_history", 3, shorten=True))
    assert states(cut)["retention", "rooms"] == "changed"
    assert kept() == ["72h0m0s", "72h0m0s"]
    assert states(on_1(influxd))["retention", "rooms"] == "changed"
    assert kept() == ["2160h0m0s", "168h0m0s"]


def test_without_any_user_gets_its_administrator(influxd: Influxd) -> None:
    influxd.ask(f'DROP USER "{ADMIN[0]}"')
    with pytest.raises(StoreMisconfigured, match="has no user yet"):
        prepare(influxd.url, token="", plan=PLAN)
    steps = prepare(influxd.url, user='o\'hara "x"', token="it's \\ secret", plan=PLAN)
    assert steps[0] == Step("admin", 'o\'hara "x"', "created")
    reply = httpx.post(
        f"{influxd.url}/query", data={"q": "SHOW USERS"}, auth=('o\'hara "x"', "it's \\ secret")
    )
    assert reply.status_code == 200


def test_an_ordinary_user_cannot_prepare(influxd: Influxd) -> None:
    influxd.ask("CREATE USER \"someone\" WITH PASSWORD 'pw'")
    with pytest.raises(StoreMisconfigured, match="not an administrator"):
        prepare(influxd.url, user="someone", token="pw", plan=PLAN)


def test_a_secret_that_nobody_has_is_replaced(influxd: Influxd) -> None:
    first = {step.name: step.secret for step in on_1(influxd) if step.kind == "user"}
    again = prepare(
        influxd.url, user=ADMIN[0], token=ADMIN[1], plan=PLAN, renew=["rumskoll-grafana"]
    )
    renewed = [step for step in again if step.secret]
    assert [(step.name, step.state) for step in renewed] == [("rumskoll-grafana", "renewed")]

    def may_read(name: str, secret: str) -> bool:
        store = InfluxStore(influxd.url, user=name, token=secret, retention_s=None, clock=int)
        try:
            return list(store.read("service", {}, 0, 1)) == []
        except StoreMisconfigured:
            return False
        finally:
            store.close()

    assert may_read("rumskoll-grafana", renewed[0].secret)
    assert not may_read("rumskoll-grafana", first["rumskoll-grafana"])
    assert may_read("rumskoll-api", first["rumskoll-api"])
