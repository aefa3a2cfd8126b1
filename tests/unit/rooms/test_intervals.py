"""The interval algebra against a bitmap: one bit per unit of time, nothing clever."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rooms.intervals import (
    Intervals,
    bridges,
    clip,
    intersect,
    lasting,
    snap,
    subtract,
    total,
    union,
)

LENGTH = 40
piece = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda p: (min(p), max(p)))
pieces = st.lists(piece, max_size=8)
stretch = piece.filter(lambda p: p[0] < p[1])
sets = st.lists(stretch, max_size=8).map(union)


def bits(these: Intervals) -> set[int]:
    return {t for start, stop in these for t in range(start, stop)}


def well_formed(these: Intervals) -> bool:
    return all(a < b for a, b in these) and all(
        before < after for (_, before), (after, _) in pairwise(these)
    )


@given(pieces)
def test_union(given_pieces: Intervals) -> None:
    merged = union(given_pieces)
    assert bits(merged) == bits(given_pieces)
    assert well_formed([one for one in merged if one[0] < one[1]])
    # an instant stays, inside of something or on its own
    assert all(any(a <= t <= b for a, b in merged) for t, _ in given_pieces)


@given(sets, sets)
def test_subtract(these: Intervals, those: Intervals) -> None:
    left = subtract(these, those)
    assert bits(left) == bits(these) - bits(those)
    assert well_formed(left)


@given(sets, sets)
def test_intersect(these: Intervals, those: Intervals) -> None:
    both = intersect(these, those)
    assert bits(both) == bits(these) & bits(those)
    assert well_formed(both)


@given(sets, stretch)
def test_clip_and_total(these: Intervals, window: tuple[int, int]) -> None:
    inside = clip(these, *window)
    assert bits(inside) == bits(these) & set(range(*window))
    assert total(inside) == len(bits(inside))


@given(sets, st.integers(1, 10))
def test_bridges(these: Intervals, gap: int) -> None:
    have = bits(these)
    expected = set()
    for t in range(LENGTH):
        before = max((h for h in have if h < t), default=None)
        after = min((h for h in have if h > t), default=None)
        if t not in have and before is not None and after is not None and after - before <= gap + 1:
            expected.add(t)
    assert bits(bridges(these, gap)) == expected


@given(sets, st.integers(1, 8))
def test_snap(these: Intervals, unit: int) -> None:
    """A unit belongs to what its last moment belongs to."""
    snapped = snap(these, unit)
    last = unit - 1
    assert bits(snapped) == {t for t in range(0, LENGTH) if t - t % unit + last in bits(these)}
    assert all(a % unit == b % unit == 0 for a, b in snapped)


@given(sets, st.integers(1, 6), st.integers(1, 6))
def test_lasting(these: Intervals, shortest: int, gap: int) -> None:
    have = bits(these)
    kept = bits(lasting(these, shortest, gap, until=10 * LENGTH))
    for start, stop in these:
        near = set(range(start - gap, start)) | set(range(stop, stop + gap))
        # a neighbour whose near end touches the reach counts: half-open on both sides
        alone = not near & have and not any(a == stop + gap or b == start - gap for a, b in these)
        assert set(range(start, stop)) <= kept or (stop - start < shortest and alone)
        if stop - start < shortest and alone:
            assert not set(range(start, stop)) & kept


def test_by_hand() -> None:
    assert union([(5, 9), (0, 2), (2, 3), (4, 4), (8, 12)]) == [(0, 3), (4, 4), (5, 12)]
    assert bridges([(0, 0), (10, 12), (23, 23)], 10) == [(0, 10)]
    assert lasting([(0, 1), (50, 55)], 2, 10, until=100) == [(50, 55)]
    assert lasting([(0, 1), (11, 12)], 2, 10, until=100) == [(0, 1), (11, 12)]
    assert lasting([(0, 1)], 2, 10, until=11) == [(0, 1)]  # company may still come
