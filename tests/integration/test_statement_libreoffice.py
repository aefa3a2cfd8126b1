"""A statement's CSV, opened by LibreOffice: its sums are the statement's."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import msgspec
import openpyxl
import pytest

from api.statements.csv_files import intervals_excel, lines_csv, lines_excel
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.inputs import PartnerInput
from tests.unit.statement.examples import PARTNERS, inputs, seal_of

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
# separator, text mark ", UTF-8, from line 1, columns as they are, language (LCID)
SWEDISH = "Text - txt - csv (StarCalc):59,34,76,1,,1053"
MACHINE = "Text - txt - csv (StarCalc):44,34,76,1,,1033"
Rows = list[dict[str, Any]]
Opened = Callable[[bytes, str], Rows]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Opens a CSV file as a spreadsheet, saves that, and tells its cells by column."""
    folder = tmp_path_factory.mktemp("office")

    def convert(content: bytes, how: str) -> Rows:
        (folder / "file.csv").write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [
                *("soffice", profile, "--headless", f"--infilter={how}"),
                *("--convert-to", "xlsx", "--outdir", str(folder), str(folder / "file.csv")),
            ],
            check=True,
            capture_output=True,
            timeout=100,
        )
        sheet = openpyxl.load_workbook(folder / "file.xlsx").active
        assert sheet is not None
        names, *rows = sheet.iter_rows()
        return [
            {str(name.value): cell.value for name, cell in zip(names, row, strict=True)}
            for row in rows
        ]

    return convert


def hostile() -> Statement:
    named = (PartnerInput("alfa", "=1+1", None, None), *PARTNERS[1:])
    changed = msgspec.structs.replace(PARTNERS[1], name='@SUM(A1);"x", å')
    given = inputs(partners=(named[0], changed, PARTNERS[2]))
    return compute(given, seal_of(given))


@pytest.mark.parametrize("write", [lines_excel, lines_csv])
def test_lines_sum_to_the_same_totals(opened: Opened, write: Callable[..., bytes]) -> None:
    made = hostile()
    if write is lines_excel:
        rows, unit = opened(write(made), SWEDISH), 100
        kind, partner, pool, amount, exact = "Rad", "Partner", "Pool", "Belopp (kr)", "Exakt (kr)"
        words = ("Del av poolen", "Egen kostnad", "Att betala", "därav rum")
        name = "Partnerns namn"
    else:
        rows, unit = opened(write(made), MACHINE), 1
        kind, partner, pool, amount, exact = "kind", "partner", "pool", "amount_ore", "exact_ore"
        words = ("part", "direct", "total", "room")
        name = "partner_name"
    part, direct, total, room = words
    owed: defaultdict[str, float] = defaultdict(float)
    pools: defaultdict[str, float] = defaultdict(float)
    parts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        if row[kind] in (part, direct):
            owed[row[partner]] += row[amount] * unit
        if row[kind] == part:
            pools[row[pool]] += row[amount] * unit
        elif row[partner] and row[exact] is not None and row[kind] != room:
            parts[row[pool], row[partner]] += row[exact] * unit
    totals = {row[partner]: row[amount] * unit for row in rows if row[kind] == total}
    expected = {one.partner: one.amount for one in made.totals}
    assert {key: round(value, 4) for key, value in owed.items()} == expected
    assert {key: round(value, 4) for key, value in totals.items()} == expected
    assert {key: round(value, 4) for key, value in pools.items()} == {
        one.id: one.total for one in made.pools
    }
    assert {key: round(value, 4) for key, value in parts.items()} == {
        (line.id, one.partner): one.amount for line in made.pools for one in line.parts
    }
    names = {row[partner]: row[name] for row in rows if row[partner]}
    assert names["alfa"] == "'=1+1"  # text, and no 2
    assert names["beta"] == '\'@SUM(A1);"x", å'


def test_intervals_are_times_and_minutes(opened: Opened) -> None:
    made = hostile()
    rows = opened(intervals_excel(made), SWEDISH)
    assert str(rows[0]["Från"]) == "2026-10-01 08:00:00"
    used = [row["Minuter"] for row in rows if row["Rad"] == "Använt"]
    assert round(sum(used) * 60, 3) == sum(one.stop - one.start for one in made.stays) / 1000
