"""One pool's line of a statement: treatment of its rooms, use, split, rounding, bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rooms.costs.bounds import bounds
from rooms.costs.coverage import RoomMonth, treatment_of
from rooms.costs.rounding import rounded
from rooms.costs.split import split, standing_in
from rooms.costs.tally import Tally, tally
from rooms.costs.terms import HOUR_S, CannotCompute, Terms, check_covered, days_of, terms_of
from rooms.statement.document import CostLine, Gate, Note, PoolLine
from rooms.statement.inputs import NOBODY, CostInput, Inputs, PoolInput, RoomDay, Treatment
from rooms.statement.notes import pool_notes, room_notes
from rooms.statement.parts import parts_of, periods_of

Treatments = Mapping[str, Treatment]


@dataclass(frozen=True, slots=True)
class Facts:
    """What all pools of a statement look with."""

    inputs: Inputs
    room_days: Mapping[tuple[str, date], RoomDay]
    months: Mapping[str, RoomMonth]
    reasons: Mapping[str, str]  # a manager's, by room


@dataclass(frozen=True, slots=True)
class PoolResult:
    line: PoolLine
    treatments: Treatments
    gate: tuple[Gate, ...]
    notes: tuple[Note, ...]


def pool_result(facts: Facts, pool: PoolInput) -> PoolResult:
    """Raises ``CannotCompute``."""
    inputs = facts.inputs
    costs = sorted((one for one in inputs.costs if one.pool == pool.id), key=lambda one: one.id)
    total = sum(one.amount for one in costs)
    if len(codes := sorted({one.vat for one in costs})) > 1:
        raise CannotCompute("mixed_vat", pool=pool.id, codes=", ".join(codes))
    days = days_of(inputs.month)
    terms = terms_of(pool.id, inputs.agreements, days)
    if total:
        check_covered(pool.id, terms, days)
    last = terms[-1].agreement if terms else None
    months = {room: facts.months[room] for room in pool.rooms}
    treatments = {room: treatment_of(month, last) for room, month in months.items()}
    measured = _count(facts, terms, treatments)
    use, stand_ins = measured, treatments
    unused = not measured.total
    if unused and last is not None and last.fallback == "bookings":
        stand_ins = {room: _booked(treatment) for room, treatment in treatments.items()}
        use = _count(facts, terms, stand_ins)
    result = split(total, len(days), terms, use, standing_in(months, treatments))
    unknown = _unknown(months, treatments)
    ends = bounds(result, terms, measured, unknown)
    parts = parts_of(terms, use, stand_ins, result, rounded(result.exact, total), ends)
    gate = tuple(_gate(facts, pool.id, treatments)) if costs else ()
    return PoolResult(
        line=PoolLine(
            id=pool.id,
            site=pool.site,
            name=pool.name,
            vat=codes[0] if codes else "",
            costs=tuple(cost_line(one) for one in costs),
            total=total,
            capacity=sum(result.capacity.values(), Fraction(0)),
            usage=result.pot + sum(result.fixed.values(), Fraction(0)),
            fixed=sum((part.fixed for part in parts), Fraction(0)),
            pot=result.pot,
            used_s=sum(one.used for one in use.seconds.values()),
            units=use.total,
            unattributed_s=sum(s.used for key, s in use.seconds.items() if key.partner == NOBODY),
            unattributed_units=use.of(NOBODY),
            unknown_units=unknown,
            price=None if result.price is None else result.price * HOUR_S,
            rooms=tuple(sorted(pool.rooms)),
            periods=periods_of(terms, use, result),
            parts=parts,
        ),
        treatments=treatments,
        gate=gate,
        notes=(
            *pool_notes(pool.id, use, result, last, unused=unused),
            *room_notes(pool.id, treatments, months, gate),
        ),
    )


def cost_line(cost: CostInput) -> CostLine:
    return CostLine(cost.id, cost.name, cost.amount, cost.vat, cost.account, cost.room)


def _count(facts: Facts, terms: tuple[Terms, ...], treatments: Treatments) -> Tally:
    return tally(terms, treatments, facts.room_days, facts.inputs.partner_days)


def _booked(treatment: Treatment) -> Treatment:
    """In a pool unused, bookings stand in for what was measured."""
    return "bookings" if treatment == "measured" else treatment


def _unknown(months: Mapping[str, RoomMonth], treatments: Treatments) -> Fraction:
    measured = (room for room, treatment in treatments.items() if treatment == "measured")
    return sum((months[room].unknown_units for room in measured), Fraction(0))


def _gate(facts: Facts, pool: str, treatments: Treatments) -> Iterator[Gate]:
    """The pool's rooms that have a sensor, and of which too little is known."""
    for room in sorted(treatments):
        month, treatment = facts.months[room], treatments[room]
        if month.sensor and not month.sufficient:
            fallback = None if treatment == "measured" else treatment
            reason = facts.reasons.get(room)
            yield Gate(room, pool, month.known_s, month.bookable_s, fallback, reason)
