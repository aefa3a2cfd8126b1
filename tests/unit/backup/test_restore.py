"""A backup restored into empty folders gives the same numbers, and goes on from there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from rumskoll import wiring
from rumskoll.backup.archive import opened
from rumskoll.backup.make import make_backup
from rumskoll.backup.manifest import BackupError
from rumskoll.backup.restore import _TABLES, Restored, check_versions, restore
from tests.unit.backup.lively import (
    NOW,
    SECRET,
    Lively,
    answers,
    points_of,
    roll_up_anew,
    settings_of,
)


def silently(_key: str, _done: int, _total: int) -> None:
    pass


def back_up(house: Lively, to: Path, kind: Any = "full") -> Path:
    return make_backup(house.settings, to, kind, silently)


def restored(file: Path, folder: Path, **more: Any) -> Restored:
    with opened(file) as archive:
        check_versions(archive, file)
        archive.verify(silently)
        return restore(archive, file, settings_of(folder, **more), folder, silently)


USED = "utilisation?start=2026-10-01&end=2026-11-03&by=room"


def settled(body: Any) -> Any:
    """Without what says that some hours are to be computed again."""
    if isinstance(body, dict):
        marks = ("provisional", "provisional_from", "pending_hours")
        return {key: settled(value) for key, value in body.items() if key not in marks}
    return [settled(one) for one in body] if isinstance(body, list) else body


def test_every_number_is_the_same_also_after_computing_again(house: Lively, tmp_path: Path) -> None:
    file = back_up(house, tmp_path / "away")
    before, points = answers(house.settings), points_of(house.store)
    done = restored(file, tmp_path / "new")
    assert (done.refused, done.registry_wrong) == ({}, None)
    new = settings_of(tmp_path / "new")
    assert settled(answers(new)) == settled(before)
    with closing(wiring.store_of(new)) as store:
        assert points_of(store) == points
    # a week of what late messages may have touched, of two rooms
    assert roll_up_anew(new) >= 14
    assert roll_up_anew(house.settings) < 14
    after = answers(new)
    assert after == answers(house.settings)
    assert settled({USED: after[USED]}) == settled({USED: before[USED]})
    assert after["statements/verify"] == before["statements/verify"]
    assert after[USED]["total"]["sums"]["occupied_s"] == 295_200  # 41 mornings of 2 h, by hand


def test_what_lies_where(house: Lively, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RUMSKOLL_PORT=8081\n")
    (tmp_path / ".env").chmod(0o600)
    restored(back_up(house, tmp_path / "away"), tmp_path / "new")
    old, new = tmp_path / "old", tmp_path / "new"
    assert (new / "rooms.yaml").read_bytes() == (old / "rooms.yaml").read_bytes()
    assert (new / "contacts.yaml").read_bytes() == (old / "contacts.yaml").read_bytes()
    assert (new / ".env").read_text() == "RUMSKOLL_PORT=8081\n"
    assert (new / "secrets" / "signing_secret").read_text() == SECRET
    assert (new / "data" / "event.key").read_bytes() == (old / "data" / "event.key").read_bytes()
    secrets = ("secrets/signing_secret", "data/event.key", "data/service.db", ".env")
    assert {(new / name).stat().st_mode & 0o777 for name in secrets} == {0o600}
    assert (new / "broker" / "passwd").stat().st_mode & 0o777 == 0o640
    assert not (new / "data" / ".restoring").exists()
    statements = {p.relative_to(old) for p in (old / "data" / "statements").rglob("*.*")}
    assert {p.relative_to(new) for p in (new / "data" / "statements").rglob("*.*")} == {
        path for path in statements if path.name != ".lock"
    }


def test_passwords_come_back_where_init_puts_them(house: Lively, tmp_path: Path) -> None:
    given = {name: SecretStr(f"{name} å") for name in ("mqtt_password", "smtp_password")}
    house.settings = house.settings.model_copy(update=given)
    restored(back_up(house, tmp_path / "away", "light"), tmp_path / "new")
    found = {path.name: path for path in (tmp_path / "new" / "secrets").iterdir()}
    assert found.keys() == {"signing_secret", *given}
    assert found["mqtt_password"].read_text("utf-8") == "mqtt_password å"
    assert found["smtp_password"].stat().st_mode & 0o777 == 0o600


def test_what_waited_to_be_sent_is_dropped_and_open_faults_stay(
    house: Lively, tmp_path: Path
) -> None:
    done = restored(back_up(house, tmp_path / "away"), tmp_path / "new")
    assert done.dropped == (1, 1, 1)
    with closing(wiring.state_of(settings_of(tmp_path / "new"))) as state:
        assert state.alerts.waiting() == []
        assert state.alerts.on_their_way() == []
        assert state.statements.waiting() == []
        (mail,) = state.statements.mails(1)
        assert (mail.given_up, mail.failure) == (NOW, "restored")
        assert [fault.id for fault in state.faults.open()] == [
            fault.id for fault in house.state.faults.open()
        ]
        _, actor, action, _, detail = state.access.audit_trail(1)[0]
        assert (actor, action) == ("cli", "backup restored")
        assert detail == "dropped: alerts 1, deliveries 1, statement mails 1"


def test_a_light_one_restores_all_but_the_series(house: Lively, tmp_path: Path) -> None:
    file = back_up(house, tmp_path / "away", "light")
    assert file.name == "rumskoll-20261103T120000Z-light.tar"
    restored(file, tmp_path / "new")
    new = settings_of(tmp_path / "new")
    with closing(wiring.store_of(new)) as store, closing(wiring.state_of(new)) as state:
        assert not any(points_of(store).values())
        assert [one.number for one in state.statements.all()] == [1]
    assert not (tmp_path / "new" / "data" / "outbox.db").exists()


@pytest.mark.parametrize("there", ["data/service.db", "data/other", "rooms.yaml", "broker/passwd"])
def test_nothing_is_overwritten(house: Lively, tmp_path: Path, there: str) -> None:
    file = back_up(house, tmp_path / "away")
    path = tmp_path / "new" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(BackupError, match="never overwrites"):
        restored(file, tmp_path / "new")
    assert path.read_text() == "mine"
    assert [p for p in (tmp_path / "new").rglob("*") if p.is_file()] == [path]


def test_a_store_with_readings_is_refused(house: Lively, tmp_path: Path) -> None:
    file = back_up(house, tmp_path / "away")
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupError, match="has series already"):
        restored(file, tmp_path / "new", store=house.settings.store_url)
    with pytest.raises(BackupError, match="has series already"):  # nor the second time
        restored(file, tmp_path / "new", store=house.settings.store_url)


def test_one_that_was_broken_off_is_done_again(
    house: Lively, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = back_up(house, tmp_path / "away"), answers(house.settings)
    with monkeypatch.context() as patch:
        patch.setattr("rumskoll.backup.restore._settled", broken)
        with pytest.raises(KeyboardInterrupt):
            restored(file, tmp_path / "new")
    assert not (tmp_path / "new" / "data" / "service.db").exists()
    restored(file, tmp_path / "new")
    assert settled(answers(settings_of(tmp_path / "new"))) == settled(before)


def broken(*_: object) -> Any:
    raise KeyboardInterrupt


def test_a_newer_schema_is_refused(
    house: Lively, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = back_up(house, tmp_path / "away")
    monkeypatch.setitem(_TABLES, "service.db", 3)
    with pytest.raises(BackupError, match=r"newer version of Rumskoll \(service.db\)"):
        restored(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_mistake_in_rooms_yaml_does_not_keep_the_rest(house: Lively, tmp_path: Path) -> None:
    house.settings.rooms.write_text("id: [")
    done = restored(back_up(house, tmp_path / "away"), tmp_path / "new")
    assert done.registry_wrong is not None
    assert (tmp_path / "new" / "data" / "service.db").exists()
