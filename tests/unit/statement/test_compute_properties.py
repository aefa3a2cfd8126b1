"""What holds of every statement, whatever the agreements, pools and use."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rooms.costs.rounding import rounded
from rooms.statement.codec import decode, encode
from rooms.statement.compute import compute
from rooms.statement.document import PoolLine, Statement
from rooms.statement.inputs import Inputs
from tests.examples import costly, often
from tests.unit.statement.examples import agreement, big, inputs
from tests.unit.statement.houses import houses
from tests.unit.statement.slow import exact_parts


@given(houses())
@often(15)
def test_sums_are_exact_and_bounds_hold(house: Inputs) -> None:
    statement = compute(house)
    for pool in statement.pools:
        check(pool)
    assert statement.total == sum(cost.amount for cost in house.costs)
    assert statement.total == sum(one.amount for one in statement.totals)
    assert sum(one.amount for one in statement.accounts) == statement.total
    for total in statement.totals:
        assert total.low <= total.amount <= total.high
        assert total.amount == total.pools + total.direct + total.carried


def check(pool: PoolLine) -> None:
    assert sum(part.amount for part in pool.parts) == pool.total
    assert sum(part.exact for part in pool.parts) == pool.total
    assert sum(part.credit for part in pool.parts) == 0
    assert sum(part.share for part in pool.parts) == 1
    assert pool.capacity + pool.usage == pool.total
    assert sum(part.fixed for part in pool.parts) == pool.fixed
    assert sum(part.units for part in pool.parts) + pool.unattributed_units == pool.units
    assert sum(part.used_s for part in pool.parts) + pool.unattributed_s == pool.used_s
    assert sum(one.capacity for one in pool.periods) == pool.capacity
    assert sum(one.usage for one in pool.periods) == pool.usage
    assert sum(one.unattributed_units for one in pool.periods) == pool.unattributed_units
    for part in pool.parts:
        pieces = part.capacity, part.usage, part.unattributed, part.fixed, part.credit
        assert sum(pieces) == part.exact == part.amount - part.remainder
        assert abs(part.remainder) < 1
        assert part.low <= part.amount <= part.high
        assert sum(room.exact for room in part.rooms) == part.usage
        assert sum(room.units for room in part.rooms) == part.units
        assert sum(room.used_s for room in part.rooms) == part.used_s


@given(houses())
@often(15)
def test_the_definition_day_by_day_gives_the_same(house: Inputs) -> None:
    statement = compute(house)
    for pool, line in zip(house.pools, statement.pools, strict=True):
        assert {part.partner: part.exact for part in line.parts} == exact_parts(house, pool)


@given(houses(), st.integers(0, 2**32))
def test_no_order_of_facts_makes_a_difference(house: Inputs, seed: int) -> None:
    dice = random.Random(seed)

    def mixed(facts: Any) -> Any:
        return tuple(dice.sample(facts, len(facts)))

    other = msgspec.structs.replace(
        house,
        partners=mixed(house.partners),
        rooms=mixed(house.rooms),
        room_days=mixed(house.room_days),
        partner_days=mixed(house.partner_days),
        pools=tuple(msgspec.structs.replace(p, rooms=mixed(p.rooms)) for p in mixed(house.pools)),
        agreements=tuple(
            msgspec.structs.replace(one, shares=dict(mixed(list(one.shares.items()))))
            for one in mixed(house.agreements)
        ),
        costs=mixed(house.costs),
    )
    assert facts_of(compute(other)) == facts_of(compute(house))


def facts_of(statement: Statement) -> Statement:
    return msgspec.structs.replace(statement, head=None, agreements=())


@given(houses())
def test_an_agreement_may_be_written_as_two(house: Inputs) -> None:
    """Cut in the middle with equal terms, it says the same."""
    cut = date(2026, 2, 14)
    halves = []
    for one in house.agreements:
        if one.since < cut and (one.until is None or one.until > cut):
            halves.append(msgspec.structs.replace(one, until=cut))
            halves.append(msgspec.structs.replace(one, id=f"{one.id}-b", since=cut))
        else:
            halves.append(one)
    other = msgspec.structs.replace(house, agreements=tuple(halves))
    # how it was split is told for each, what comes of it is the same
    assert [without_agreements(one) for one in compute(other).pools] == [
        without_agreements(one) for one in compute(house).pools
    ]


def without_agreements(pool: PoolLine) -> PoolLine:
    """Without what is told agreement by agreement."""
    parts = tuple(msgspec.structs.replace(part, rooms=()) for part in pool.parts)
    return msgspec.structs.replace(pool, parts=parts, periods=())


@given(houses())
def test_a_statement_can_be_written_and_read(house: Inputs) -> None:
    statement = compute(house)
    assert decode(encode(statement), Statement) == statement
    assert compute(decode(encode(house), Inputs)) == statement


@given(st.lists(st.fractions(-100, 100, max_denominator=50), min_size=1, max_size=8))
def test_rounding_is_fair_and_whole(amounts: list[Fraction]) -> None:
    """The last takes what is missing to whole öre."""
    exact = {f"p{i}": amount for i, amount in enumerate(amounts)}
    exact["rest"] = -sum(amounts, Fraction(0)) % 1
    total = int(sum(exact.values()))
    made = rounded(exact, total)
    assert sum(made.values()) == total
    assert all(abs(made[who] - exact[who]) < 1 for who in exact)
    negative = rounded({who: -amount for who, amount in exact.items()}, -total)
    if total:
        assert negative == {who: -ore for who, ore in made.items()}


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 3, 200]))
@costly(2)
def test_many_partners_with_equal_shares_differ_by_one_ore(total: int, many: int) -> None:
    exact = {f"p{i:03}": Fraction(total, many) for i in range(many)}
    made = rounded(exact, total)
    assert sum(made.values()) == total
    assert max(made.values()) - min(made.values()) <= 1
    sizes = [abs(made[who]) for who in sorted(made)]
    assert sizes == sorted(sizes, reverse=True)  # the first by id get the rest


def test_two_hundred_partners() -> None:
    statement = compute(big(rooms=3, partners=200, stays=8))
    for pool in statement.pools:
        assert len(pool.parts) == 200
        check(pool)


def test_a_new_agreement_every_day() -> None:
    """As many denominators as there can be."""
    days = [date(2026, 10, 1) + timedelta(days=i) for i in range(31)]
    every = tuple(
        agreement(
            f"rum-{day.day}",
            since=day,
            until=day + timedelta(days=1),
            capacity=Fraction(day.day, 37),
            shares={"alfa": Fraction(day.day, 7), "beta": Fraction(3, 11), "gamma": Fraction(1)},
        )
        for day in days
    )
    video = [one for one in inputs().agreements if one.pool == "video"]
    house = inputs(agreements=(*every, *video))
    for pool, line in zip(house.pools, compute(house).pools, strict=True):
        check(line)
        assert {part.partner: part.exact for part in line.parts} == exact_parts(house, pool)


def test_the_small_house_by_the_definition() -> None:
    house = inputs()
    for pool, line in zip(house.pools, compute(house).pools, strict=True):
        check(line)
        assert {part.partner: part.exact for part in line.parts} == exact_parts(house, pool)


def test_nothing_at_all() -> None:
    house = inputs(pools=(), agreements=(), costs=(), partner_days=())
    statement = compute(house)
    assert (statement.total, statement.totals, statement.pools) == (0, (), ())
