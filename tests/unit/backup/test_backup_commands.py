"""``rumskoll backup``, ``restore`` and ``statement adopt`` as a person calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooms.texts import text
from rumskoll.backup.make import COVERED, MADE
from rumskoll.commands.common import say
from rumskoll.doctor.backup import check_backup
from tests.unit.backup.lively import NOW, Lively, answers, issue, settings_of
from tests.unit.backup.test_restore import back_up, settled
from tests.unit.rumskoll.telling import refused, rumskoll, told

NAME = "rumskoll-20261103T120000Z.tar"


@pytest.fixture(autouse=True)
def _here(house: Lively, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(house.settings.rooms.parent)


def test_there_and_back(house: Lively, tmp_path: Path) -> None:
    assert NAME in told("backup", "--to", str(tmp_path / "away"))
    file = str(tmp_path / "away" / NAME)
    before = answers(house.settings)
    assert "Rumskoll" in told("restore", file, "--check")
    new = tmp_path / "new"
    result = rumskoll("restore", file, "--data", str(new / "data"), "--config", str(new))
    assert result.exit_code == 0
    assert say("restore.dropped", alerts=1, deliveries=1, mails=1) in result.stdout
    assert settled(answers(settings_of(new))) == settled(before)
    issue(house.settings, house.state, house.store, "11 000,00")
    told("backup", "--light", "--to", str(tmp_path / "light"))
    (light,) = (tmp_path / "light").iterdir()
    adopted = told("statement", "adopt", str(light), "--data", str(new / "data"))
    (_, second) = house.state.statements.all()
    line = say("statement.adopt.done", number=2, month="2026-10", head=second.head)
    assert adopted.splitlines() == [line, say("statement.adopt.mail")]
    again = told("statement", "adopt", str(light), "--data", str(new / "data"))
    assert again.strip() == say("statement.adopt.nothing_new", file=light)


def test_one_where_backups_belong_is_noted(
    house: Lively, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told("backup", "--to", str(tmp_path / "elsewhere"))
    assert house.state.live.cursor(MADE) == 0
    monkeypatch.setenv("RUMSKOLL_BACKUP", str(tmp_path / "away"))
    told("backup", "--light")
    assert (house.state.live.cursor(MADE), house.state.live.cursor(COVERED)) == (0, 1)
    told("backup")
    assert (house.state.live.cursor(MADE), house.state.live.cursor(COVERED)) == (NOW, 1)


def test_mistakes(house: Lively, tmp_path: Path) -> None:
    assert refused("backup") == say("backup.no_place")
    inside = refused("backup", "--to", "data/backups")
    assert inside == say("backup.inside", folder="data/backups", data="data")
    assert refused("backup", "--data", "none", "--to", "x") == say("cli.no_data", folder="none")
    (tmp_path / "x.tar").write_text("no archive")
    file = tmp_path / "x.tar"
    assert refused("restore", str(file)) == say("backup.no_backup", file=file)
    assert "none.tar" in refused("restore", "none.tar")
    told("backup", "--to", str(tmp_path / "away"))
    filled = refused("restore", str(tmp_path / "away" / NAME))
    assert filled == say("restore.data_filled", folder="data")


def test_readings_do_not_go_where_nobody_will_look(house: Lively, tmp_path: Path) -> None:
    """An empty machine has no settings yet; those in the backup will be its own."""
    url = "http://influx.example:8086"
    Path(".env").write_text(f"RUMSKOLL_STORE='{url}'\n")
    file = str(back_up(house, tmp_path / "away"))
    Path(".env").unlink()
    new = tmp_path / "new"
    into = ("restore", file, "--data", str(new / "data"), "--config", str(new))
    store = f"sqlite:{new / 'data' / 'store.db'}"
    assert refused(*into) == say("restore.other_store", before=url, now=store)
    assert not new.exists()
    rumskoll(*into, "--store", store)
    assert settled(answers(settings_of(new))) == settled(answers(house.settings))


def found(house: Lively, now: int = NOW) -> list[tuple[str, str]]:
    """State and English line of what doctor says."""
    return [(c.state, c.line("en")) for c in check_backup(house.settings, lambda: now)]


def test_doctor(house: Lively, tmp_path: Path) -> None:
    assert found(house) == []  # a trial needs none
    house.settings = house.settings.model_copy(update={"demo": False})
    ((state, line),) = found(house)
    assert (state, line.split(".")[0]) == ("warn", "none is made")
    away = tmp_path / "away"
    house.settings = house.settings.model_copy(update={"backup": away})
    same, first = found(house)
    assert same == ("warn", say_en("backup_same_disk", folder=away))
    assert first == ("warn", say_en("backup_first"))
    house.state.live.set_cursor(MADE, NOW)
    assert [state for state, _ in found(house, NOW + 1)] == ["warn", "ok"]
    _, (state, line) = found(house, NOW + 2 * 86_400_000 + 1)
    assert (state, line.split(" of ")[0]) == ("warn", "the last one is")
    (tmp_path / "file").touch()
    house.settings = house.settings.model_copy(update={"backup": tmp_path / "file"})
    ((state, line),) = found(house)
    assert state == "fail"
    assert "not writable" in line


def say_en(key: str, **values: object) -> str:
    return text("en", f"doctor.{key}", **values)
