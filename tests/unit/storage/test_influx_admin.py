"""Preparing a server: the right things once, and nothing the second time."""

from __future__ import annotations

import pytest

from storage.influx_admin import Plan, Step, plan, prepare
from storage.schema import DAY_S, Keeping
from storage.store import StoreMisconfigured, StoreUnavailable
from tests.servers.fake_influx2_admin import TOKEN, FakeAdmin, fake_admin
from tests.servers.ports import free_port

PLAN = plan("rooms", "rooms_history", 90)


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
