"""From inputs to a statement: pure and exact, the only way there is (metrics.md 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rooms.costs.coverage import RoomMonth, room_months
from rooms.costs.terms import CannotCompute
from rooms.statement.codec import encode
from rooms.statement.document import Direct, Head, PoolLine, RoomLine, Statement, Weight
from rooms.statement.inputs import (
    NOBODY,
    SCHEMA_VERSION,
    AccountAmount,
    CostInput,
    Inputs,
    RoomInput,
    Treatment,
)
from rooms.statement.notes import month_notes
from rooms.statement.pools import Facts, PoolResult, cost_line, pool_result
from rooms.statement.seal import Seal, head_of, sha256
from rooms.statement.totals import changes_of, totals_of

__all__ = ["CannotCompute", "compute"]


def compute(inputs: Inputs, seal: Seal | None = None) -> Statement:
    """The statement of these inputs: issued with its seal, a draft without one.

    The order of facts in ``inputs`` makes no difference. Raises ``CannotCompute``.
    """
    room_days = {(one.room, one.day): one for one in inputs.room_days}
    months = room_months((room.id for room in inputs.rooms), inputs.room_days)
    reasons = {one.room: one.reason for one in inputs.overrides}
    facts = Facts(inputs, room_days, months, reasons)
    results = [pool_result(facts, pool) for pool in sorted(inputs.pools, key=lambda one: one.id)]
    pools = tuple(one.line for one in results)
    direct = _direct(inputs.costs, pools)
    used = [one for one in inputs.partner_days if not room_days[one.room, one.day].private]
    totals = totals_of(pools, direct, inputs.carries, used, inputs.before)
    return Statement(
        schema=SCHEMA_VERSION,
        head=_head(inputs, seal),
        sites=tuple(sorted(inputs.sites, key=lambda one: one.id)),
        partners=tuple(sorted(inputs.partners, key=lambda one: one.id)),
        rooms=_room_lines(inputs, months, results),
        used_s=sum(one.used_s for one in used),
        total=sum(one.amount for one in totals),
        totals=totals,
        pools=pools,
        direct=direct,
        carries=tuple(sorted(inputs.carries, key=lambda one: (one.month, one.number))),
        accounts=_accounts(inputs.costs),
        gate=tuple(gate for one in results for gate in one.gate),
        agreements=tuple(sorted(inputs.agreements, key=lambda one: (one.pool, one.since))),
        notes=(*month_notes(inputs), *(note for one in results for note in one.notes)),
        stays=tuple(sorted(inputs.stays, key=lambda one: (one.room, one.start))),
        empty=tuple(sorted(inputs.empty, key=lambda one: (one.room, one.start, one.partner))),
        clashes=tuple(
            sorted(inputs.clashes, key=lambda one: (one.room, one.start, one.first, one.second))
        ),
        before=inputs.before,
        changes=changes_of(inputs.before, totals) if inputs.before else (),
    )


def _head(inputs: Inputs, seal: Seal | None) -> Head:
    version = inputs.before.version + 1 if inputs.before else 1
    return Head(
        state="issued" if seal else "draft",
        number=seal.number if seal else None,
        version=seal.version if seal else version,
        month=inputs.month,
        issued=_moment(seal.issued) if seal else None,
        author=seal.author if seal else None,
        reason=inputs.reason,
        program=seal.program if seal else "",
        metrics=inputs.metrics,
        registry=inputs.registry,
        inputs=seal.inputs if seal else sha256(encode(inputs)),
        previous=seal.previous if seal else "",
        seal=head_of(seal) if seal else "",
    )


def _moment(at: int) -> str:
    """ms -> RFC 3339 in UTC, whole seconds."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _direct(costs: Iterable[CostInput], pools: Sequence[PoolLine]) -> tuple[Direct, ...]:
    """Costs of one partner alone. Raises ``CannotCompute`` for a cost that nobody would bear."""
    known = {one.id for one in pools}
    alone = []
    for cost in sorted(costs, key=lambda one: (one.site, one.id)):
        if cost.partner is not None:
            alone.append(Direct(cost_line(cost), cost.site, cost.partner))
        elif cost.pool not in known:
            raise CannotCompute("unknown_pool", cost=cost.id, pool=cost.pool)
    return tuple(alone)


def _accounts(costs: Iterable[CostInput]) -> tuple[AccountAmount, ...]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for cost in costs:
        sums[cost.site, cost.account, cost.room or ""] += cost.amount
    return tuple(
        AccountAmount(site, account, room or None, amount)
        for (site, account, room), amount in sorted(sums.items())
    )


def _room_lines(
    inputs: Inputs, months: dict[str, RoomMonth], results: Iterable[PoolResult]
) -> tuple[RoomLine, ...]:
    nobody: Counter[str] = Counter()
    for one in inputs.partner_days:
        nobody[one.room] += one.used_s if one.partner == NOBODY else 0
    found: dict[str, set[Treatment]] = {}
    for result in results:
        for room, treatment in result.treatments.items():
            found.setdefault(room, set()).add(treatment)

    def line(room: RoomInput) -> RoomLine:
        month = months[room.id]
        return RoomLine(
            room=room.id,
            site=room.site,
            name=room.name,
            treatment=_first(found.get(room.id, set()), month),
            weights=tuple(Weight(*one) for one in month.weight_changes()),
            bookable_s=month.bookable_s,
            known_s=month.known_s,
            occupied_s=month.occupied_s,
            outside_s=month.outside_s,
            unattributed_s=nobody[room.id],
            lost_s=month.lost_s,
            grain_s=room.grain_s,
            sufficient=month.sufficient,
        )

    return tuple(line(room) for room in sorted(inputs.rooms, key=lambda one: one.id))


def _first(treatments: set[Treatment], month: RoomMonth) -> Treatment:
    """Where pools treat a room differently, what departs most from measuring."""
    if month.private:
        return "private"
    order: tuple[Treatment, ...] = ("shares", "bookings", "measured")
    return next((one for one in order if one in treatments), "measured")
