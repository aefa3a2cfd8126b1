"""How far off an amount could be, by small cases computed by hand.

The house is that of ``onehouse``: 1 000 kr, half of it by shares x 3 : y 1, half by use.
"""

from __future__ import annotations

from rooms.statement.compute import compute
from rooms.statement.inputs import (
    PartnerDay,
)
from tests.unit.statement.examples import cost
from tests.unit.statement.onehouse import (
    DAY,
    F,
    H,
    house,
    pool_of,
    room_day,
    shared,
    terms,
    used,
)


def test_bounds_hold_what_the_unknown_time_could_have_been() -> None:
    # 500 kr by use: x 1 h, y 3 h, 1 h unknown (of 10: enough).
    # x lowest 1/5 = 100, highest 2/5 = 200; y 300 and 400
    made = shared(house(used("x", 1), used("y", 3), room_days=(room_day(known_s=9 * H),)))
    assert {who: (p.low, p.amount, p.high) for who, p in made.items()} == {
        "x": (47_500, 50_000, 57_500),
        "y": (42_500, 50_000, 52_500),
    }


def test_unknown_time_weighs_as_its_room_does() -> None:
    # at weight 2: x 2 units, unknown 2: x 1/2 to all of 500 kr, were there anybody else
    made = shared(house(used("x", 1), room_days=(room_day(known_s=9 * H, weight=F(2)),)))
    assert (made["x"].low, made["x"].high) == (37_500 + 25_000, 87_500)
    unused = compute(house(room_days=(room_day(known_s=9 * H, weight=F(2)),)))
    assert pool_of(unused).unknown_units == 2 * H


def test_bounds_count_nobodys_time_by_the_shares() -> None:
    # nobody 4 h: x 3 h of it, y 1 h; unknown 1 h: x 3/5 to 4/5 of 500 kr
    nobody = PartnerDay("a", DAY, "", unattributed_s=4 * H)
    made = shared(house(nobody, room_days=(room_day(known_s=9 * H),)))
    assert (made["x"].low, made["x"].high) == (37_500 + 30_000, 37_500 + 40_000)


def test_bounds_without_any_use() -> None:
    # whoever had used the unknown hour would have paid all 500 kr
    made = shared(house(room_days=(room_day(known_s=9 * H),)))
    assert (made["y"].low, made["y"].amount, made["y"].high) == (12_500, 25_000, 62_500)


def test_bounds_of_money_paid_back() -> None:
    given = house(
        used("x", 1),
        used("y", 3),
        room_days=(room_day(known_s=9 * H),),
        costs=(cost("hyra", -100_000, "pool"),),
    )
    made = shared(given)["x"]
    assert (made.low, made.amount, made.high) == (-57_500, -50_000, -47_500)


def test_one_partner_alone_pays_all_whatever_is_unknown() -> None:
    given = house(room_days=(room_day(known_s=0),), agreements=(terms(shares={"x": F(1)}),))
    made = shared(given)["x"]
    assert (made.low, made.amount, made.high) == (100_000, 100_000, 100_000)
