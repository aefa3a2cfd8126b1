"""Statements that are newer than a restored backup are taken in, in one chain or not at all."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from api.statements.verify import verify
from rumskoll import wiring
from rumskoll.backup.found import statements_in_file
from rumskoll.backup.manifest import BackupError
from rumskoll.settings import Settings
from storage.ledger import Ledger, LedgerError
from storage.ledger_adopt import adopt
from storage.state import Issued
from tests.unit.backup.lively import NOW, Lively, issue, roll_up_anew, settings_of
from tests.unit.backup.test_restore import back_up, restored


@pytest.fixture
def new(house: Lively, tmp_path: Path) -> Settings:
    """Restored from a backup with statement 1; meanwhile 2 and 3 were issued."""
    restored(back_up(house, tmp_path / "away"), tmp_path / "new")
    for amount in ("11 000,00", "12 000,00"):
        issue(house.settings, house.state, house.store, amount)
    return settings_of(tmp_path / "new")


def statements(house: Lively) -> Path:
    return house.settings.data / "statements"


def adopted(settings: Settings, file: Path) -> list[Issued]:
    with closing(wiring.state_of(settings)) as state, statements_in_file(file) as found:
        ledger = Ledger(settings.data / "statements", state, patience_s=0)
        done = adopt(ledger, found, NOW, "cli")
        assert verify(ledger) == []
        return done


def of_light_backup(house: Lively, tmp_path: Path) -> Path:
    return back_up(house, tmp_path / "light", "light")


def of_the_folder(house: Lively, tmp_path: Path) -> Path:
    return statements(house)


def of_the_data_folder(house: Lively, tmp_path: Path) -> Path:
    return house.settings.data


def of_a_zip(house: Lively, tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for path in statements(house).rglob("*"):
            archive.write(path, path.relative_to(statements(house)))
    return tmp_path / "x.zip"


def of_a_packed_tar(house: Lively, tmp_path: Path) -> Path:
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        archive.add(statements(house), "somewhere/else")
    return tmp_path / "x.tar.gz"


@pytest.mark.parametrize(
    "source",
    [of_light_backup, of_the_folder, of_the_data_folder, of_a_zip, of_a_packed_tar],
)
def test_from(
    house: Lively, new: Settings, tmp_path: Path, source: Callable[[Lively, Path], Path]
) -> None:
    file = source(house, tmp_path)
    done = adopted(new, file)
    own = house.state.statements.all()
    assert done == own[1:]
    with closing(wiring.state_of(new)) as state:
        assert state.statements.all() == own
        actions = [(action, subject) for _, _, action, subject, _ in state.access.audit_trail(4)]
    assert ("statement adopted", "statement 3") in actions
    assert adopted(new, file) == []
    for path in statements(house).rglob("*"):
        if path.is_file() and path.name != ".lock":
            copy = new.data / "statements" / path.relative_to(statements(house))
            assert copy.read_bytes() == path.read_bytes()


def test_one_by_one_and_with_a_gap(house: Lively, new: Settings) -> None:
    _, second, third = sorted(p for p in statements(house).iterdir() if p.is_dir())
    with pytest.raises(LedgerError, match="number 2 is missing"):
        adopted(new, third)
    assert [one.number for one in adopted(new, second)] == [2]
    assert [one.number for one in adopted(new, third)] == [3]


def test_one_that_was_changed(house: Lively, new: Settings, tmp_path: Path) -> None:
    copy = shutil.copytree(statements(house), tmp_path / "copy")
    third = max(p for p in copy.iterdir() if p.is_dir())
    file = third / "statement.json"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(LedgerError, match=r"statement\.json is not as it was issued"):
        adopted(new, copy)
    file.unlink()
    with pytest.raises(LedgerError, match=r"statement\.json is not as it was issued"):
        adopted(new, copy)
    (third / "SHA256SUMS").unlink()
    with pytest.raises(LedgerError, match="is no whole statement"):
        adopted(new, copy)
    with closing(wiring.state_of(new)) as state:
        assert [one.number for one in state.statements.all()] == [1], "not even the good one"


def test_two_chains(house: Lively, new: Settings, tmp_path: Path) -> None:
    roll_up_anew(new)
    with closing(wiring.state_of(new)) as state, closing(wiring.store_of(new)) as store:
        issue(new, state, store, "13 000,00")
    with pytest.raises(LedgerError, match="another statement than the one that has its number"):
        adopted(new, statements(house))
    third = max(p for p in statements(house).iterdir() if p.is_dir())
    with pytest.raises(LedgerError, match="does not follow the last statement"):
        adopted(new, third)


def test_nothing_to_adopt(new: Settings, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"no archive")
    with pytest.raises(BackupError, match="cannot be read as a backup"):
        adopted(new, tmp_path / "x.tar")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BackupError, match="no issued statements"):
        adopted(new, tmp_path / "empty")
    with pytest.raises(FileNotFoundError):
        adopted(new, tmp_path / "none")
