"""Counters of passages wrap at 16, 24 or 32 bits, or begin again from 0."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.evidence import counted

SIZES = st.sampled_from([2**16, 2**24, 2**32])
STEPS = st.lists(st.integers(0, 999), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (2**24 - 1, 0, 1),
        (2**24 - 1000, 999, 1999),
        (2**24 - 1001, 5, 5),  # too far from the end for a wrap: it began again
        (2**24 - 5, 1000, 1000),
        (2**24, 2**24 + 3, 3),
        (2**24 + 1, 3, 3),
    ],
)
def test_24_bits(old: int, new: int, expected: int) -> None:
    assert counted(old, new) == expected


@given(SIZES, st.integers(0, 20_000), STEPS)
def test_what_was_counted_adds_up_over_a_wrap(size: int, before_end: int, steps: list[int]) -> None:
    told = [size - 1 - before_end]
    for step in steps:
        told.append((told[-1] + step) % size)
    assert sum(counted(old, new) for old, new in pairwise(told)) == sum(steps)


@given(st.integers(0, 64_000), STEPS)
def test_a_restart_costs_no_more_than_what_it_lost(old: int, steps: list[int]) -> None:
    told = [old, 0]
    for step in steps:
        told.append(told[-1] + step)
    assert sum(counted(a, b) for a, b in pairwise(told)) == sum(steps)


@given(st.integers(0, 2**53), st.integers(0, 2**53))
def test_no_count_is_negative(old: int, new: int) -> None:
    assert counted(old, new) >= 0
