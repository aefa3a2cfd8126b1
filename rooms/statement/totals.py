"""What each partner owes in all, and how that differs from the version before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rooms.statement.document import Change, Direct, PoolLine, Total
from rooms.statement.inputs import NOBODY, Before, Carry, PartnerDay


def totals_of(
    pools: Sequence[PoolLine],
    direct: Iterable[Direct],
    carries: Iterable[Carry],
    use: Iterable[PartnerDay],
    before: Before | None = None,
) -> tuple[Total, ...]:
    """By partner's id: all who take part, bear a cost, or used a room without taking part; and
    who owed something in the version before, as it must hear that it no longer does."""
    shared: Counter[str] = Counter()
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for part in (part for pool in pools for part in pool.parts):
        shared[part.partner] += part.amount
        low[part.partner] += part.low
        high[part.partner] += part.high
    alone: Counter[str] = Counter()
    for cost in direct:
        alone[cost.partner] += cost.cost.amount
    carried: Counter[str] = Counter()
    for booked in (booked for carry in carries for booked in carry.parts):
        carried[booked.partner] += booked.amount
    used, no_show, outside = _seconds(use)

    def total(who: str) -> Total:
        besides = alone[who] + carried[who]
        return Total(
            partner=who,
            used_s=used[who],
            no_show_s=no_show[who],
            outside_s=outside[who],
            pools=shared[who],
            direct=alone[who],
            carried=carried[who],
            amount=shared[who] + besides,
            low=low[who] + besides,
            high=high[who] + besides,
        )

    owed = {one.partner for one in before.parts} if before else set()
    everybody = {*shared, *alone, *carried, *used, *owed} - {NOBODY}
    return tuple(total(who) for who in sorted(everybody))


def _seconds(use: Iterable[PartnerDay]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Used, booked but empty, and outside bookable time, by partner."""
    used: Counter[str] = Counter()
    no_show: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for one in use:
        if one.used_s or one.no_show_s or one.outside_s:
            used[one.partner] += one.used_s
            no_show[one.partner] += one.no_show_s
            outside[one.partner] += one.outside_s
    return used, no_show, outside


def changes_of(before: Before, totals: Iterable[Total]) -> tuple[Change, ...]:
    """By partner's id, those who owe or owed anything in one of both."""
    was: Counter[str] = Counter()
    for one in before.parts:
        was[one.partner] += one.amount
    now = {one.partner: one.amount for one in totals}
    return tuple(Change(who, was[who], now.get(who, 0)) for who in sorted({*was, *now}))
