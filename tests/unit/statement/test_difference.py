"""Late differences: a new version, or a line in a later month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given

from rooms.statement.compute import compute
from rooms.statement.difference import before_of, carry_of, difference, reaches
from rooms.statement.document import Change, Statement
from rooms.statement.inputs import Booked, Carry, Inputs, PartnerDay
from tests.unit.statement.examples import AGREEMENTS, COSTS, inputs, seal_of
from tests.unit.statement.houses import houses


def issued(given: Inputs, number: int = 1) -> Statement:
    return compute(given, seal_of(given, number))


def later(seconds: int, **changes: Any) -> Inputs:
    """Alfa used Björken so much longer on the 29th."""
    late = PartnerDay("bjorken", date(2026, 10, 29), "alfa", booking_s=seconds)
    return inputs(partner_days=(*inputs().partner_days, late), **changes)


def with_threshold(ore: int, given: Inputs) -> Inputs:
    lowest = tuple(msgspec.structs.replace(one, threshold=ore) for one in given.agreements)
    return msgspec.structs.replace(given, agreements=lowest)


def test_who_owes_more_and_who_less() -> None:
    before, now = issued(inputs()), compute(later(3600))
    changes = difference(before, now)
    assert [one.partner for one in changes] == ["alfa", "beta", "gamma"]
    assert [one.difference > 0 for one in changes] == [True, False, False]
    assert sum(one.difference for one in changes) == 0


def test_who_is_in_one_of_both_only() -> None:
    other = compute(inputs(costs=(*COSTS[:3], msgspec.structs.replace(COSTS[3], partner="ny"))))
    changes = {one.partner: one for one in difference(issued(inputs()), other)}
    assert changes["ny"] == Change("ny", 0, 45_000)
    assert {one.partner: one.before for one in difference(other, issued(inputs()))}["ny"] == 45_000


def test_changes_of_a_new_version() -> None:
    first = issued(inputs())
    second = compute(later(3600, before=before_of(first)))
    assert second.head.version == 2
    assert second.changes == difference(first, second)


def test_the_threshold_is_that_of_the_difference() -> None:
    before, now = issued(inputs()), compute(later(3600))
    most = max(abs(one.difference) for one in difference(before, now))
    for limit, reached in ((most, True), (most + 1, False)):
        given = with_threshold(limit, inputs())
        now = compute(with_threshold(limit, later(3600)))
        assert reaches(issued(given), now) == reached


def test_of_several_thresholds_the_lowest_counts() -> None:
    now = compute(later(3600))
    video_only = (*AGREEMENTS[:2], msgspec.structs.replace(AGREEMENTS[2], threshold=1))
    high = tuple(msgspec.structs.replace(one, threshold=10**9) for one in video_only[:2])
    assert not reaches(issued(inputs()), compute(with_threshold(10**9, inputs())))
    assert reaches(
        issued(inputs(agreements=(*high, video_only[2]))),
        msgspec.structs.replace(now, agreements=(*high, video_only[2])),
    )


def test_equal_results_reach_no_threshold() -> None:
    given = with_threshold(0, inputs())
    assert not reaches(issued(given), compute(given))


@pytest.mark.parametrize(
    "costs",
    [
        (msgspec.structs.replace(COSTS[0], amount=COSTS[0].amount + 1), *COSTS[1:]),
        (*COSTS[:3], msgspec.structs.replace(COSTS[3], amount=45_001)),
        COSTS[:3],
        # from one pool to the other: the sum is the same
        (
            msgspec.structs.replace(COSTS[0], amount=COSTS[0].amount - 1),
            COSTS[1],
            msgspec.structs.replace(COSTS[2], amount=300_001),
            COSTS[3],
        ),
    ],
)
def test_other_costs_always_call_for_a_new_version(costs: Any) -> None:
    before, now = issued(inputs()), compute(inputs(costs=costs))
    assert reaches(before, now)
    assert carry_of(before, now) is None


def test_what_is_carried() -> None:
    before, now = issued(inputs(), 7), compute(later(60))
    carry = carry_of(before, now)
    assert carry is not None
    assert (carry.month, carry.number) == ("2026-10", 7)
    assert {one.site for one in carry.parts} == {"lycksele"}
    by_partner: Counter[str] = Counter()
    for one in carry.parts:
        by_partner[one.partner] += one.amount
    changes = {one.partner: one.difference for one in difference(before, now)}
    assert dict(by_partner) == {who: ore for who, ore in changes.items() if ore}


def test_nothing_to_carry() -> None:
    assert carry_of(issued(inputs()), compute(inputs())) is None


def test_what_was_carried_is_not_carried_again() -> None:
    before, now = issued(inputs()), compute(later(60))
    first = carry_of(before, now)
    assert first is not None
    assert carry_of(before, now, [first]) is None
    # of another month: not this difference
    other = msgspec.structs.replace(first, month="2026-09")
    assert carry_of(before, now, [other]) == first


def test_what_a_new_version_took_in_is_given_back() -> None:
    """A month carried the first minute on; then a version with it all was issued."""
    first = carry_of(issued(inputs()), compute(later(60)))
    assert first is not None
    second = issued(later(7200), 2)
    back = carry_of(second, compute(later(7200)), [first])
    assert back is not None
    assert back.number == 2
    assert {(one.partner, one.pool): one.amount for one in back.parts} == {
        (one.partner, one.pool): -one.amount for one in first.parts
    }


def test_carries_of_the_month_itself_stay_out() -> None:
    older = Carry("2026-09", 1, (Booked("alfa", "rum", 40), Booked("beta", "rum", -40)))
    before, now = issued(inputs(carries=(older,))), compute(later(60, carries=(older,)))
    assert carry_of(before, now) == carry_of(issued(inputs()), compute(later(60)))


@given(houses(), houses())
def test_carries_sum_to_nothing_in_each_pool(one: Inputs, other: Inputs) -> None:
    same = {"pools": one.pools, "agreements": one.agreements, "costs": one.costs}
    before, now = issued(one), compute(msgspec.structs.replace(other, **same))
    carry = carry_of(before, now)
    sums: Counter[str | None] = Counter()
    for part in carry.parts if carry else ():
        sums[part.pool] += part.amount
    assert not any(sums.values())
