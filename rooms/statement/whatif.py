"""What each partner would have paid under other agreements. Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from rooms.costs.terms import days_of
from rooms.statement.compute import compute
from rooms.statement.inputs import AgreementInput, Inputs


class Line(NamedTuple):
    """What a partner pays as things are, and would pay: öre, without VAT."""

    partner: str
    now: int
    then: int

    @property
    def difference(self) -> int:
        return self.then - self.now


class Month(NamedTuple):
    month: str  # 2026-10
    lines: tuple[Line, ...]  # by partner's id


class WhatIf(NamedTuple):
    names: dict[str, str]  # of partners, by id
    months: tuple[Month, ...]
    sums: tuple[Line, ...]  # over all months, by partner's id


def alone(inputs: Inputs) -> Inputs:
    """The month by itself: without what other months or versions left to it."""
    return replace(inputs, carries=(), before=None, reason="")


def with_agreements(inputs: Inputs, agreements: Sequence[AgreementInput]) -> Inputs:
    """The month alone, under these in place of all agreements of the pools that they name.

    One that holds on no day of the month plays no part in it.
    """
    named = {one.pool for one in agreements}
    days = days_of(inputs.month)
    held = [
        one
        for one in agreements
        if one.since <= days[-1] and (one.until is None or days[0] < one.until)
    ]
    kept = [one for one in inputs.agreements if one.pool not in named]
    ordered = sorted([*kept, *held], key=lambda one: (one.id, one.pool))
    return replace(alone(inputs), agreements=tuple(ordered))


def compare(months: Sequence[tuple[Inputs, Inputs]]) -> WhatIf:
    """Each month as it is and as it would be. Raises ``CannotCompute``."""
    names: dict[str, str] = {}
    found: list[Month] = []
    for now, then in months:
        names |= {one.id: one.name for one in (*now.partners, *then.partners)}
        found.append(Month(now.month, _lines(_owed(now), _owed(then))))
    return WhatIf(names, tuple(found), _summed(line for month in found for line in month.lines))


def joined(parts: Iterable[WhatIf]) -> WhatIf:
    """Several months that were compared one by one."""
    parts = list(parts)
    names = {id_: name for part in parts for id_, name in part.names.items()}
    months = tuple(month for part in parts for month in part.months)
    return WhatIf(names, months, _summed(line for month in months for line in month.lines))


def _owed(inputs: Inputs) -> dict[str, int]:
    return {total.partner: total.amount for total in compute(inputs).totals}


def _lines(now: dict[str, int], then: dict[str, int]) -> tuple[Line, ...]:
    partners = sorted(now.keys() | then.keys())
    return tuple(Line(one, now.get(one, 0), then.get(one, 0)) for one in partners)


def _summed(lines: Iterable[Line]) -> tuple[Line, ...]:
    now: dict[str, int] = {}
    then: dict[str, int] = {}
    for line in lines:
        now[line.partner] = now.get(line.partner, 0) + line.now
        then[line.partner] = then.get(line.partner, 0) + line.then
    return _lines(now, then)
