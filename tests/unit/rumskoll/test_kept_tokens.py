"""``rumskoll influx init --keep``: each token in a file of its own, and one that is gone anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from telling import refused, told

from rumskoll import kept_tokens
from rumskoll.commands.common import say
from tests.servers.fake_influx2_admin import TOKEN, FakeAdmin, fake_admin

ROLES = ("rumskoll-collector", "rumskoll-api", "rumskoll-grafana")


def init(fake: FakeAdmin) -> str:
    Path("admin").write_text(f"{TOKEN}\n")
    return told("influx", "init", "--store", fake.url, "--token-file", "admin", "--keep", "tokens")


def kept() -> dict[str, str]:
    return {role: kept_tokens.file_of(Path("tokens"), role).read_text() for role in ROLES}


def on_server(fake: FakeAdmin) -> dict[str, str]:
    return {one["description"]: one["token"] for one in fake.authorizations}


def test_kept_and_not_shown() -> None:
    with fake_admin() as fake:
        said = init(fake)
        assert kept() == on_server(fake)
        assert not any(token in said for token in kept().values())
        first = kept()
        init(fake)
        assert kept() == on_server(fake) == first


@pytest.mark.parametrize("harm", ["unlink", "truncate"])
def test_one_that_is_gone_is_made_anew_alone(harm: str) -> None:
    with fake_admin() as fake:
        init(fake)
        before, file = kept(), kept_tokens.file_of(Path("tokens"), "rumskoll-grafana")
        file.unlink()
        if harm == "truncate":
            file.touch()
        said = init(fake)
        assert say("init_renewed") in said
        assert kept() == on_server(fake)
        changed = [role for role in ROLES if kept()[role] != before[role]]
        assert changed == ["rumskoll-grafana"]


def test_without_a_token_it_says_how() -> None:
    assert refused("influx", "init", "--store", "http://127.0.0.1:1") == say("influx.no_token")
