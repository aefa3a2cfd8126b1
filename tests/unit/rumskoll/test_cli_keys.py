"""``rumskoll keys``: made, listed, revoked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from telling import refused, told

from rumskoll.commands.common import say
from storage.state import ServiceState


def state() -> ServiceState:
    return ServiceState(Path("data") / "service.db")


def test_keys_from_creation_to_revocation() -> None:
    first, secret = told("keys", "create", "Bo [x]", "--role", "manager").splitlines()
    assert first == say("keys.created", id=1, role="manager")
    told("keys", "create", "Vindel", "--role", "partner", "--partner", "vindel")
    with closing(state()) as found:
        key = found.access.key_of(secret)
        assert key is not None
        assert (key.role, key.label) == ("manager", "Bo [x]")
    assert told("keys", "revoke", "1").strip() == say("keys.revoked", id=1)
    assert refused("keys", "revoke", "1", code=1) == say("keys.unknown", id=1)
    _, bo, vindel = told("keys", "list").splitlines()
    assert bo.split()[:5] == ["1", "Bo", "[x]", "api", "manager"]
    assert bo.strip().endswith(say("keys.is_revoked"))
    assert "partner vindel" in vindel
    assert vindel.strip().endswith(say("keys.valid"))
    with closing(state()) as found:
        assert found.access.key_of(secret) is None


def test_no_keys_yet() -> None:
    assert refused("keys", "list", "--data", "nowhere") == say("cli.no_data", folder="nowhere")
    assert refused("keys", "revoke", "1") == say("cli.no_data", folder="data")
    Path("data").mkdir()
    state().close()
    assert told("keys", "list").strip() == say("keys.empty")


def test_a_login_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_PUBLIC_URL", "https://rum.example")
    said, link = told("keys", "login", "Eva", "--role", "manager", "--hours", "3").splitlines()
    assert said == say("keys.link", label="Eva", role="manager", hours=3)
    assert link.startswith("https://rum.example/login/")
    with closing(state()) as found:
        used = found.access.use_link(link.rsplit("/", 1)[1], 0)
        assert used is not None
        assert (used.role, used.label) == ("manager", "Eva")


def test_a_display_link() -> None:
    said, link = told("keys", "display", "Entrén").splitlines()
    assert said == say("keys.display", label="Entrén", id=1)
    assert link.startswith("http://127.0.0.1:8080/display/")
    with closing(state()) as found:
        key = found.access.key_of(link.rsplit("/", 1)[1], "display")
        assert key is not None
        assert key.role == "viewer"


@pytest.mark.parametrize("command", ["create", "login"])
def test_the_partner_of_a_key(command: str) -> None:
    needed = say("keys.partner_needed", known="renen, vindel")
    assert refused("keys", command, "x", "--role", "partner") == needed
    assert refused("keys", command, "x", "--role", "partner", "--partner", "abc") == needed
    assert refused("keys", command, "x", "--partner", "vindel") == say("keys.partner_not")
    assert refused("keys", command, "x", "--role", "owner")
    assert not Path("data").exists()


def test_a_panels_token() -> None:
    said, token = told("keys", "panel", "luft").splitlines()
    assert said == say("keys.panel", device="luft", id=1)
    with closing(state()) as found:
        assert found.access.panel_of(token) == "luft"
    _, listed = told("keys", "list").splitlines()
    assert listed.split()[:4] == ["1", "luft", "panel", "luft"]
    told("keys", "revoke", "1")
    with closing(state()) as found:
        assert found.access.panel_of(token) is None


def test_a_panel_that_does_not_exist() -> None:
    wrong = say("keys.no_device", device="grannen", panels="-")
    assert refused("keys", "panel", "grannen") == wrong
    assert not Path("data").exists()
