"""How two results of the same month differ, and what becomes of the difference: a new version,
or a line in the next month's statement (metrics.md 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rooms.statement.booked import booked_of
from rooms.statement.document import Change, Statement
from rooms.statement.inputs import Before, Booked, Carry

Key = tuple[str, str | None, str]  # partner, pool, site


def before_of(statement: Statement) -> Before:
    """An issued statement, as the version that replaces it keeps it."""
    head = statement.head
    assert head.number is not None, "drafts are not replaced"
    parts = booked_of(statement)
    return Before(head.number, head.version, head.seal, parts, statement.accounts)


def difference(before: Statement, now: Statement) -> tuple[Change, ...]:
    """What each partner owed and owes, by id; also of those who are in only one of both."""
    was = {one.partner: one.amount for one in before.totals}
    is_ = {one.partner: one.amount for one in now.totals}
    return tuple(
        Change(who, was.get(who, 0), is_.get(who, 0)) for who in sorted(was.keys() | is_.keys())
    )


def reaches(before: Statement, now: Statement) -> bool:
    """Does the difference call for a new version?

    It does when a pool's total or a cost of one partner alone changed, or when some partner's
    amount differs by the threshold of an agreement it takes part in: of several, the lowest.
    """
    if _fixed(before) != _fixed(now):
        return True
    limits = _thresholds((before, now))
    return any(
        one.difference and abs(one.difference) >= limits.get(one.partner, 0)
        for one in difference(before, now)
    )


def carry_of(before: Statement, now: Statement, already: Iterable[Carry] = ()) -> Carry | None:
    """What of the difference is still to be carried into a later month.

    For each partner and pool what it owes now, less what was issued, less what later statements
    carried ``already`` of this month (carries of other months are left out). Sums to 0 in every
    pool. ``None``: nothing, or it cannot be carried, as costs themselves changed.
    """
    if _fixed(before) != _fixed(now):
        return None
    left = _amounts(booked_of(now))
    left.subtract(_amounts(booked_of(before)))
    for carry in already:
        if carry.month == before.head.month:
            left.subtract(_amounts(carry.parts))
    parts = [Booked(who, pool, ore, site) for (who, pool, site), ore in left.items() if ore]
    if not parts:
        return None
    assert before.head.number is not None, "drafts are not carried from"
    parts.sort(key=lambda one: (one.partner, one.pool or "", one.site))
    return Carry(before.head.month, before.head.number, tuple(parts))


def _amounts(parts: Iterable[Booked]) -> Counter[Key]:
    sums: Counter[Key] = Counter()
    for one in parts:
        sums[one.partner, one.pool, one.site] += one.amount
    return sums


def _fixed(statement: Statement) -> object:
    """What is shared and who bears what alone; how it is shared is not looked at."""
    pools = {pool.id: pool.total for pool in statement.pools if pool.total}
    return pools, sorted((one.site, one.partner, one.cost.amount) for one in statement.direct)


def _thresholds(statements: Iterable[Statement]) -> dict[str, int]:
    """By partner, the lowest of its agreements, öre."""
    limits: dict[str, int] = {}
    for one in (one for statement in statements for one in statement.agreements):
        for who in one.shares:
            limits[who] = min(one.threshold, limits.get(who, one.threshold))
    return limits
