"""Time rules, copies, gaps, clocks and the overlay of partial messages."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.fold import (
    KEYS_PER_DEVICE,
    LONGEST_GAP,
    ArrivalClock,
    Duplicates,
    Latest,
    Sequence,
    Skews,
    TooOld,
    place_time,
)

MIN = 60_000
DAY = 86_400_000
NOW = 1_795_424_400_000


# ---- times


@pytest.mark.parametrize(
    ("device_time", "max_age", "placed"),
    [
        (NOW, DAY, NOW),
        (NOW - DAY, DAY, NOW - DAY),
        (NOW + 5 * MIN, DAY, NOW + 5 * MIN),
        (NOW + 5 * MIN + 1, DAY, None),
        (NOW + 400 * DAY, None, None),
        (NOW - 9000 * DAY, None, NOW - 9000 * DAY),
        (0, None, 0),
    ],
)
def test_where_a_message_is_placed(
    device_time: int, max_age: int | None, placed: int | None
) -> None:
    assert place_time(device_time, NOW, max_age) == placed


def test_too_old_is_never_moved() -> None:
    with pytest.raises(TooOld):
        place_time(NOW - DAY - 1, NOW, DAY)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 50)), max_size=60),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 60)),
)
def test_arrivals_are_unique_and_as_early_as_can_be(
    arrivals: list[tuple[str, int]], last: dict[str, int]
) -> None:
    clock = ArrivalClock(last)
    given_out: dict[str, list[int]] = {}
    for device, arrival in arrivals:
        time = clock.stamp(device, arrival)
        before = given_out.setdefault(device, [last.get(device, 0)])
        assert time == max(arrival, before[-1] + 1)
        before.append(time)
    for times in given_out.values():
        assert len(set(times)) == len(times)


# ---- copies


def test_copies_are_known_once_noted_and_per_device() -> None:
    copies = Duplicates(keep=2)
    assert not copies.is_copy("a", "1")
    assert not copies.is_copy("a", "1")  # asking is not noting
    copies.note("a", "1")
    assert copies.is_copy("a", "1")
    assert not copies.is_copy("b", "1")
    copies.note("a", "2")
    copies.note("a", "3")
    assert [copies.is_copy("a", key) for key in "123"] == [False, True, True]


def test_copies_are_bounded() -> None:
    copies = Duplicates()
    for n in range(10 * KEYS_PER_DEVICE):
        copies.note("a", str(n))
    assert sum(copies.is_copy("a", str(n)) for n in range(10 * KEYS_PER_DEVICE)) == KEYS_PER_DEVICE


# ---- gaps


def missing(*arrivals: tuple[int, int]) -> list[int]:
    """What each (number, time) changes."""
    sequence = Sequence()
    return [sequence.note(seq, time) for seq, time in arrivals]


@pytest.mark.parametrize(
    ("arrivals", "changes"),
    [
        ([(5, 0), (6, 1), (7, 2)], [0, 0, 0]),
        ([(5, 0), (8, 1)], [0, 2]),
        ([(5, 0), (8, 1), (6, 2), (7, 0)], [0, 2, -1, -1]),  # late, with and without own times
        ([(5, 0), (8, 1), (6, 2), (6, 2)], [0, 2, -1, 0]),  # a late one and its copy
        ([(5, 0), (5, 0), (6, 1)], [0, 0, 0]),
        ([(5, 1), (4, 0), (6, 2)], [0, 0, 0]),  # from before we listened
        ([(500, 0), (1, 1), (2, 2), (4, 3)], [0, 0, 0, 1]),  # a restart
        ([(1, 0), (1 + LONGEST_GAP, 1)], [0, LONGEST_GAP - 1]),
        ([(1, 0), (2 + LONGEST_GAP, 1)], [0, 0]),  # too far: a restart
        ([(1, 5), (2, 0), (3, 1)], [0, 0, 0]),  # the device's clock was set back
        ([(9, 0), (1, 5), (8, 0), (2, 6)], [0, 0, 0, 0]),  # late, from before a restart
    ],
)
def test_gaps(arrivals: list[tuple[int, int]], changes: list[int]) -> None:
    assert missing(*arrivals) == changes


@given(st.integers(0, 2**32), st.sets(st.integers(1, 50)), st.data())
def test_gaps_against_brute_force(first: int, received: set[int], data: st.DataObject) -> None:
    """Numbers arrive in any order, each with the time at which it was sent."""
    order = data.draw(st.permutations(sorted(received)))
    sequence = Sequence()
    total = sequence.note(first, 0)
    seen = {0}
    for n in order:
        total += sequence.note(first + n, n)
        seen.add(n)
        assert total == max(seen) + 1 - len(seen)


# ---- clocks


def noted(*messages: tuple[int, int]) -> list[float | None]:
    """(off, arrival) in minutes -> seconds, where noted."""
    skews = Skews()
    return [skews.note("d", (at + off) * MIN, at * MIN) for off, at in messages]


@pytest.mark.parametrize(
    ("messages", "notes"),
    [
        ([(20, 0), (20, 1), (20, 2), (20, 3)], [None, None, 1200.0, None]),
        ([(20, 0), (20, 0), (20, 0)], [None, None, 1200.0]),  # ahead: never by waiting
        ([(-20, 0), (-20, 5), (-20, 10)], [None, None, -1200.0]),
        ([(-20, 0), (-20, 0), (-20, 0), (-20, 0)], [None] * 4),  # waited, and came at once
        ([(-20, 0), (-20, 1), (-20, 2)], [None, None, -1200.0]),
        ([(-20, 0), (-15, 5), (-10, 10), (-6, 14)], [None] * 4),  # a queue being emptied
        ([(-20, 0), (-19, 1), (-18, 2), (-17, 3), (-16, 4)], [None] * 5),  # slowly
        ([(20, 0), (20, 1), (0, 2), (20, 3), (20, 4)], [None] * 5),  # not running
        ([(5, 0), (5, 1), (5, 2)], [None] * 3),  # within bounds
        ([(6, n) for n in range(0, 25, 5)], [None, None, 360.0, None, 360.0]),  # not too often
    ],
)
def test_clocks_that_are_off(messages: list[tuple[int, int]], notes: list[float | None]) -> None:
    assert noted(*messages) == notes


def test_clocks_are_told_apart() -> None:
    skews = Skews()
    assert [skews.note(d, 20 * MIN, 0) for d in "abcabca"] == [None] * 6 + [1200.0]


# ---- the newest value of each field


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["presence", "health"]),
        st.integers(0, 5),
        st.dictionaries(st.sampled_from(["a", "b"]), st.floats(0, 9), min_size=1),
    ),
    max_size=4,
    unique_by=lambda part: part[:2],  # one kind's messages have different times
)


@given(PARTS)
def test_any_order_of_messages_gives_the_same(
    parts: list[tuple[str, int, dict[str, float]]],
) -> None:
    found = []
    for order in permutations(parts):
        latest = Latest()
        for part in order:
            latest.lay_over(*part)
        found.append((latest.fields, latest.heard))
    assert all(one == found[0] for one in found)


def test_by_hand() -> None:
    latest = Latest({"presence.people": (5, 2.0)}, 7)
    latest.lay_over("presence", 4, {"people": 9.0, "occupied": 1.0})
    latest.lay_over("health", 9, {"firmware": "1"})
    latest.lay_over("presence", 5, {"people": 3.0})  # of the same time the later word counts
    assert latest.heard == 9
    assert latest.fields == {
        "presence.people": (5, 3.0),
        "presence.occupied": (4, 1.0),
        "health.firmware": (9, "1"),
    }


def test_a_server_clock_that_was_ahead_does_not_hold_arrivals_there() -> None:
    clock = ArrivalClock()
    year = 365 * 86_400_000
    assert clock.stamp("d", year) == year  # our clock, wrong for a moment
    assert clock.stamp("d", 1000) == 1000
    assert clock.stamp("d", 1000) == 1001
