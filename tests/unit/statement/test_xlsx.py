"""The workbook: sums are formulas whose stored values are the printed numbers; text is text."""

from __future__ import annotations

import io

import msgspec
import pytest
from openpyxl import load_workbook

from api.statements.xlsx import workbook
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.view import of_partner
from tests.unit.statement.examples import inputs, seal_of


def issued() -> Statement:
    given = inputs()
    return compute(given, seal_of(given))


def test_cached_sums_are_the_printed_totals() -> None:
    statement = issued()
    content = workbook(statement, "sv")
    values = load_workbook(io.BytesIO(content), data_only=True)["Sammanfattning"]
    formulas = load_workbook(io.BytesIO(content))["Sammanfattning"]
    last = 4 + len(statement.totals)
    assert formulas.cell(last, 8).value == f"=SUM(H4:H{last - 1})"
    assert round(values.cell(last, 8).value * 100) == statement.total
    for row, total in enumerate(statement.totals, 4):
        assert formulas.cell(row, 8).value == f"=SUM(E{row}:G{row})"
        assert round(values.cell(row, 8).value * 100) == total.amount


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://a.se", "12"])
def test_injected_text_stays_text(name: str) -> None:
    given = inputs()
    first = msgspec.structs.replace(given.partners[0], name=name)
    given = msgspec.structs.replace(given, partners=(first, *given.partners[1:]))
    content = workbook(of_partner(compute(given, seal_of(given)), first.id), "en")
    assert b"<f>1+1</f>" not in content
    cell = load_workbook(io.BytesIO(content))["Summary"]["A4"]
    assert (cell.value, cell.hyperlink) == (name, None)


def test_intervals_stand_in_local_time_and_bytes_repeat() -> None:
    content = workbook(issued(), "sv")
    assert content == workbook(issued(), "sv")
    rows = list(load_workbook(io.BytesIO(content), data_only=True)["Intervall"].values)[3:]
    # Björken, 1 October, 08:00 to 10:00 Swedish summer time
    assert any(
        str(row[2]) == "2026-10-01 08:00:00" and str(row[3])[11:16] == "10:00" for row in rows
    )
