"""Drafting, issuing, replacing: over a small house with real files, amounts worked out by hand.

The pool is 10 000 kr, half by shares (norr 2, skog 1, vind 1), half by use.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.statements.drafting import CannotIssue
from api.statements.service import NoStatement
from rooms.statement.document import Statement
from rooms.statement.inputs import Override
from rooms.units import DAY_MS, HOUR_MS
from storage.ledger import LedgerError
from tests.issuing import HOUSE, H, Issuing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Issuing]:
    house = Issuing(tmp_path)
    yield house
    house.close()


def amounts(statement: Statement | None) -> dict[str, int]:
    assert statement is not None
    return {total.partner: total.amount for total in statement.totals}


def blocks(house: Issuing, month: str = "2026-10", **given: object) -> list[str]:
    return [one.key for one in house.statements.draft(month, **given).blocks]  # type: ignore[arg-type]


# 5 000 by shares: 2 500, 1 250, 1 250; 5 000 by use 2:1: 3 333.33 and 1 666.67
OCTOBER = {"norr": 583_333, "skog": 291_667, "vind": 125_000}


def test_a_draft(house: Issuing) -> None:
    draft = house.statements.draft("2026-10")
    assert amounts(draft.statement) == OCTOBER
    assert (draft.blocks, draft.pending) == ((), 0)
    assert draft.statement is not None
    assert draft.statement.head.state == "draft"
    assert draft.statement.head.program == "Rumskoll 0.1.0"


def test_issued(house: Issuing) -> None:
    one = house.statements.issue("2026-10", "åsa")
    assert (one.number, one.month, one.version, one.author) == (1, "2026-10", 1, "åsa")
    assert house.statements.issued() == [one]
    statement = house.statements.statement(1)
    assert amounts(statement) == OCTOBER
    assert statement.head.number == 1
    assert statement.head.seal == one.head
    assert statement.head.state == "issued"


def test_what_a_partner_gets(house: Issuing) -> None:
    house.statements.issue("2026-10", "åsa")
    own = house.statements.statement(1, "skog")
    assert own.partner == "skog"
    assert amounts(own) == {"skog": 291_667}
    everybody = house.statements.files(1)
    theirs = house.statements.files(1, "skog")
    assert {f"partners/skog/{path}" for path in theirs} < {*everybody}
    assert "voucher.si" in everybody
    assert "voucher.si" not in theirs
    assert "inputs.json" not in theirs
    for path in theirs:
        content = house.statements.file(1, path, "skog")
        assert content == house.statements.file(1, f"partners/skog/{path}")
        if path.endswith((".json", ".csv")):
            assert b"norr" not in content.lower()


@pytest.mark.parametrize(
    ("path", "partner"),
    [
        ("../norr/lines.csv", "skog"),
        ("../../inputs.json", "skog"),
        ("partners/skog/lines.csv", "skog"),
        ("inputs.json", "skog"),
        ("lines.csv", ""),
        ("lines.csv", "."),
        ("lines.csv", ".."),
        ("lines.csv", "skog/../norr"),
        ("norr/lines.csv", ""),
        ("/etc/passwd", None),
        ("../../service.db", None),
        ("SHA256SUMS/", None),
        ("\0", None),
        ("", None),
    ],
)
def test_files_that_nobody_gets(house: Issuing, path: str, partner: str | None) -> None:
    house.statements.issue("2026-10", "åsa")
    with pytest.raises(NoStatement):
        house.statements.file(1, path, partner)


def test_numbers_and_partners_that_there_are_not(house: Issuing) -> None:
    house.statements.issue("2026-10", "åsa")
    for number, partner in ((0, None), (2, None), (-1, None), (1, "nobody"), (1, "../..")):
        with pytest.raises(NoStatement):
            house.statements.statement(number, partner)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "../2026", "2026-10\n", "", "2026-00"])
def test_months_that_are_none(house: Issuing, month: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        house.statements.draft(month)
    with pytest.raises(ValueError, match="not a month"):
        house.statements.issue(month, "åsa")


def test_months(house: Issuing) -> None:
    assert house.statements.months() == ["2026-10"]
    house.fill("2026-09", {})
    assert house.statements.months() == ["2026-09", "2026-10"]


# ---- what stands against it


def test_a_month_that_runs(tmp_path: Path) -> None:
    house = Issuing(tmp_path, "2026-10-31 12:00")
    assert blocks(house) == ["statement.block.running"]
    with pytest.raises(CannotIssue) as caught:
        house.statements.issue("2026-10", "åsa")
    assert "2026-10" in str(caught.value)
    assert house.statements.issued() == []
    house.close()


def test_hours_to_compute(house: Issuing) -> None:
    house.state.dirty.mark([("granen", house.now - 100 * HOUR_MS)])
    draft = house.statements.draft("2026-10")
    assert draft.pending == 1
    assert [one.key for one in draft.blocks] == ["statement.block.pending"]


def test_no_costs(house: Issuing) -> None:
    house.change(costs=[])
    assert blocks(house) == ["statement.block.no_costs"]


def test_no_agreement(house: Issuing) -> None:
    agreement = HOUSE["agreements"][0] | {"from": "2026-10-05"}
    house.change(agreements=[agreement])
    draft = house.statements.draft("2026-10")
    assert draft.statement is None
    (block,) = draft.blocks
    assert block.key.startswith("statement.cannot.")
    assert "hyra" in block.text("sv")


def test_too_little_known_needs_a_reason(house: Issuing) -> None:
    for day in range(1, 11):
        house.use("tallen", f"2026-10-{day:02}", {}, known_s=0)
    (block,) = house.statements.draft("2026-10").blocks
    assert block.key == "statement.block.gate"
    assert "Tallen" in block.text("sv")
    assert blocks(house, overrides={"tallen": "  "}) == ["statement.block.gate"]
    why = {"tallen": " Sensorn var trasig. "}
    house.statements.issue("2026-10", "åsa", overrides=why)
    assert house.statements.draft("2026-10").inputs.overrides == (
        Override("tallen", "Sensorn var trasig."),
    )
    assert blocks(house) == ["statement.block.unchanged"]  # the reason holds


def test_a_reason_for_no_room(house: Issuing) -> None:
    assert blocks(house, overrides={"okänt": "x"}) == ["statement.block.unknown_room"]


def test_nothing_new(house: Issuing) -> None:
    house.statements.issue("2026-10", "åsa")
    assert blocks(house, reason="därför") == ["statement.block.unchanged"]
    with pytest.raises(CannotIssue):
        house.statements.issue("2026-10", "åsa", reason="därför")
    assert len(house.statements.issued()) == 1


def test_a_folder_that_cannot_be_written(house: Issuing) -> None:
    house.ledger.folder.parent.joinpath("statements").write_text("in the way")
    with pytest.raises(LedgerError) as caught:
        house.statements.issue("2026-10", "åsa")
    assert "statements" in caught.value.render("sv")


def test_a_changed_statement_stops_issuing_and_says_which(house: Issuing) -> None:
    one = house.statements.issue("2026-10", "åsa")
    (house.ledger.folder / one.folder / "inputs.json").write_bytes(b"{}")
    house.fill("2026-11", {"norr": H})
    house.now += 40 * DAY_MS
    statements = house.fresh()
    draft = statements.draft("2026-11")
    (block,) = draft.blocks
    assert draft.statement is not None
    assert "inputs.json" in block.text("sv")
    assert statements.newer() == []
