"""Other agreements over past months: by hand, and that nothing comes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.statements.whatif import past_months, what_if
from api.statements.whatif_csv import table
from api.statements.whatif_plot import plot
from rooms.registry.agreement_file import parse_agreements
from rooms.registry.mistakes import RegistryError
from rooms.statement.inputs import AgreementInput, Before, Booked, Carry
from rooms.statement.registered import agreements_of
from rooms.statement.whatif import Line, Month, WhatIf, alone, compare, joined, with_agreements
from tests.issuing import H, Issuing
from tests.unit.statement.examples import AGREEMENTS, agreement, inputs

PROPOSED = """\
agreements:
  - id: by-use
    pool: hyra
    from: 2026-01-01
    capacity: 0
    shares: {norr: 1, skog: 1, vind: 1}
"""
# 10 000 by use alone, 2:1; as it is, half of it by shares 2:1:1
OCTOBER = (
    Line("norr", 583_333, 666_667),
    Line("skog", 291_667, 333_333),
    Line("vind", 125_000, 0),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Issuing]:
    house = Issuing(tmp_path)
    yield house
    house.close()


def by_use(pool: str = "hyra", until: date | None = None) -> AgreementInput:
    one = {"norr": Fraction(1), "skog": Fraction(1), "vind": Fraction(1)}
    return agreement("by-use", pool, capacity=Fraction(0), shares=one, until=until)


def kept(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as db:
        return list(db.iterdump())


# ---- computing


def test_by_hand(house: Issuing) -> None:
    outcome = what_if(house.statements, [by_use()], ["2026-10"])
    assert outcome.left_out == ()
    assert outcome.found.months == (Month("2026-10", OCTOBER),)
    assert outcome.found.sums == OCTOBER
    assert outcome.found.names["norr"] == "Norr AB"
    assert [line.difference for line in OCTOBER] == [83_334, 41_666, -125_000]


def test_nothing_is_issued_or_kept(house: Issuing, tmp_path: Path) -> None:
    house.statements.issue("2026-10", "åsa")
    house.fill("2026-09", {"norr": H})
    before = kept(tmp_path / "statements"), rows(tmp_path / "service.db")
    found = what_if(house.statements, [by_use()], ["2026-09", "2026-10"]).found
    assert [month.month for month in found.months] == ["2026-09", "2026-10"]
    assert (kept(tmp_path / "statements"), rows(tmp_path / "service.db")) == before


def test_an_issued_month_is_taken_as_it_was_issued(house: Issuing) -> None:
    house.statements.issue("2026-10", "åsa")
    house.fill("2026-10", {"vind": 9 * H})  # late data
    assert what_if(house.statements, [by_use()], ["2026-10"]).found.sums == OCTOBER


def test_months_that_cannot_be_computed_are_told(house: Issuing) -> None:
    house.fill("2025-12", {"norr": H})  # before the costs begin
    short = by_use(until=date(2026, 10, 20))
    told: list[int] = []
    outcome = what_if(house.statements, [short], ["2025-12", "2026-10"], told.append)
    assert outcome.found.months == ()
    assert [(one.month, one.why.key) for one in outcome.left_out] == [
        ("2025-12", "statement.block.no_costs"),
        ("2026-10", "statement.cannot.no_agreement"),
    ]
    assert all(one.why.text("sv") and one.why.text("en") for one in outcome.left_out)
    assert told == [1, 2]


def test_which_months(house: Issuing) -> None:
    for month in ("2026-08", "2026-09", "2026-11"):
        house.fill(month, {"norr": H})
    service = house.statements
    assert past_months(service, "2026-11") == ["2026-08", "2026-09", "2026-10"]
    assert past_months(service, "2026-11", most=2) == ["2026-09", "2026-10"]
    assert past_months(service, "2026-11", first="2026-09") == ["2026-09", "2026-10"]
    assert past_months(service, "2026-11", last="2026-08") == ["2026-08"]
    assert past_months(service, "2026-08") == []


# ---- the domain

PARTS = st.fractions(0, 1, max_denominator=20)
WEIGHTS = st.dictionaries(
    st.sampled_from(["alfa", "beta", "gamma", "delta"]),
    st.fractions(0, 9, max_denominator=4),
    min_size=1,
)


@given(PARTS, WEIGHTS, PARTS, st.booleans())
def test_the_same_agreement_makes_no_difference(
    capacity: Fraction, shares: dict[str, Fraction], no_show: Fraction, outside: bool
) -> None:
    changes = {"capacity": capacity, "no_show": no_show, "outside": outside}
    own = agreement("one", shares=dict(sorted(shares.items())), **changes)
    month = inputs(agreements=(own, AGREEMENTS[2]))
    other = msgspec.structs.replace(own, id="another")
    found = compare([(month, with_agreements(month, [other]))])
    assert {line.difference for line in found.sums} == {0}


@given(PARTS, WEIGHTS)
def test_the_whole_stays_the_same(capacity: Fraction, shares: dict[str, Fraction]) -> None:
    other = agreement("other", capacity=capacity, shares=dict(sorted(shares.items())))
    found = compare([(inputs(), with_agreements(inputs(), [other]))])
    assert sum(line.difference for line in found.sums) == 0


def test_only_the_pools_that_are_named_change() -> None:
    later = agreement("later", since=date(2026, 11, 1))
    other = agreement("other")
    held = with_agreements(inputs(), [later, other]).agreements
    assert held == (other, AGREEMENTS[2])


def test_what_other_months_left_is_not_counted() -> None:
    parts = (Booked("alfa", "rum", 100), Booked("beta", "rum", -100))
    moved = inputs(
        carries=(Carry("2026-09", 1, parts),),
        before=Before(2, 1, "", parts, ()),
        reason="late",
    )
    assert with_agreements(moved, AGREEMENTS) == inputs() == alone(moved)


def test_sums_over_months() -> None:
    one = WhatIf({"a": "A"}, (Month("2026-09", (Line("a", 1, 2),)),), ())
    two = WhatIf({"b": "B"}, (Month("2026-10", (Line("a", 10, 30), Line("b", 5, 0))),), ())
    found = joined([one, two])
    assert found.sums == (Line("a", 11, 32), Line("b", 5, 0))
    assert found.names == {"a": "A", "b": "B"}


# ---- what is written of it


def test_the_csv() -> None:
    lines = (Line("norr", 583_333, -50), Line("vind", 0, 0))
    found = WhatIf({"norr": "=Norr, AB"}, (Month("2026-10", lines),), lines)
    assert table(found).decode() == (
        "month,partner,name,as_is,as_proposed,difference\r\n"
        '2026-10,norr,"\'=Norr, AB",5833.33,-0.50,-5833.83\r\n'
        "2026-10,vind,vind,0.00,0.00,0.00\r\n"
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_bars_are_as_long_as_amounts(language: str) -> None:
    lines = (Line("a", 400, 200), Line("b", -100, 0))
    names = {"a": "</svg><script>", "b": "Bö & Co"}
    found = WhatIf(names, (Month("2026-10", lines),), lines)
    drawn = ElementTree.fromstring(plot(found, language))  # type: ignore[arg-type]
    bars = [
        (float(bar.get("x", "")), float(bar.get("width", "")))
        for bar in drawn.iter("{http://www.w3.org/2000/svg}rect")
    ][2:]
    unit = bars[0][1] / 4
    assert [round(width / unit, 1) for _, width in bars] == [4, 2, 1, 0]
    zero = bars[0][0]
    assert bars[2][0] == pytest.approx(zero - unit, abs=0.2)
    words = " ".join(drawn.itertext())
    assert names["a"] in words
    assert names["b"] in words


def test_a_plot_of_nothing() -> None:
    ElementTree.fromstring(plot(WhatIf({}, (), ()), "sv"))
    zeros = (Line("a", 0, 0),)
    ElementTree.fromstring(plot(WhatIf({}, (Month("2026-10", zeros),), zeros), "en"))


# ---- the file


def test_a_file_is_read_as_rooms_yaml_is(house: Issuing) -> None:
    (own,) = parse_agreements(PROPOSED, "a.yaml", house.registry)
    assert (own.pool, own.capacity, own.since) == ("hyra", "0", date(2026, 1, 1))
    assert len(agreements_of(house.registry, date(2026, 10, 1))) == 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "pool: hyra",
            "pool: hira",
            'a.yaml:3: agreements[0].pool: "hira" is not a pool here. Add it under pools or'
            ' correct the name. Did you mean "hyra"?',
        ),
        (
            "vind: 1",
            "wind: 1",
            'a.yaml:6: agreements[0].shares.wind: "wind" is not a partner here.'
            ' Did you mean "vind"?',
        ),
        (
            "capacity: 0",
            "capasity: 0",
            'a.yaml:5: agreements[0].capasity: "capasity" is not a known name here.'
            ' Did you mean "capacity"?',
        ),
        (
            "agreements:",
            "costs: []\nagreements:",
            'a.yaml:1: costs: "costs" is not a known name here.',
        ),
    ],
)
def test_mistakes_in_the_file(house: Issuing, old: str, new: str, line: str) -> None:
    with pytest.raises(RegistryError) as told:
        parse_agreements(PROPOSED.replace(old, new), "a.yaml", house.registry)
    assert line in told.value.lines("en")
