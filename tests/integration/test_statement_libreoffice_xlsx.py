"""A statement's workbook, computed anew by LibreOffice: its formulas give what is printed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from api.statements.xlsx import workbook
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.view import of_partner
from rooms.texts import Language
from tests.unit.statement.examples import big, inputs, seal_of

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
Place = tuple[str, str]  # sheet, cell


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Workbook], Workbook]:
    """What LibreOffice makes of a workbook whose formulas have no stored values."""
    folder = tmp_path_factory.mktemp("office")

    def convert(book: Workbook) -> Workbook:
        given, out = folder / "given.xlsx", folder / "out"
        book.save(given)  # openpyxl writes formulas without their values
        command = [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(out), str(given)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        return openpyxl.load_workbook(Path(out) / "given.xlsx", data_only=True)

    return convert


def formulas(book: Workbook) -> Iterator[Place]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate


def issued() -> Statement:
    given = inputs()
    return compute(given, seal_of(given))


def crowd() -> Statement:
    given = big(rooms=12, partners=5)
    return compute(given, seal_of(given))


@pytest.mark.parametrize(
    ("made", "language"),
    [
        pytest.param(issued(), "sv", id="manager"),
        pytest.param(of_partner(issued(), "alfa"), "en", id="partner"),
        pytest.param(crowd(), "sv", id="crowd"),
    ],
)
def test_every_formula_gives_the_printed_number(
    computed: Callable[[Workbook], Workbook], made: Statement, language: Language
) -> None:
    content = workbook(made, language)
    printed = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    live = openpyxl.load_workbook(io.BytesIO(content))
    anew = computed(live)
    places = list(formulas(live))
    assert len(places) > 10
    for sheet, cell in places:
        value, told = anew[sheet][cell].value, printed[sheet][cell].value
        # a length of time is read as a timedelta, or as a datetime from its format
        if isinstance(told, int | float):
            assert round(value, 6) == round(told, 6), (sheet, cell)
        else:
            assert value == told, (sheet, cell)


def test_the_sums_are_live(computed: Callable[[Workbook], Workbook]) -> None:
    made = issued()
    live = openpyxl.load_workbook(io.BytesIO(workbook(made, "sv")))
    sheet = live["Sammanfattning"]
    sheet["F4"].value += 1  # a krona more of direct costs
    anew = computed(live)["Sammanfattning"]
    sums = 4 + len(made.totals)
    assert round(anew["H4"].value * 100) == made.totals[0].amount + 100
    assert round(anew[f"H{sums}"].value * 100) == made.total + 100
