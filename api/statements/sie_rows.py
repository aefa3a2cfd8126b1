"""What is booked for a statement: its amounts less those of the version before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import msgspec

from api.statements.cp437 import pc8
from rooms.statement.booked import booked_of
from rooms.statement.document import Statement
from rooms.statement.inputs import AccountAmount, Booked, SiteInput
from rooms.texts import text

ROOM: Final = 20  # dimensions below 20 are reserved
PARTNER: Final = 21

T = TypeVar("T", Booked, AccountAmount)


class Row(msgspec.Struct, frozen=True):
    """A #TRANS: debit positive, credit negative."""

    account: str
    dimension: int
    object: str  # "" for none
    amount: int  # öre, never 0
    text: str


def rows_by_series(statement: Statement) -> dict[str, list[Row]]:
    """Series -> rows that sum to zero. Sites of one series share a voucher, since series and
    number tell it; without any difference to the version before there is none."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for site in statement.sites:
        found[site.series] += [*_debit(statement, site), *_credit(statement, site)]
    return {series: rows for series, rows in found.items() if rows}


def _debit(statement: Statement, site: SiteInput) -> Iterator[Row]:
    """What the partners owe here, by partner and pool."""
    names = {pool.id: pc8(pool.name.sv) or pool.id for pool in statement.pools}
    before = statement.before.parts if statement.before else ()
    owed: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one, sign in _here(statement, site, booked_of(statement), before):
        owed[one.partner, one.pool or ""] += sign * one.amount
    for (partner, pool), amount in sorted(owed.items()):
        said = names.get(pool, pool) if pool else text("sv", "statement_file.sie.direct")
        if amount:
            yield Row(site.account, PARTNER, partner, amount, said)


def _credit(statement: Statement, site: SiteInput) -> Iterator[Row]:
    """What is taken off the accounts of the costs here, by room."""
    before = statement.before.accounts if statement.before else ()
    cost: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one, sign in _here(statement, site, statement.accounts, before):
        cost[one.account, one.room or ""] += sign * one.amount
    for (account, room), amount in sorted(cost.items()):
        if amount:
            yield Row(account, ROOM, room, -amount, text("sv", "statement_file.sie.shared"))


def _here(
    statement: Statement, site: SiteInput, now: Iterable[T], before: Iterable[T]
) -> Iterator[tuple[T, int]]:
    """Those of the site, what was issued before with the sign that takes it back."""
    site_of = {pool.id: pool.site for pool in statement.pools}
    known = {one.id for one in statement.sites}
    for amounts, sign in ((now, 1), (before, -1)):
        for one in amounts:
            of = one.site or site_of.get(getattr(one, "pool", None) or "", "")
            # the first site takes what is carried of a pool that is no more: it sums to 0
            if (of if of in known else statement.sites[0].id) == site.id:
                yield one, sign
