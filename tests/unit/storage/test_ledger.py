"""The folder of issued statements: whole or not at all, one series of numbers, one chain."""

from __future__ import annotations

import errno
import hashlib
import subprocess
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from rooms.statement.codec import encode
from rooms.statement.seal import Seal, sha256
from storage import ledger_files
from storage.ledger import Ledger, LedgerError, Turn
from storage.ledger_files import Place, read_sums, sums_bytes
from storage.state import Issued, ServiceState


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ServiceState]:
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


@pytest.fixture
def ledger(tmp_path: Path, state: ServiceState) -> Ledger:
    return Ledger(tmp_path / "statements", state, patience_s=0.05)


def files(turn: Turn, month: str, version: int, **more: bytes) -> list[tuple[str, bytes]]:
    inputs = encode({"reason": f"reason {turn.number}"})
    seal = Seal(turn.number, version, month, turn.previous, sha256(inputs), 77, "åsa", "R 1", {})
    own = [("partners/norr/lines.csv", b"1\r\n"), *more.items()]
    return [("inputs.json", inputs), ("manifest.json", encode(seal)), *own]


def issue(ledger: Ledger, month: str, version: int = 1, **more: bytes) -> Issued:
    with ledger.turn() as turn:
        return turn.keep(month, version, files(turn, month, version, **more))


def test_two_in_a_chain(ledger: Ledger, tmp_path: Path) -> None:
    first = issue(ledger, "2026-10", a=b"x")
    second = issue(ledger, "2026-11")
    assert ledger.issued() == [first, second]
    assert first._replace(sums="", head="") == Issued(
        1, "2026-10", 1, "0001-2026-10-v1", "", "", 77, "åsa", "reason 1"
    )
    assert second.folder == "0002-2026-11-v1"
    folder = tmp_path / "statements" / first.folder
    assert first.sums == hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert first.head == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert f'"previous": "{first.sums}"'.encode() in ledger.read(second, "manifest.json")
    assert ledger.read(first, "a") == b"x"
    assert list(ledger.files(first)) == [
        "a",
        "inputs.json",
        "manifest.json",
        "partners/norr/lines.csv",
    ]


def test_coreutils_read_the_sums(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "statements" / issue(ledger, "2026-10").folder
    check = ("sha256sum", "--check", "--strict", "SHA256SUMS")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    (folder / "partners/norr/lines.csv").write_bytes(b"2\r\n")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_issuing_is_in_the_audit_trail(ledger: Ledger, state: ServiceState) -> None:
    issue(ledger, "2026-10")
    with state.reading() as db:
        assert db.execute("SELECT at, actor, action, subject, detail FROM audit").fetchall() == [
            (77, "åsa", "statement issued", "statement 1", "2026-10 version 1: reason 1")
        ]


@pytest.mark.parametrize("path", ["b", "../service.db", "/etc/passwd", "", ".", "partners"])
def test_only_what_is_listed_is_read(ledger: Ledger, path: str) -> None:
    one = issue(ledger, "2026-10")
    with pytest.raises(KeyError):
        ledger.read(one, path)


@pytest.mark.parametrize("path", ["a", "SHA256SUMS", "manifest.json"])
def test_what_was_changed_is_not_read(ledger: Ledger, path: str) -> None:
    one = issue(ledger, "2026-10", a=b"x")
    (ledger.folder / one.folder / path).write_bytes(b"y")
    with pytest.raises(LedgerError) as caught:
        ledger.read(one, "a" if path == "SHA256SUMS" else path)
    assert caught.value.key == "statement.ledger.changed"
    assert path in caught.value.render("sv")


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "", "a//b", ".hidden", "SHA256SUMS", "å"])
def test_no_such_path_is_written(ledger: Ledger, path: str) -> None:
    with ledger.turn() as turn, pytest.raises(ValueError, match="not a path"):
        turn.keep("2026-10", 1, [*files(turn, "2026-10", 1), (path, b"")])
    assert [one.name for one in ledger.folder.iterdir()] == [".lock"]


def test_a_failing_writer_leaves_nothing(ledger: Ledger) -> None:
    def failing(turn: Turn) -> Iterator[tuple[str, bytes]]:
        yield from files(turn, "2026-10", 1)
        raise RuntimeError("no")

    with ledger.turn() as turn, pytest.raises(RuntimeError):
        turn.keep("2026-10", 1, failing(turn))
    assert [one.name for one in ledger.folder.iterdir()] == [".lock"]
    assert issue(ledger, "2026-10").number == 1


@pytest.mark.parametrize(
    ("where", "step"), [(Path, "write_bytes"), (ledger_files, "sync"), (Path, "rename")]
)
def test_a_full_disk_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, where: object, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with ledger.turn() as turn:
        monkeypatch.setattr(where, step, full)
        with pytest.raises(LedgerError) as caught:
            turn.keep("2026-10", 1, files(turn, "2026-10", 1))
    assert "No space left" in caught.value.render("en")
    assert [one.name for one in ledger.folder.iterdir()] == [".lock"]
    assert ledger.issued() == []


def test_a_folder_that_cannot_be_made(state: ServiceState, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError) as caught, Ledger(tmp_path / "file" / "s", state).turn():
        pass
    assert str(tmp_path / "file" / "s") in caught.value.render("sv")


# ---- rows follow folders


def test_a_row_that_was_left_out(ledger: Ledger, state: ServiceState) -> None:
    rows = [issue(ledger, "2026-10"), issue(ledger, "2026-10", 2)]
    with state.transaction() as db:
        db.execute("DELETE FROM statement WHERE number = 2")
    assert ledger.issued() == rows
    assert ledger.issued() == rows
    assert issue(ledger, "2026-11").number == 3


def test_a_row_is_made_up_for_before_the_next_number(ledger: Ledger, state: ServiceState) -> None:
    first = issue(ledger, "2026-10")
    with state.transaction() as db:
        db.execute("DELETE FROM statement")
    with ledger.turn() as turn:
        assert turn.issued == [first]
        assert (turn.number, turn.previous) == (2, first.sums)


def test_a_damaged_statement_that_no_row_knows_keeps_its_number(
    ledger: Ledger, state: ServiceState, tmp_path: Path
) -> None:
    """An older ``service.db`` was restored, and the disk had lost something as well."""
    one = issue(ledger, "2026-10")
    manifest = tmp_path / "statements" / one.folder / "manifest.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-1])
    with state.transaction() as db:
        db.execute("DELETE FROM statement")
    with pytest.raises(LedgerError) as caught:
        issue(ledger, "2026-11")
    assert one.folder in caught.value.render("sv")
    manifest.write_bytes(whole)
    assert issue(ledger, "2026-11").number == 2


def test_what_a_crash_left_is_tidied_away(ledger: Ledger) -> None:
    left = ledger.folder / ".new-0001-2026-10-v1" / "partners"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"h")
    assert ledger.issued() == []
    assert issue(ledger, "2026-10").number == 1
    assert not left.exists()


@pytest.mark.parametrize("name", ["0002-2026-11-v1", "0001-2026-10-v2", "0003-2026-10-v1"])
def test_a_renamed_folder_is_no_statement(ledger: Ledger, name: str) -> None:
    one = issue(ledger, "2026-10")
    (ledger.folder / one.folder).rename(ledger.folder / name)
    assert ledger.issued() == [one]


def test_while_another_issues(ledger: Ledger, state: ServiceState) -> None:
    other = Ledger(ledger.folder, state, patience_s=0.05)
    with ledger.turn() as turn:
        with pytest.raises(LedgerError) as caught, other.turn():
            pass
        assert caught.value.key == "statement.ledger.busy"
        turn.keep("2026-10", 1, files(turn, "2026-10", 1))
    assert issue(other, "2026-11").number == 2


def test_many_at_once_take_different_numbers(ledger: Ledger, state: ServiceState) -> None:
    patient = Ledger(ledger.folder, state, patience_s=30)
    months = [f"2026-{month:02}" for month in range(1, 9)]
    threads = [threading.Thread(target=issue, args=(patient, month)) for month in months]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    issued = ledger.issued()
    assert [one.number for one in issued] == list(range(1, 9))
    assert {one.month for one in issued} == {*months}
    for before, one in pairwise(issued):
        assert before.sums.encode() in ledger.read(one, "manifest.json")


# ---- names and sums


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("0007-2026-10-v2", Place(7, "2026-10", 2)),
        ("12345-2026-01-v10", Place(12345, "2026-01", 10)),
        ("7-2026-10-v2", None),
        ("00007-2026-10-v2", None),
        ("0007-2026-13-v2", None),
        ("0007-2026-10-v0", None),
        ("0007-2026-10-v2 ", None),
        ("٠٠٠٧-2026-10-v2", None),
    ],
)
def test_names_of_folders(name: str, place: Place | None) -> None:
    assert Place.of(name) == place


A, B = "a" * 64, "b" * 64


def test_sums_there_and_back() -> None:
    assert sums_bytes({"b/c": B, "a": A}) == f"{A}  a\n{B}  b/c\n".encode()
    assert read_sums(f"{A}  a\n{B}  b/c\n".encode()) == {"a": A, "b/c": B}


@pytest.mark.parametrize(
    "content",
    [
        f"{B}  b\n{A}  a\n",
        f"{A}  a\n{A}  a\n",
        f"{A}  a",
        f"{A} a\n",
        f"{A.upper()}  a\n",
        f"{A}  ../a\n",
        f"{A}  a\n\n",
        f"{A}  å\n",
    ],
)
def test_what_is_no_list_of_sums(content: str) -> None:
    with pytest.raises(ValueError):
        read_sums(content.encode())
