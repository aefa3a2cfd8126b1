"""The worked example of the documentation, computed again from its own text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from rooms.statement.compute import compute
from rooms.statement.inputs import (
    NOBODY,
    AgreementInput,
    CostInput,
    Inputs,
    Name,
    PartnerDay,
    PartnerInput,
    PoolInput,
    RoomDay,
    RoomInput,
    SiteInput,
)

DOCS = Path(__file__).resolve().parents[3] / "docs"
FIRST, CHANGE, DAYS = date(2026, 11, 1), date(2026, 11, 16), 30
HOUR = 3600
PARTNERS = ("Norrsken", "Skogstek", "Vindel")
WHAT = {
    "använt": "booking_s",
    "used": "booking_s",
    "bokat men tomt": "no_show_s",
    "booked but empty": "no_show_s",
    "trasig utrustning": "lost_s",
    "equipment broken": "lost_s",
}
ROOMS = {"Granen": Fraction(1), "Vindelälven": Fraction(2)}

Row = list[str]


class Page(NamedTuple):
    """The tables of a page without their heads."""

    language: str
    costs: list[Row]
    shares: list[Row]
    measured: list[Row]
    result: list[Row]

    def number(self, cell: str) -> Fraction:
        """``50 000,00`` in Swedish, ``50,000.00`` in English; a dash is none at all."""
        plain = cell.replace("−", "-").replace(" ", "")
        plain = plain.replace(",", ".") if self.language == "sv" else plain.replace(",", "")
        return Fraction(0 if plain == "–" else plain)


@pytest.fixture(params=["sv", "en"])
def page(request: pytest.FixtureRequest) -> Page:
    text = (DOCS / request.param / "statement-example.md").read_text("utf-8")
    tables: list[list[Row]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip(" *") for cell in line.strip("|").split("|")])
        elif tables[-1]:
            tables.append([])
    found = [table for table in tables if table]
    for table, before in zip(found[1:], (1, 3, 1), strict=True):
        assert table[0][before : before + 3] == [*PARTNERS]
    costs, shares, measured, result = (table[2:] for table in found)
    return Page(request.param, costs, shares, measured, result)


def inputs(page: Page) -> Inputs:
    """What the page tells; all of a half month's use on its first day, which changes nothing."""
    costs = [
        CostInput(
            f"cost-{n}", "huset", Name(name, name), pool, partner, int(amount), "25", "5010", None
        )
        for n, (name, bearer, cell) in enumerate(page.costs)
        for pool, partner in [(None, bearer.lower()) if bearer in PARTNERS else ("rum", None)]
        for amount in [page.number(cell) * 100]
    ]
    return Inputs(
        schema=1,
        metrics="1",
        month="2026-11",
        until=1_796_079_600_000,
        complete=True,
        registry="",
        sites=(SiteInput("huset", Name("Huset", "Huset"), "Europe/Stockholm", 1_793_487_600_000,
                         1_796_079_600_000, "Huset", None, "1790", "A", {}),),
        partners=tuple(PartnerInput(name.lower(), name, None, None) for name in PARTNERS),
        rooms=tuple(RoomInput(room, "huset", Name(room, room), 0) for room in ROOMS),
        room_days=tuple(_room_days()),
        partner_days=tuple(_partner_days(page)),
        pools=(PoolInput("rum", "huset", Name("Rum", "Rooms"), tuple(ROOMS)),),
        agreements=tuple(_agreements(page)),
        costs=tuple(costs),
        stays=(),
        empty=(),
        clashes=(),
        detailed=True,
    )  # fmt: skip


def _room_days() -> Iterator[RoomDay]:
    for room, weight in ROOMS.items():
        for day in (FIRST + timedelta(n) for n in range(DAYS)):
            known = 7 if room == "Granen" and day == FIRST else 10  # 3 hours are unknown
            yield RoomDay(room, day, weight, False, True, 10 * HOUR, known * HOUR, 0, 0, 0)


def _partner_days(page: Page) -> Iterator[PartnerDay]:
    for days, room, what, *cells in page.measured:
        field = WHAT[what]
        for partner, cell in zip((*PARTNERS, NOBODY), cells, strict=True):
            seconds = int(page.number(cell) * HOUR)
            day = FIRST if days == "1–15" else CHANGE
            name = "unattributed_s" if not partner and field == "booking_s" else field
            yield PartnerDay(room, day, partner.lower(), **{name: seconds})


def _agreements(page: Page) -> Iterator[AgreementInput]:
    for n, (_, *cells) in enumerate(page.shares):
        shares = {
            partner.lower(): page.number(cell)
            for partner, cell in zip(PARTNERS, cells, strict=True)
            if cell != "–"
        }
        yield AgreementInput(
            id=f"avtal-{n}",
            pool="rum",
            since=(FIRST, CHANGE)[n],
            until=(CHANGE, None)[n],
            capacity=Fraction(60, 100),
            shares=shares,
            no_show=Fraction(1, 2),
            outside=False,
            fallback="shares",
            low_coverage=None,
            lost_credit=4000,
            threshold=5000,
        )


def test_the_page_and_the_code_agree_on_every_amount(page: Page) -> None:
    made = compute(inputs(page))
    parts = {part.partner: part for part in made.pools[0].parts}
    totals = {total.partner: total for total in made.totals}
    own = [(parts[name.lower()], totals[name.lower()]) for name in PARTNERS]
    computed = [
        [part.capacity for part, _ in own],
        [part.usage for part, _ in own],
        [part.unattributed for part, _ in own],
        [part.credit for part, _ in own],
        [part.amount for part, _ in own],
        [total.direct for _, total in own],
        [total.amount for _, total in own],
        [total.low for _, total in own],
        [total.high for _, total in own],
    ]
    for (name, *cells), row in zip(page.result, computed, strict=True):
        places = 2 + 2 * any(isinstance(amount, Fraction) for amount in row)
        told = [page.number(cell) for cell in cells[:3]]
        assert told == [round(Fraction(amount) / 100, places) for amount in row], name
        if cells[3]:
            assert page.number(cells[3]) == round(Fraction(sum(row)) / 100, places), name


def test_the_page_says_the_price_and_the_hours_behind_it(page: Page) -> None:
    pool = compute(inputs(page)).pools[0]
    assert pool.units == 126 * HOUR
    assert pool.price == Fraction(24_000 * 100, 126)
