"""What a statement's amounts are booked on: by site, partner and pool."""

from __future__ import annotations

from collections import defaultdict

from rooms.statement.document import Statement
from rooms.statement.inputs import Booked


def booked_of(statement: Statement) -> tuple[Booked, ...]:
    """All that the partners owe: parts, direct costs and carries, each (partner, pool, site)
    once, ascending. They sum to the statement's total; those of a site to its costs."""
    site_of = {pool.id: pool.site for pool in statement.pools}
    owed: defaultdict[tuple[str, str | None, str], int] = defaultdict(int)
    for pool in statement.pools:
        for part in pool.parts:
            owed[part.partner, pool.id, pool.site] += part.amount
    for direct in statement.direct:
        owed[direct.partner, None, direct.site] += direct.cost.amount
    for carry in statement.carries:
        for one in carry.parts:
            owed[one.partner, one.pool, one.site or site_of.get(one.pool or "", "")] += one.amount
    found = (Booked(*key[:2], amount, key[2]) for key, amount in owed.items())
    return tuple(sorted(found, key=lambda one: (one.partner, one.pool or "", one.site)))
