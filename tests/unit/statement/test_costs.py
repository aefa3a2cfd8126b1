"""Each rule of cost sharing (metrics.md 4) by one small case, computed by hand.

The house is that of ``onehouse``: 1 000 kr, half of it by shares x 3 : y 1, half by use.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from rooms.costs.rounding import rounded
from rooms.statement.compute import CannotCompute, compute
from rooms.statement.document import Note
from rooms.statement.inputs import (
    Booked,
    Carry,
    PartnerDay,
)
from tests.unit.statement.examples import cost
from tests.unit.statement.onehouse import (
    DAY,
    LATER,
    F,
    H,
    amounts,
    house,
    notes,
    pool_of,
    room_day,
    shared,
    terms,
    used,
)


def test_capacity_by_shares_and_usage_by_hours() -> None:
    # capacity 500 kr: x 3/4 = 375, y 125. usage 500 kr: x 1 h, y 4 h: 100 and 400
    made = shared(house(used("x", 1), used("y", 4)))
    assert {who: (p.capacity, p.usage, p.amount) for who, p in made.items()} == {
        "x": (37_500, 10_000, 47_500),
        "y": (12_500, 40_000, 52_500),
    }


def test_price_and_the_cost_of_a_room() -> None:
    # 500 kr for 5 h: 100 kr an hour
    statement = compute(house(used("x", 1), used("y", 4)))
    assert pool_of(statement).price == 10_000
    assert [room.exact for part in pool_of(statement).parts for room in part.rooms] == [
        10_000,
        40_000,
    ]


def test_a_room_that_weighs_twice_as_much_counts_twice() -> None:
    # x 1 h at weight 2 = 2, y 2 h at weight 1 = 2: 250 kr each
    given = house(
        used("x", 1),
        used("y", 2, day=LATER),
        room_days=(room_day(weight=F(2)), room_day(day=LATER)),
    )
    assert amounts(given) == {"x": 37_500 + 25_000, "y": 12_500 + 25_000}


def test_each_day_stands_for_as_much_under_its_own_agreement() -> None:
    # 20 days all capacity, shares 3:1; 10 days all usage, shares 1:1.
    # capacity 100 000 x 20/30: x 50 000, y 16 666 2/3. usage 33 333 1/3: x 3 of 4 h
    given = house(
        used("x", 3),
        used("y", 1, day=LATER),
        agreements=(
            terms(capacity=F(1), until=date(2026, 11, 21)),
            terms("two", capacity=F(0), since=date(2026, 11, 21), shares={"x": F(1), "y": F(1)}),
        ),
    )
    made = shared(given)
    assert (made["x"].capacity, made["y"].capacity) == (50_000, F(50_000, 3))
    assert (made["x"].usage, made["y"].usage) == (25_000, F(25_000, 3))
    # share: x (20 x 3/4 + 10 x 1/2) / 30
    assert (made["x"].share, made["y"].share) == (F(2, 3), F(1, 3))
    assert (made["x"].amount, made["y"].amount) == (75_000, 25_000)


def test_who_joins_in_the_month_pays_from_that_day() -> None:
    # x alone 15 days, then with y by halves; all capacity: y 100 000 x 15/30 x 1/2
    given = house(
        agreements=(
            terms(capacity=F(1), shares={"x": F(1)}, until=date(2026, 11, 16)),
            terms("two", capacity=F(1), shares={"x": F(1), "y": F(1)}, since=date(2026, 11, 16)),
        )
    )
    assert amounts(given) == {"x": 75_000, "y": 25_000}


def test_what_is_booked_and_empty_counts_by_its_factor() -> None:
    # x used 1 h; y booked 2 empty hours, factor 1/2: 1 h. 250 kr each
    given = house(used("x", 1), used("y", 0, no_show_s=2 * H), agreements=(terms(no_show=F(1, 2)),))
    assert amounts(given) == {"x": 62_500, "y": 37_500}
    # and by default not at all
    assert amounts(house(used("x", 1), used("y", 0, no_show_s=2 * H)))["x"] == 37_500 + 50_000


@pytest.mark.parametrize(("outside", "of_y"), [(False, 12_500), (True, 12_500 + 25_000)])
def test_use_outside_opening_hours_counts_where_agreed(outside: bool, of_y: int) -> None:
    given = house(used("x", 1), used("y", 0, outside_s=H), agreements=(terms(outside=outside),))
    assert amounts(given)["y"] == of_y


def test_nobodys_time_follows_the_shares() -> None:
    # 500 kr for x 1 h, nobody 4 h: 100 kr own, of 400 x 3/4 = 300, y 100
    made = shared(house(used("x", 1), PartnerDay("a", DAY, "", unattributed_s=4 * H)))
    assert (made["x"].usage, made["x"].unattributed) == (10_000, 30_000)
    assert (made["y"].usage, made["y"].unattributed) == (0, 10_000)


def test_nobodys_time_follows_the_shares_of_its_day() -> None:
    # on the 1st y has all shares, on the 30th x: 1 h and 3 h of 500 kr
    nobody = [PartnerDay("a", day, "", unattributed_s=h * H) for day, h in ((DAY, 1), (LATER, 3))]
    given = house(
        *nobody,
        agreements=(
            terms(shares={"x": F(0), "y": F(1)}, until=date(2026, 11, 16)),
            terms("two", shares={"x": F(1), "y": F(0)}, since=date(2026, 11, 16)),
        ),
    )
    assert {who: p.unattributed for who, p in shared(given).items()} == {"x": 37_500, "y": 12_500}


def test_use_by_one_who_is_no_party_is_nobodys_and_said() -> None:
    # z's 4 h as nobody's in the case above
    given = house(used("x", 1), used("z", 4))
    assert shared(given)["x"].unattributed == 30_000
    assert notes(given) == [Note("no_party", pool="pool", partner="z", value="14400")]
    assert compute(given).totals[-1].partner == "z"
    assert compute(given).totals[-1].amount == 0


def test_use_outside_opening_hours_by_one_who_is_no_party_is_said_where_it_counts() -> None:
    use = used("z", 0, outside_s=H)
    assert notes(house(used("x", 1), use)) == []
    given = house(used("x", 1), use, agreements=(terms(outside=True),))
    assert shared(given)["x"].unattributed == 25_000 * F(3, 4)
    assert notes(given) == [Note("no_party", pool="pool", partner="z", value="3600")]


def test_shares_of_nothing_are_equal_parts() -> None:
    given = house(agreements=(terms(shares={"x": F(0), "y": F(0)}, capacity=F(1)),))
    assert amounts(given) == {"x": 50_000, "y": 50_000}


def test_a_share_of_zero_pays_by_use_only() -> None:
    given = house(used("y", 2), agreements=(terms(shares={"x": F(1), "y": F(0)}),))
    assert amounts(given) == {"x": 50_000, "y": 50_000}


def test_a_private_room_counts_nothing() -> None:
    given = house(used("y", 5), used("x", 1, day=LATER))
    days = (room_day(private=True), room_day(day=LATER))
    statement = compute(msgspec.structs.replace(given, room_days=days))
    assert {p.partner: p.usage for p in pool_of(statement).parts} == {"x": 50_000, "y": 0}
    assert statement.rooms[0].treatment == "measured"  # as it was not private all month
    assert (statement.used_s, [one.partner for one in statement.totals]) == (H, ["x", "y"])
    assert statement.totals[1].used_s == 0
    private = msgspec.structs.replace(given, room_days=(days[0], room_day(day=LATER, private=True)))
    assert compute(private).rooms[0].treatment == "private"
    assert amounts(private) == {"x": 75_000, "y": 25_000}


def test_lost_hours_are_credited_and_borne_by_all() -> None:
    # y lost 1.5 h at 100 kr: gets 150; borne 3:1: x 112.50, y 37.50
    given = house(
        used("y", 2, lost_s=5400),
        PartnerDay("a", DAY, "", lost_s=H),
        agreements=(terms(lost_credit=10_000),),
    )
    assert {who: p.credit for who, p in shared(given).items()} == {"x": 11_250, "y": -11_250}
    assert amounts(given) == {"x": 37_500 + 11_250, "y": 62_500 - 11_250}


@pytest.mark.parametrize(
    ("exact", "total", "made"),
    [
        ({"x": F(1, 3), "y": F(1, 3), "z": F(1, 3)}, 1, {"x": 1, "y": 0, "z": 0}),
        ({"x": F(1, 3), "y": F(2, 3)}, 1, {"x": 0, "y": 1}),
        ({"x": F(-1, 3), "y": F(-2, 3)}, -1, {"x": 0, "y": -1}),
        ({"y": F(-1, 2), "x": F(-1, 2)}, -1, {"x": -1, "y": 0}),
        ({"x": F(-1, 4), "y": F(5, 4)}, 1, {"x": 0, "y": 1}),
        ({"x": F(5), "y": F(7)}, 12, {"x": 5, "y": 7}),
        ({}, 0, {}),
    ],
)
def test_rounding(exact: dict[str, F], total: int, made: dict[str, int]) -> None:
    assert rounded(exact, total) == made


def test_direct_costs_and_carries_are_added() -> None:
    carry = Carry("2026-10", 3, (Booked("x", "pool", 40), Booked("y", "pool", -40)))
    given = house(
        used("x", 1),
        costs=(
            cost("hyra", 100_000, "pool", room="a"),
            cost("kort", 700, None, partner="z"),
            cost("åter", -200, None, partner="x", account="3990"),
        ),
        carries=(carry,),
    )
    statement = compute(given)
    assert {
        t.partner: (t.pools, t.direct, t.carried, t.amount, t.low) for t in statement.totals
    } == {
        "x": (87_500, -200, 40, 87_340, 87_340),
        "y": (12_500, 0, -40, 12_460, 12_460),
        "z": (0, 700, 0, 700, 700),
    }
    assert statement.total == 100_500
    assert [(a.account, a.room, a.amount) for a in statement.accounts] == [
        ("3990", None, -200),
        ("5010", None, 700),
        ("5010", "a", 100_000),
    ]


def test_a_pool_without_costs_needs_no_agreement() -> None:
    statement = compute(house(used("x", 1), agreements=(), costs=()))
    assert pool_of(statement).parts == ()
    assert (statement.total, statement.gate) == (0, ())


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        (
            {"agreements": (terms(until=date(2026, 11, 21)),)},
            "no_agreement",
            {"pool": "pool", "day": date(2026, 11, 21)},
        ),
        (
            {"agreements": (terms(), terms("two", since=date(2026, 11, 5)))},
            "two_agreements",
            {"pool": "pool", "day": date(2026, 11, 5), "ids": "one, two"},
        ),
        (
            {"costs": (cost("a", 1, "pool"), cost("b", 1, "pool", vat="12"))},
            "mixed_vat",
            {"pool": "pool", "codes": "12, 25"},
        ),
        ({"costs": (cost("a", 1, "pol"),)}, "unknown_pool", {"pool": "pol", "cost": "a"}),
    ],
)
def test_what_cannot_be_computed(changes: Any, key: str, values: dict[str, Any]) -> None:
    with pytest.raises(CannotCompute) as refused:
        compute(house(used("x", 1), **changes))
    assert (refused.value.key, refused.value.values) == (key, values)


def test_what_is_told_of_a_room() -> None:
    given = house(
        used("x", 1),
        PartnerDay("a", DAY, "", unattributed_s=2 * H),
        room_days=(
            room_day(known_s=9 * H, occupied_s=3 * H, outside_s=60, lost_s=30),
            room_day(day=LATER, occupied_s=1, private=True),
        ),
    )
    told = compute(given).rooms[0]
    assert (told.bookable_s, told.known_s, told.occupied_s) == (10 * H, 9 * H, 3 * H)
    assert (told.outside_s, told.lost_s, told.unattributed_s) == (60, 30, 2 * H)
    assert (told.treatment, told.sufficient) == ("measured", True)


def test_a_running_month_says_so() -> None:
    given = house(used("x", 1), complete=False, detailed=False)
    assert [note.code for note in notes(given)] == ["running", "no_detail"]
