"""CSV of a statement: the sums that an auditor makes of it come out."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction

import msgspec
import pytest

from api.statements.csv_files import intervals_csv, intervals_excel, lines_csv, lines_excel
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.inputs import Booked, Carry, Name, PartnerInput
from rooms.statement.view import of_partner
from tests.unit.statement.examples import PARTNERS, POOLS, ROOMS, inputs, seal_of

INJECTION = ["=1+1", "+46 70", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("x";"y")', 'a;b,"c"\nd']
CARRY = Carry("2026-09", 7, (Booked("alfa", "rum", 1234), Booked("beta", "rum", -1234)))


def statement(**changes: object) -> Statement:
    given = inputs(carries=(CARRY,), **changes)
    return compute(given, seal_of(given))


def machine(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def excel(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")  # else Excel spoils å, ä, ö
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_lines_add_up_as_they_say() -> None:
    made = statement()
    rows = machine(lines_csv(made))
    exact: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    rounded: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    used: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    amounts: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        key = row["pool"], row["partner"]
        if row["kind"] in {"capacity", "usage", "unattributed", "fixed", "credit", "rounding"}:
            exact[key] += Fraction(row["exact_fraction"])
            rounded[key] += Fraction(row["exact_ore"])
        if row["kind"] in {"usage", "room"}:
            used[key] += Fraction(row["exact_fraction"]) * (1 if row["kind"] == "usage" else -1)
        if row["amount_ore"]:
            amounts[row["kind"], *key] += int(row["amount_ore"])
            amounts[row["kind"], "partner", row["partner"]] += int(row["amount_ore"])
            amounts[row["kind"], "pool", row["pool"]] += int(row["amount_ore"])
    assert set(used.values()) == {0}
    for pool in made.pools:
        assert amounts["part", "pool", pool.id] == pool.total == amounts["cost", "pool", pool.id]
        for part in pool.parts:
            assert exact[pool.id, part.partner] == part.amount
            assert round(rounded[pool.id, part.partner], 6) == part.amount
    for total in made.totals:
        kinds = ("part", "direct", "carried")
        assert sum(amounts[kind, "partner", total.partner] for kind in kinds) == total.amount
        assert amounts["total", "", total.partner] == total.amount
    assert amounts["sum", "", ""] == made.total == 5_295_001  # 41 500 + 8 000.01 + 3 000 + 450


def test_excel_has_swedish_words_and_decimal_commas() -> None:
    rows = excel(lines_excel(statement()))
    direct = next(row for row in rows if row["Rad"] == "Egen kostnad")
    assert (direct["Belopp (kr)"], direct["Benämning"]) == ("450,00", "Passerkort")
    assert direct["Partnerns namn"] == "Region Västerbotten"
    carried = [row["Belopp (kr)"] for row in rows if row["Rad"] == "Från tidigare månad"]
    assert carried == ["12,34", "-12,34"]
    alfa = next(row for row in rows if row["Rad"] == "Fast del" and row["Partner"] == "alfa")
    # 15 days at 1/2 and 16 days at 1/3
    assert alfa["Andel"] == "0,41397849"
    assert not any("." in row["Exakt (kr)"] for row in rows)


def test_intervals() -> None:
    rows = machine(intervals_csv(statement()))
    first = rows[0]
    assert (first["kind"], first["room_name"], first["partner"]) == ("stay", "Björken", "alfa")
    assert first["start"] == "2026-10-01T08:00:00+02:00"
    assert first["end"] == "2026-10-01T10:00:00+02:00"
    assert (first["minutes"], first["seconds"]) == ("120.00000000", "7200")
    assert (first["evidence"], first["outside"]) == ("booking", "false")
    assert rows[1]["kind"] == "clash"
    assert (rows[1]["partner"], rows[1]["other"]) == ("alfa", "beta")
    late = next(row for row in rows if row["start"].startswith("2026-10-26"))
    assert late["start"] == "2026-10-26T08:00:00+01:00"  # winter time
    assert [row["seconds"] for row in rows if row["kind"] == "empty"] == ["7200", "3600"]
    nobody = [row["room"] for row in rows if row["evidence"] == "unattributed"]
    assert nobody == ["bjorken", "granen"]


def test_intervals_for_excel() -> None:
    rows = excel(intervals_excel(statement()))
    assert (rows[0]["Från"], rows[0]["Minuter"]) == ("2026-10-01 08:00:00", "120,00000000")
    assert (rows[0]["Visat genom"], rows[0]["Utanför öppettid"]) == ("bokning", "nej")
    assert len(rows) == 15  # 12 stays, 2 empty bookings, 1 clash


@pytest.mark.parametrize("name", INJECTION)
def test_names_never_become_formulas(name: str) -> None:
    both = Name(name, name)
    made = statement(
        partners=(PartnerInput("alfa", name, None, None), *PARTNERS[1:]),
        rooms=(msgspec.structs.replace(ROOMS[0], name=both), *ROOMS[1:]),
        pools=(msgspec.structs.replace(POOLS[0], name=both), *POOLS[1:]),
    )
    told = name if name.startswith("a") else f"'{name}"
    for rows in (machine(lines_csv(made)), machine(intervals_csv(made))):
        assert {row["partner_name"] for row in rows if row["partner"] == "alfa"} == {told}
        assert {row["room_name"] for row in rows if row["room"] == "bjorken"} == {told}
    for rows in (excel(lines_excel(made)), excel(intervals_excel(made))):
        assert {row["Partnerns namn"] for row in rows if row["Partner"] == "alfa"} == {told}


def test_a_partner_finds_itself_only() -> None:
    own = of_partner(statement(), "beta")
    for content in (lines_csv(own), lines_excel(own), intervals_csv(own), intervals_excel(own)):
        assert b"beta" in content
        assert "Älvdalens" not in content.decode()
        assert "Region" not in content.decode()
    rows = machine(lines_csv(own))
    assert {row["partner"] for row in rows} == {"", "beta"}
    totals = [row["amount_ore"] for row in rows if row["kind"] in {"total", "sum"}]
    assert totals == [str(own.totals[0].amount)] * 2


def test_drafts_have_files_too() -> None:
    rows = machine(lines_csv(compute(inputs())))
    assert {(row["statement"], row["state"]) for row in rows} == {("", "draft")}


HASHES = """
import hashlib
from tests.unit.statement.test_csv_files import statement
from api.statements.csv_files import intervals_csv, intervals_excel, lines_csv, lines_excel
from api.statements.json_file import statement_json
from api.statements.sie import voucher
for write in (lines_csv, lines_excel, intervals_csv, intervals_excel, statement_json, voucher):
    print(hashlib.sha256(write(statement())).hexdigest())
"""


def test_the_same_bytes_in_any_process() -> None:
    found = set()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "UTC", "sv_SE.UTF-8")):
        surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", HASHES],
            env=os.environ | surroundings,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().split()) == 6
