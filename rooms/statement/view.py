"""A partner's own statement: pool totals and all of its own lines, never another partner's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

import msgspec

from rooms.statement.document import Note, PoolLine, Statement
from rooms.statement.inputs import (
    NOBODY,
    AgreementInput,
    Before,
    Booked,
    Carry,
    Clash,
    SiteInput,
)

_but = msgspec.structs.replace


def of_partner(statement: Statement, partner: str) -> Statement:
    """The same document with this partner's lines only.

    Pools in which it has no part are left out. Nobody's time stays: it is split among all.
    The shares of all others appear as one number, under NOBODY. Free text that people wrote
    (names of costs, reasons) is as they wrote it.
    """
    pools = tuple(_pool(pool, partner) for pool in statement.pools if _in(pool, partner))
    known = {pool.id for pool in pools}
    totals = tuple(one for one in statement.totals if one.partner == partner)
    return _but(
        statement,
        partner=partner,
        sites=tuple(_site(one) for one in statement.sites),
        partners=tuple(one for one in statement.partners if one.id == partner),
        total=sum(one.amount for one in totals),
        totals=totals,
        pools=pools,
        direct=tuple(one for one in statement.direct if one.partner == partner),
        carries=tuple(_carries(statement.carries, partner)),
        accounts=(),
        gate=tuple(one for one in statement.gate if one.pool in known),
        agreements=tuple(_agreement(a, partner) for a in statement.agreements if a.pool in known),
        notes=tuple(_notes(statement.notes, known, partner)),
        stays=tuple(one for one in statement.stays if one.partner in (partner, NOBODY)),
        empty=tuple(one for one in statement.empty if one.partner in (partner, NOBODY)),
        clashes=tuple(
            _clash(one, partner) for one in statement.clashes if partner in (one.first, one.second)
        ),
        before=_before(statement.before, partner) if statement.before else None,
        changes=tuple(one for one in statement.changes if one.partner == partner),
    )


def _in(pool: PoolLine, partner: str) -> bool:
    return any(part.partner == partner for part in pool.parts)


def _pool(pool: PoolLine, partner: str) -> PoolLine:
    return _but(pool, parts=tuple(part for part in pool.parts if part.partner == partner))


def _site(site: SiteInput) -> SiteInput:
    """The names of accounts may name those who owe."""
    return _but(site, account_names={})


def _own(parts: Iterable[Booked], partner: str) -> tuple[Booked, ...]:
    return tuple(one for one in parts if one.partner == partner)


def _carries(carries: Iterable[Carry], partner: str) -> Iterator[Carry]:
    for one in carries:
        if own := _own(one.parts, partner):
            yield _but(one, parts=own)


def _before(before: Before, partner: str) -> Before:
    return _but(before, parts=_own(before.parts, partner), accounts=())


def _agreement(agreement: AgreementInput, partner: str) -> AgreementInput:
    others = sum((w for who, w in agreement.shares.items() if who != partner), Fraction(0))
    own = {who: weight for who, weight in agreement.shares.items() if who == partner}
    return _but(agreement, shares={NOBODY: others, **own})


def _clash(clash: Clash, partner: str) -> Clash:
    first, second = (who if who == partner else NOBODY for who in (clash.first, clash.second))
    return _but(clash, first=first, second=second)


def _notes(notes: Iterable[Note], pools: set[str], partner: str) -> Iterator[Note]:
    """Use by others who are no party is told as a sum: it is split like nobody's."""
    strangers: Counter[str] = Counter()
    for note in notes:
        if note.pool is not None and note.pool not in pools:
            continue
        if note.partner in (None, partner):
            yield note
        elif note.code == "no_party":
            strangers[note.pool or ""] += int(note.value)
    for pool, seconds in sorted(strangers.items()):
        yield Note("no_party", pool=pool, value=str(seconds))
