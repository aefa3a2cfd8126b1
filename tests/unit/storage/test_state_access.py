"""Keys, one-time links and the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.state import ServiceState


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def test_a_key_works_until_it_is_revoked(state: ServiceState) -> None:
    access = state.access
    id_, secret = access.create_key("partner", "Bo", 5, partner="vindel")
    key = access.key_of(secret)
    assert key == (id_, "api", "partner", "vindel", "Bo", 5, None, None)
    assert access.key(id_) == key
    assert access.key_of(secret, "display") is None
    assert access.key_of(secret + "x") is None
    assert access.revoke(id_, 9)
    assert not access.revoke(id_, 10)
    assert not access.revoke(99, 10)
    assert access.key_of(secret) is None
    [listed] = access.keys()
    assert listed.revoked == 9


def test_a_panels_token_opens_nothing_else(state: ServiceState) -> None:
    access = state.access
    id_, token = access.create_key("viewer", "Granen", 5, kind="panel", device="granen-panel")
    _, secret = access.create_key("manager", "Bo", 5)
    assert access.panel_of(token) == "granen-panel"
    assert [access.key_of(token, kind) for kind in ("api", "display")] == [None, None]
    assert (access.panel_of(secret), access.panel_of("")) == (None, None)
    assert access.revoke(id_, 9)
    assert access.panel_of(token) is None


def test_only_hashes_are_kept(state: ServiceState, tmp_path: Path) -> None:
    _, secret = state.access.create_key("viewer", "x", 1)
    link = state.access.create_link("viewer", "x", 1, 2)
    assert len(secret) >= 43
    disk = b"".join(path.read_bytes() for path in tmp_path.glob("service.db*"))
    assert b"viewer" in disk
    assert secret.encode() not in disk
    assert link.encode() not in disk


def test_secrets_differ(state: ServiceState) -> None:
    assert len({state.access.create_key("viewer", "x", 1)[1] for _ in range(20)}) == 20


def test_a_link_works_once_and_in_time(state: ServiceState) -> None:
    access = state.access
    first = access.create_link("manager", "Eva", 10, 20)
    assert access.link(first, 19) == ("manager", None, "Eva", 20)
    assert access.use_link(first, 19) == ("manager", None, "Eva", 20)
    assert access.use_link(first, 19) is None
    assert access.link(first, 19) is None
    late = access.create_link("partner", "Bo", 10, 20, partner="vindel")
    assert access.use_link(late, 20) is None
    assert access.use_link("nonsense", 15) is None


def test_all_of_it_is_in_the_trail(state: ServiceState) -> None:
    id_, _ = state.access.create_key("viewer", "Bo", 1, kind="display", actor="eva")
    state.access.revoke(id_, 2, "eva")
    state.access.revoke(id_, 3, "eva")
    state.access.use_link(state.access.create_link("viewer", "Li", 4, 9), 5)
    assert state.access.audit_trail() == [
        (5, "Li", "logged in", "Li", "viewer"),
        (4, "cli", "login link created", "Li", "viewer"),
        (2, "eva", "key revoked", f"key {id_}", ""),
        (1, "eva", "display key created", f"key {id_}", "viewer Bo"),
    ]
    assert len(state.access.audit_trail(most=2)) == 2
