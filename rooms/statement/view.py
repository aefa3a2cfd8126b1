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
    Empty,
    SiteInput,
    Stay,
)

_but = msgspec.structs.replace


def of_partner(statement: Statement, partner: str) -> Statement:
    """The same document with this partner's lines only.

    Pools in which it has no part are left out, and so are rooms and sites that it neither
    shares nor used. Nobody's time in its pools stays: it is split among all. The shares of all
    others appear as one number, under NOBODY. With ``Period`` and ``PartRoom`` that is enough to
    compute each of its lines again. Free text that people wrote
    (names of costs, reasons) is as they wrote it.
    """
    pools = tuple(_pool(pool, partner) for pool in statement.pools if _in(pool, partner))
    known = {pool.id for pool in pools}
    shared = {room for pool in pools for room in pool.rooms}

    def told(one: Stay | Empty) -> bool:
        return one.partner == partner or (one.partner == NOBODY and one.room in shared)

    stays = tuple(one for one in statement.stays if told(one))
    empty = tuple(one for one in statement.empty if told(one))
    clashes = tuple(one for one in statement.clashes if partner in (one.first, one.second))
    listed: tuple[Stay | Empty | Clash, ...] = (*stays, *empty, *clashes)
    seen = shared | {one.room for one in listed}
    rooms = tuple(one for one in statement.rooms if one.room in seen)
    direct = tuple(one for one in statement.direct if one.partner == partner)
    carries = tuple(_carries(statement.carries, partner))
    sites = {one.site for one in pools} | {one.site for one in rooms}
    sites |= {one.site for one in direct}
    sites |= {one.site for carry in carries for one in carry.parts}
    totals = tuple(one for one in statement.totals if one.partner == partner)
    return _but(
        statement,
        partner=partner,
        sites=tuple(_site(one) for one in statement.sites if one.id in sites or not sites),
        partners=tuple(one for one in statement.partners if one.id == partner),
        rooms=rooms,
        used_s=sum(one.occupied_s for one in rooms),
        total=sum(one.amount for one in totals),
        totals=totals,
        pools=pools,
        direct=direct,
        carries=carries,
        accounts=(),
        gate=tuple(one for one in statement.gate if one.pool in known),
        agreements=tuple(_agreement(a, partner) for a in statement.agreements if a.pool in known),
        notes=tuple(_notes(statement.notes, known, seen, partner)),
        stays=stays,
        empty=empty,
        clashes=tuple(_clash(one, partner) for one in clashes),
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
    """Where all weigh nothing, equal weights say the same: how many others there are is then
    needed to compute the own part."""
    shares = agreement.shares
    if not any(shares.values()):
        shares = dict.fromkeys(shares, Fraction(1))
    told: dict[str, Fraction] = {}
    for who, weight in shares.items():
        key = partner if who == partner else NOBODY
        told[key] = told.get(key, Fraction(0)) + weight
    return _but(agreement, shares=dict(sorted(told.items())))


def _clash(clash: Clash, partner: str) -> Clash:
    first, second = (who if who == partner else NOBODY for who in (clash.first, clash.second))
    return _but(clash, first=first, second=second)


def _notes(notes: Iterable[Note], pools: set[str], rooms: set[str], partner: str) -> Iterator[Note]:
    """Use by others who are no party is told as a sum: it is split like nobody's."""
    strangers: Counter[str] = Counter()
    for note in notes:
        if note.pool not in (None, *pools) or note.room not in (None, *rooms):
            continue
        if note.partner in (None, partner):
            yield note
        elif note.code == "no_party":
            strangers[note.pool or ""] += int(note.value)
    for pool, seconds in sorted(strangers.items()):
        yield Note("no_party", pool=pool, value=str(seconds))
