"""A trial's settings: kept in its folder, for the commands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from telling import refused, told

from api.checkin_links import checkin_path
from rumskoll import demo_settings
from rumskoll.commands.common import say, settings_for
from rumskoll.commands.run import _with_trial
from rumskoll.settings import Settings

DATA = Path("data/demo")


def started(**given: object) -> Settings:
    """As ``rumskoll run --demo`` leaves it, on another port than it was told."""
    settings = _with_trial({"demo": True, "rooms": Path("rooms.yaml"), **given})
    settings = settings.model_copy(update={"port": 8291})
    demo_settings.keep(settings)
    return settings


def secret(settings: Settings) -> str:
    return settings.signing_secret.get_secret_value()


def test_the_next_start_signs_as_the_last() -> None:
    first = started()
    assert secret(first) == secret(started())
    assert demo_settings.file(DATA).stat().st_mode & 0o777 == 0o600
    assert not [*DATA.glob("*.new")]
    demo_settings.forget(DATA)
    demo_settings.forget(DATA)
    assert secret(first) != secret(started())


def test_a_secret_of_ones_own_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    started()
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", "correct horse battery staple, and more")
    assert secret(started()) == "correct horse battery staple, and more"
    assert secret(settings_for(data=DATA)) == "correct horse battery staple, and more"


def test_a_spoiled_file_is_no_secret() -> None:
    DATA.mkdir(parents=True)
    demo_settings.file(DATA).write_text("RUMSKOLL_SIGNING_SECRET=short\n")
    assert len(secret(started())) >= 32


def test_commands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = started()
    monkeypatch.chdir(tmp_path / "data")
    found = settings_for(data=Path("demo"))
    assert (found.demo, found.port, found.rooms) == (True, 8291, tmp_path / "rooms.yaml")
    assert found.contacts == tmp_path / "data/demo/demo-contacts.yaml"
    assert settings_for(data=Path("demo"), rooms=Path("mine.yaml")).rooms == Path("mine.yaml")
    monkeypatch.setenv("RUMSKOLL_PORT", "8300")
    assert settings_for(data=Path("demo")).port == 8300
    told("qr", "--data", "demo", "--out", "sheet.html")
    assert checkin_path(secret(settings), "granen") in Path("sheet.html").read_text()


def test_odd_characters_in_a_path() -> None:
    odd = Path("it's a \\ folder") / "rooms.yaml"
    started(rooms=odd)
    assert settings_for(data=DATA).rooms == odd.resolve()


def test_another_folder_knows_nothing_of_it() -> None:
    started()
    assert settings_for().demo is False
    assert refused("qr") == say("qr.no_address")
