"""Which agreement holds on which day of a month, and the fixed key that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from rooms.statement.inputs import AgreementInput

HOUR_S: Final = 3600


class CannotCompute(Exception):
    """There is no statement of these inputs; ``statement.cannot.<key>`` says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class Terms(NamedTuple):
    """An agreement and the days of the month on which it holds."""

    agreement: AgreementInput
    days: tuple[date, ...]
    key: Mapping[str, Fraction]  # the fixed key: partner -> part of 1; sums to 1

    @property
    def usage(self) -> Fraction:
        """The part of the costs that is split by use."""
        return 1 - self.agreement.capacity

    def credit(self, lost_s: int) -> Fraction:
        """What so much lost time is worth, öre."""
        return Fraction(lost_s * self.agreement.lost_credit, HOUR_S)


def days_of(month: str) -> list[date]:
    """All days of ``2026-10``."""
    day = date.fromisoformat(f"{month}-01")
    days = (day + timedelta(days=i) for i in range(31))
    return [one for one in days if one.month == day.month]


def fixed_key(shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The weights of an agreement as parts of 1; equal parts where all weigh nothing."""
    whole = sum(shares.values())
    if not whole:
        return dict.fromkeys(shares, Fraction(1, len(shares)))
    return {who: weight / whole for who, weight in shares.items()}


def terms_of(
    pool: str, agreements: Iterable[AgreementInput], days: Sequence[date]
) -> tuple[Terms, ...]:
    """The pool's agreements that hold on any of ``days``, by their first day.

    Raises ``CannotCompute`` where two hold on one day.
    """
    own = sorted((one for one in agreements if one.pool == pool), key=lambda one: one.since)
    found: list[Terms] = []
    taken: dict[date, str] = {}
    for one in own:
        held = tuple(day for day in days if one.since <= day and (not one.until or day < one.until))
        for day in held:
            if (other := taken.setdefault(day, one.id)) != one.id:
                raise CannotCompute("two_agreements", pool=pool, day=day, ids=f"{other}, {one.id}")
        if held:
            found.append(Terms(one, held, fixed_key(one.shares)))
    return tuple(found)


def check_covered(pool: str, terms: Iterable[Terms], days: Iterable[date]) -> None:
    """A pool with costs needs an agreement on every day."""
    held = {day for one in terms for day in one.days}
    for day in days:
        if day not in held:
            raise CannotCompute("no_agreement", pool=pool, day=day)
