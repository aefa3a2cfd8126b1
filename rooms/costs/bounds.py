"""How far an amount could be off, had the unknown time been known (metrics.md 4, rule 5)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from rooms.costs.split import Split, nobodys
from rooms.costs.tally import Tally
from rooms.costs.terms import Terms


def bounds(
    result: Split, terms: tuple[Terms, ...], measured: Tally, unknown: Fraction
) -> dict[str, tuple[int, int]]:
    """Lowest and highest amount of each party in whole öre, rounded outwards.

    ``measured`` is the use without bookings that stand in for a whole pool unused, ``unknown``
    the weighted unknown seconds. Lowest, others used all of it, and the price of a unit is
    lower: pot x own / (all + unknown). Highest, all of it was its own use:
    pot x (own + unknown) / (all + unknown). ``own`` includes what falls on it of nobody's.
    """
    exact = result.exact
    if not unknown or len(exact) == 1:
        return {who: (floor(amount), ceil(amount)) for who, amount in exact.items()}
    everything = measured.total + unknown
    nobodys_own = nobodys(terms, measured)
    made: dict[str, tuple[int, int]] = {}
    for who, amount in exact.items():
        own = measured.of(who) + nobodys_own[who]
        rest, price = amount - result.of_pot(who), result.pot / everything
        ends = rest + price * own, rest + price * (own + unknown)
        made[who] = floor(min(ends)), ceil(max(ends))
    return made
