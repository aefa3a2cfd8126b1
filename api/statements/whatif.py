"""What other agreements would have come to, over past months. Nothing is issued or kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from api.statements.drafting import Block
from api.statements.service import Statements
from rooms.statement.codec import decode
from rooms.statement.compute import CannotCompute
from rooms.statement.inputs import AgreementInput, Inputs
from rooms.statement.whatif import WhatIf, alone, compare, joined, with_agreements
from storage.ledger import INPUTS
from storage.state import latest

MONTHS: Final = 12  # where nothing else is asked for


class LeftOut(NamedTuple):
    month: str
    why: Block


class Outcome(NamedTuple):
    found: WhatIf
    left_out: tuple[LeftOut, ...]  # months of which there is no statement, now or then


def past_months(
    statements: Statements,
    running: str,
    *,
    first: str | None = None,
    last: str | None = None,
    most: int | None = None,
) -> list[str]:
    """Months with data that are over (``running`` is not), from ``first`` to ``last``; of them
    the latest ``most``, by default ``MONTHS`` if no bounds are given."""
    found = [month for month in statements.months() if month < running]
    found = [m for m in found if (first or m) <= m <= (last or m)]
    if most is None and first is None and last is None:
        most = MONTHS
    return found if most is None else found[-most:]


def what_if(
    statements: Statements,
    agreements: Sequence[AgreementInput],
    months: Sequence[str],
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Issued months by what they were issued on, others as they stand now. ``progress`` is
    called with the number of months that are done."""
    found: list[WhatIf] = []
    left_out: list[LeftOut] = []
    for done, month in enumerate(months, 1):
        inputs = alone(_inputs(statements, month))
        if not inputs.costs:
            left_out.append(LeftOut(month, Block("statement.block.no_costs", {"month": month})))
        else:
            try:
                found.append(compare([(inputs, with_agreements(inputs, agreements))]))
            except CannotCompute as error:
                why = Block(f"statement.cannot.{error.key}", error.values)
                left_out.append(LeftOut(month, why))
        progress(done)
    return Outcome(joined(found), tuple(left_out))


def _inputs(statements: Statements, month: str) -> Inputs:
    issued = latest(statements.issued()).get(month)
    if issued is None:
        return statements.draft(month).inputs
    return decode(statements.file(issued.number, INPUTS), Inputs)
