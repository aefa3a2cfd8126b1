"""No byte of any issued file changes unseen, and the file is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.statements.verify import Finding, verify
from tests.issuing import H, Issuing

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuing]:
    house = Issuing(tmp_path_factory.mktemp("house"))
    house.statements.issue("2026-10", "åsa")
    house.use("granen", "2026-10-07", {"vind": 5 * H})
    house.statements.issue("2026-10", "åsa", reason="Sena värden")
    assert verify(house.ledger) == []
    yield house
    house.close()


def found(house: Issuing) -> list[tuple[int, str, str]]:
    return [(one.number, one.file, one.key) for one in verify(house.ledger)]


def test_any_changed_byte_is_seen(house: Issuing) -> None:
    chance = random.Random(6)
    tried = 0
    for one in house.statements.issued():
        folder = house.ledger.folder / one.folder
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name, content = file.relative_to(folder).as_posix(), file.read_bytes()
            for at in positions(name, content, chance):
                changed = bytearray(content)
                changed[at] ^= 1 << chance.randrange(8)
                file.write_bytes(changed)
                assert found(house) == [(one.number, name, "changed")], (name, at)
                tried += 1
            file.write_bytes(content)
    assert verify(house.ledger) == []
    assert tried > 150


def positions(name: str, content: bytes, chance: random.Random) -> list[int]:
    """Those that matter most in the small files that hold the chain together."""
    if name == "SHA256SUMS":
        return list(range(0, len(content), 151))
    return sorted({0, len(content) - 1, chance.randrange(len(content))})


def test_cut_and_grown(house: Issuing) -> None:
    one = house.statements.issued()[0]
    for name in ("SHA256SUMS", "manifest.json", "inputs.json", "voucher.si", "statement.sv.pdf"):
        file = house.ledger.folder / one.folder / name
        content = file.read_bytes()
        for other in (b"", content[:-1], content + b"\n", content + content):
            file.write_bytes(other)
            assert found(house) == [(1, name, "changed")]
        file.unlink()
        assert found(house) == [(1, name, "missing")]
        file.write_bytes(content)


def test_a_file_too_many(house: Issuing) -> None:
    folder = house.ledger.folder / house.statements.issued()[1].folder
    for place in (folder, folder / "partners", folder / "partners" / "norr"):
        file = place / "note.txt"
        file.write_text("x")
        assert found(house) == [(2, file.relative_to(folder).as_posix(), "extra")]
        file.unlink()
    (house.ledger.folder / "letter.txt").write_text("x")
    assert found(house) == [(0, "letter.txt", "extra")]
    (house.ledger.folder / "letter.txt").unlink()


def test_a_renamed_file(house: Issuing) -> None:
    folder = house.ledger.folder / house.statements.issued()[0].folder
    (folder / "voucher.si").rename(folder / "voucher2.si")
    assert found(house) == [(1, "voucher.si", "missing"), (1, "voucher2.si", "extra")]
    (folder / "voucher2.si").rename(folder / "voucher.si")


def test_partners_files_swapped(house: Issuing) -> None:
    folder = house.ledger.folder / house.statements.issued()[0].folder / "partners"
    swap(folder / "norr" / "lines.csv", folder / "skog" / "lines.csv")
    assert found(house) == [
        (1, "partners/norr/lines.csv", "changed"),
        (1, "partners/skog/lines.csv", "changed"),
    ]
    swap(folder / "norr" / "lines.csv", folder / "skog" / "lines.csv")


def swap(one: Path, other: Path) -> None:
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def test_folders_swapped(house: Issuing) -> None:
    first, last = house.statements.issued()
    swap(house.ledger.folder / first.folder, house.ledger.folder / last.folder)
    files = {(number, file) for number, file, _ in found(house)}
    assert {(1, "SHA256SUMS"), (2, "SHA256SUMS")} <= files
    swap(house.ledger.folder / first.folder, house.ledger.folder / last.folder)


@pytest.mark.parametrize("index", [0, 1])
def test_a_removed_statement(house: Issuing, index: int) -> None:
    one = house.statements.issued()[index]
    folder = house.ledger.folder / one.folder
    folder.rename(house.ledger.folder.parent / "aside")
    assert found(house) == [(one.number, one.folder, "missing")]
    (house.ledger.folder.parent / "aside").rename(folder)


def test_a_renamed_folder(house: Issuing) -> None:
    one = house.statements.issued()[1]
    folder = house.ledger.folder / one.folder
    folder.rename(house.ledger.folder / "0003-2026-11-v1")
    assert found(house) == [(2, one.folder, "missing"), (3, "0003-2026-11-v1", "extra")]
    (house.ledger.folder / "0003-2026-11-v1").rename(folder)


@pytest.mark.parametrize(
    "change",
    ["author = 'bo'", "reason = ''", "issued = issued + 1", "head = 'x'", "month = '2026-09'"],
)
def test_a_changed_row(house: Issuing, change: str) -> None:
    rows = house.statements.issued()
    with house.state.transaction() as db:
        db.execute(f"UPDATE statement SET {change} WHERE number = 2")
    assert found(house) == [(2, "service.db", "row")]
    put_back(house, rows)


def test_a_changed_hash_in_the_row(house: Issuing) -> None:
    rows = house.statements.issued()
    with house.state.transaction() as db:
        db.execute("UPDATE statement SET sums = 'x' WHERE number = 1")
    assert (1, "service.db", "row") in found(house)
    put_back(house, rows)


def put_back(house: Issuing, rows: list) -> None:  # type: ignore[type-arg]
    with house.state.transaction() as db:
        db.execute("DELETE FROM statement")
    for row in rows:
        house.state.statements.put(row)
    assert verify(house.ledger) == []


def test_a_forged_statement_with_new_sums(house: Issuing) -> None:
    """Somebody rewrites a line and the list of hashes, and the row as well."""
    rows = house.statements.issued()
    forged = {"lines.csv": lambda content: content.replace(b"5", b"6")}
    forge(house, forged)
    files = [(number, file) for number, file, _ in found(house)]
    assert (1, "lines.csv") in files
    assert (2, "manifest.json") in files  # the next one knows better
    forge(house, {"lines.csv": lambda _: ORIGINAL["lines.csv"]})
    put_back(house, rows)


@pytest.mark.parametrize(
    ("was", "now", "file"),
    [
        (b'"room": "granen"', b'"room": "granet"', "inputs.json"),
        (b'"weight": "1"', b'"weight": "1/0"', "manifest.json"),
    ],
)
def test_forged_inputs_that_cannot_be_computed(
    house: Issuing, was: bytes, now: bytes, file: str
) -> None:
    rows = house.statements.issued()
    forge(house, {"inputs.json": lambda content: content.replace(was, now)})
    assert (1, file, "differs") in found(house)
    forge(house, {"inputs.json": lambda _: ORIGINAL["inputs.json"]})
    put_back(house, rows)


def test_a_linked_folder_does_not_belong(house: Issuing, tmp_path: Path) -> None:
    link = house.ledger.folder / house.statements.issued()[0].folder / "more"
    link.symlink_to(tmp_path, target_is_directory=True)
    assert found(house) == [(1, "more", "extra")]
    link.unlink()


ORIGINAL: dict[str, bytes] = {}


def forge(house: Issuing, files: dict[str, Callable[[bytes], bytes]]) -> None:
    import hashlib

    one = house.state.statements.all()[0]
    folder = house.ledger.folder / one.folder
    sums = (folder / "SHA256SUMS").read_text()
    for name, change in files.items():
        content = (folder / name).read_bytes()
        ORIGINAL.setdefault(name, content)
        (folder / name).write_bytes(change(content))
        was, now = (hashlib.sha256(x).hexdigest() for x in (content, change(content)))
        sums = sums.replace(was, now)
    (folder / "SHA256SUMS").write_text(sums)
    with house.state.transaction() as db:
        digest = hashlib.sha256(sums.encode()).hexdigest()
        db.execute("UPDATE statement SET sums = ? WHERE number = 1", (digest,))


def test_findings_have_words() -> None:
    one = Finding(7, "voucher.si", "differs", {"program": "Rumskoll 1"})
    assert one.text("sv").startswith("Nr 7, voucher.si: följer inte av")
    assert one.text("en").startswith("No. 7, voucher.si: does not follow")
