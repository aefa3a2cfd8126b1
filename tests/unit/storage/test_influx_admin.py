"""Preparing a server: the right things once, and nothing the second time."""

from __future__ import annotations

import httpx
import pytest

from rooms.readings import Point
from storage.influx import InfluxStore
from storage.influx_admin import Plan, Step, plan, prepare, version
from storage.schema import DAY_S, Keeping
from storage.store import StoreMisconfigured, StoreUnavailable
from tests.servers.fake_influx2_admin import TOKEN, FakeAdmin, fake_admin
from tests.servers.influxd import ADMIN, Influxd
from tests.servers.ports import free_port

PLAN = plan("rooms", "rooms_history", 90)
NOW = 1_790_000_000_000


def states(steps: list[Step]) -> dict[tuple[str, str], str]:
    return {(step.kind, step.name): step.state for step in steps}


def on_2(fake: FakeAdmin, plan: Plan = PLAN) -> list[Step]:
    return prepare(fake.url, token=TOKEN, plan=plan)


def test_a_shard_never_covers_more_than_is_kept() -> None:
    assert plan("a", "b", 3).databases == {
        "a": Keeping(3 * DAY_S, 3 * DAY_S),
        "b": Keeping(None, 364 * DAY_S),
    }
    assert plan("a", "b", None).databases["a"] == Keeping(None, 7 * DAY_S)


def test_2_makes_buckets_and_tokens_that_may_no_more_than_they_must() -> None:
    with fake_admin() as fake:
        steps = on_2(fake)
        org, (rooms, history) = fake.orgs[0]["id"], fake.buckets
        assert rooms["name"] == "rooms"
        assert rooms["retentionRules"] == [
            {"type": "expire", "everySeconds": 7_776_000, "shardGroupDurationSeconds": 604_800}
        ]
        assert history["retentionRules"] == [
            {"type": "expire", "everySeconds": 0, "shardGroupDurationSeconds": 31_449_600}
        ]
        rights = {
            a["description"]: [
                (p["action"], p["resource"]["type"], p["resource"]["id"], p["resource"]["orgID"])
                for p in a["permissions"]
            ]
            for a in fake.authorizations
        }
        read = [("read", "buckets", b["id"], org) for b in (rooms, history)]
        both = [(a, "buckets", b["id"], org) for b in (rooms, history) for a in ("read", "write")]
        assert rights == {
            "rumskoll-collector": both,
            "rumskoll-api": read,
            "rumskoll-grafana": read,
        }
        told = {step.name: step.secret for step in steps if step.kind == "token"}
        assert told == {a["description"]: a["token"] for a in fake.authorizations}
        assert states(steps)["mapping", "rooms"] == "kept"


def test_2_a_second_run_changes_nothing_and_tells_no_secret() -> None:
    with fake_admin() as fake:
        on_2(fake)
        fake.changes.clear()
        steps = on_2(fake)
        assert fake.changes == []
        assert set(states(steps).values()) == {"kept"}
        assert all(step.secret == "" for step in steps)


def test_2_finds_a_bucket_beyond_the_first_page_of_a_shared_server() -> None:
    with fake_admin() as fake:
        on_2(fake)
        org = fake.orgs[0]["id"]
        others = [
            {"id": fake.new_id(), "orgID": org, "name": f"b{i}", "retentionRules": []}
            for i in range(150)
        ]
        fake.buckets[:0] = others
        assert states(on_2(fake))["database", "rooms"] == "kept"


def test_2_before_virtual_mappings_makes_them() -> None:
    with fake_admin(virtual_mappings=False) as fake:
        assert states(on_2(fake))["mapping", "rooms"] == "created"
        assert [(m["database"], m["bucketID"], m["default"]) for m in fake.dbrps] == [
            (b["name"], b["id"], True) for b in fake.buckets
        ]
        assert states(on_2(fake))["mapping", "rooms"] == "kept"


def test_2_a_name_that_leads_elsewhere_is_told() -> None:
    with fake_admin() as fake:
        fake.dbrps.append(
            {
                "id": fake.new_id(),
                "orgID": "0" * 16,
                "bucketID": "f" * 16,
                "database": "rooms",
                "retention_policy": "autogen",
                "default": True,
            }
        )
        with pytest.raises(
            StoreMisconfigured, match=f'"rooms" leads to another bucket.*{"f" * 16}'
        ):
            on_2(fake)


def test_2_retention_is_lengthened_but_cut_only_when_asked_to() -> None:
    with fake_admin() as fake:
        on_2(fake)
        rules = fake.buckets[0]["retentionRules"]
        assert states(on_2(fake, plan("rooms", "rooms_history", 30)))["retention", "rooms"] == (
            "longer"
        )
        assert fake.buckets[0]["retentionRules"] == rules
        longer = on_2(fake, plan("rooms", "rooms_history", None))
        assert states(longer)["retention", "rooms"] == "changed"
        assert fake.buckets[0]["retentionRules"][0]["everySeconds"] == 0
        cut = on_2(fake, plan("rooms", "rooms_history", 30, shorten=True))
        assert states(cut)["retention", "rooms"] == "changed"
        assert fake.buckets[0]["retentionRules"][0]["everySeconds"] == 30 * DAY_S


def test_2_wrong_token() -> None:
    with fake_admin() as fake, pytest.raises(StoreMisconfigured, match="does not accept user"):
        prepare(fake.url, token="wrong", plan=PLAN)


def test_nobody_there() -> None:
    with pytest.raises(StoreUnavailable, match="does not answer"):
        prepare(f"http://127.0.0.1:{free_port()}", token="x", plan=PLAN)


def test_steps_are_told_in_both_languages_without_the_secret() -> None:
    step = Step("token", "rumskoll-api", "created", "hemlig")
    assert step.render("sv") == "Token för rumskoll-api: skapad"
    assert step.render("en") == "Token for rumskoll-api: created"


def on_1(server: Influxd, plan: Plan = PLAN) -> list[Step]:
    return prepare(server.url, user=ADMIN[0], token=ADMIN[1], plan=plan)


def rows(server: Influxd, query: str) -> list[list[object]]:
    return server.ask(query).json()["results"][0]["series"][0]["values"]


@pytest.mark.servers
def test_1_is_prepared_once(influxd: Influxd) -> None:
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


@pytest.mark.servers
def test_1_retention_is_lengthened_but_cut_only_when_asked_to(influxd: Influxd) -> None:
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


@pytest.mark.servers
def test_1_without_any_user_gets_its_administrator(influxd: Influxd) -> None:
    influxd.ask(f'DROP USER "{ADMIN[0]}"')
    with pytest.raises(StoreMisconfigured, match="has no user yet"):
        prepare(influxd.url, token="", plan=PLAN)
    steps = prepare(influxd.url, user='o\'hara "x"', token="it's \\ secret", plan=PLAN)
    assert steps[0] == Step("admin", 'o\'hara "x"', "created")
    reply = httpx.post(
        f"{influxd.url}/query", data={"q": "SHOW USERS"}, auth=('o\'hara "x"', "it's \\ secret")
    )
    assert reply.status_code == 200


@pytest.mark.servers
def test_1_an_ordinary_user_cannot_prepare(influxd: Influxd) -> None:
    influxd.ask("CREATE USER \"someone\" WITH PASSWORD 'pw'")
    with pytest.raises(StoreMisconfigured, match="not an administrator"):
        prepare(influxd.url, user="someone", token="pw", plan=PLAN)
