"""Whole öre that sum exactly: the method of the largest remainder."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def rounded(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """``exact`` amounts, which sum to ``total``, as whole öre that sum to it too.

    Everybody gets its amount rounded down; what is left goes, one öre each, to those of whom
    most was cut off, of equals to the first by id. So nobody is a whole öre away from its exact
    amount. A negative total is rounded as the same amount with the other sign.
    """
    if total < 0:
        return {who: -ore for who, ore in rounded(_negative(exact), -total).items()}
    whole = {who: floor(amount) for who, amount in exact.items()}
    left = total - sum(whole.values())
    by_remainder = sorted(exact, key=lambda who: (whole[who] - exact[who], who))
    for who in by_remainder[:left]:
        whole[who] += 1
    return whole


def _negative(exact: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {who: -amount for who, amount in exact.items()}
