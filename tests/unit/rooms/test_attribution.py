"""Whose time it was, by hand: the five classes, and how a check-in ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from whose import DAY, EMPTY, whose

from rooms.attribution import (
    Booking,
    CheckIn,
    Claims,
    Correction,
    attribute,
)

# ---- the five classes


def test_each_class_in_its_turn() -> None:
    assert whose(
        [(480, 500), (540, 560), (600, 620), (700, 720)],
        bookings=[(540, 600, "b")],
        checkins=[(600, "c"), (640, None)],
        corrections=[(1, 700, 710, "k")],
        host="h",
    ) == [
        (480, 500, "h", "host"),
        (540, 560, "b", "booking"),
        (600, 620, "c", "checkin"),
        (700, 710, "k", "correction"),
        (710, 720, "h", "host"),
    ]


def test_without_a_host_nobodys() -> None:
    assert whose([(480, 500)]) == [(480, 500, None, "unattributed")]


def test_nothing_occupied_is_nobodys_share() -> None:
    assert whose([], bookings=[(0, 60, "a")], host="h") == []


def test_a_check_in_stands_above_the_booking_it_falls_into() -> None:
    assert whose([(60, 120)], bookings=[(60, 120, "a")], checkins=[(80, "b"), (100, None)]) == [
        (60, 80, "a", "booking"),
        (80, 100, "b", "checkin"),
        (100, 120, "a", "booking"),
    ]


def test_corrections_stand_above_all_and_the_later_one_above_the_earlier() -> None:
    assert whose(
        [(0, 100)],
        bookings=[(0, 100, "a")],
        checkins=[(40, "b")],
        corrections=[(2, 30, 60, "c"), (1, 20, 50, "d"), (3, 55, 65, None)],
    ) == [
        (0, 20, "a", "booking"),
        (20, 30, "d", "correction"),
        (30, 55, "c", "correction"),
        (55, 65, None, "correction"),
        (65, 100, "b", "checkin"),
    ]


def test_a_correction_gives_only_what_was_occupied() -> None:
    assert whose([(10, 20)], corrections=[(1, 0, 15, "a")]) == [
        (10, 15, "a", "correction"),
        (15, 20, None, "unattributed"),
    ]


def test_neighbours_of_one_partner_and_class_are_one() -> None:
    bookings = [(0, 30, "a"), (30, 60, "a")]
    assert whose([(0, 60)], bookings=bookings) == [(0, 60, "a", "booking")]


def test_claims_are_moved_down_to_whole_seconds() -> None:
    claims = Claims(
        [Booking("x", 3_999, 5_999, "a")],
        [CheckIn(7_900, "b", 9_999), CheckIn(15_001, None)],
        [Correction(1, 1_001, 1_999, "c"), Correction(2, 2_500, 3_500, "c")],
    )
    assert attribute([(0, 20_000)], [(-9_000, 0)], claims, 0, 20_000) == [
        (0, 2_000, None, "unattributed"),
        (2_000, 3_000, "c", "correction"),
        (3_000, 7_000, "a", "booking"),  # from 3 s to 5 s, and carried on
        (7_000, 15_000, "b", "checkin"),
        (15_000, 20_000, None, "unattributed"),
    ]


# ---- how a check-in ends: the room is in use from 0 to 200, b checks in at 50


@pytest.mark.parametrize(
    ("more", "end", "then"),
    [
        pytest.param({"checkins": [(50, "b"), (90, None)]}, 90, EMPTY, id="check-out"),
        pytest.param(
            {"checkins": [(50, "b"), (90, "c")]}, 90, [(90, 200, "c", "checkin")], id="the next"
        ),
        pytest.param(
            {"checkins": [(50, "b"), (90, "c", 80)]}, 90, EMPTY, id="the next, over already"
        ),
        pytest.param(
            {"bookings": [(90, 100, "c")]}, 90, [(90, 200, "c", "booking")], id="another's booking"
        ),
        pytest.param({"bookings": [(90, 100, None)]}, 90, EMPTY, id="an unmapped booking"),
        pytest.param({"bookings": [(90, 100, "b")]}, 200, EMPTY, id="its own booking ends nothing"),
        pytest.param({"bookings": [(50, 60, "c")]}, 200, EMPTY, id="a booking begun before it"),
        pytest.param(
            {"bookings": [(20, 90, "b"), (80, 100, "c")]},
            90,
            [(90, 200, "c", "booking")],
            id="an overlapped booking starts where the first ends",
        ),
    ],
)
def test_a_check_in_ends(more: dict[str, Any], end: float, then: Sequence[Any]) -> None:
    found = whose([(0, 200)], **{"checkins": [(50, "b")]} | more)
    rest = [one for one in found if one[0] >= 50]
    assert rest[0] == (50, end, "b", "checkin")
    assert rest[1:] == (then or [(end, 200, None, "unattributed")] * (end < 200))


def test_a_check_in_ends_at_its_until_when_the_room_is_vacant_then() -> None:
    assert whose([(50, 70), (85, 95)], checkins=[(50, "b", 80)]) == [
        (50, 70, "b", "checkin"),
        (85, 95, None, "unattributed"),
    ]


def test_a_check_in_that_is_over_when_it_is_made_gives_nothing() -> None:
    assert whose([(50, 70)], checkins=[(50, "b", 50)]) == [(50, 70, None, "unattributed")]


@pytest.mark.parametrize(
    ("gap", "unknown", "lasts"),
    [
        pytest.param(14, [], True, id="14 vacant minutes"),
        pytest.param(15, [], False, id="15 vacant minutes"),
        pytest.param(29, [(114, 115)], True, id="14 vacant, 1 unknown, 14 vacant"),
        pytest.param(31, [(115, 116)], False, id="15 vacant, 1 unknown, 15 vacant"),
        pytest.param(600, [(100, 700)], True, id="10 h unknown"),
    ],
)
def test_vacant_minutes_end_a_check_in(
    gap: int, unknown: list[tuple[float, float]], lasts: bool
) -> None:
    found = whose([(60, 100), (100 + gap, 800)], unknown=unknown, checkins=[(50, "b")])
    then = ("b", "checkin") if lasts else (None, "unattributed")
    assert found == [(60, 100, "b", "checkin"), (100 + gap, 800, *then)]


@pytest.mark.parametrize(("came", "by"), [(64, "checkin"), (65, "unattributed")])
def test_vacant_minutes_count_from_the_check_in_on(came: int, by: str) -> None:
    """The room had been empty for an hour when b checked in at 50."""
    assert [one[3] for one in whose([(came, 100)], checkins=[(50, "b")])] == [by]


def test_a_check_in_lasts_a_day_at_most() -> None:
    assert whose([(0, 2 * DAY)], checkins=[(50, "b")])[1:] == [
        (50, 50 + DAY, "b", "checkin"),
        (50 + DAY, 2 * DAY, None, "unattributed"),
    ]
