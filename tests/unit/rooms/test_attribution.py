"""Whose time it was, by hand: minutes from midnight, letters for partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from rooms.attribution import (
    Booking,
    CheckIn,
    Claims,
    Correction,
    attribute,
    conflicts,
    effective,
)
from rooms.intervals import Interval, Intervals, subtract

MIN = 60_000
DAY = 1440
EMPTY: Sequence[Any] = ()


def ms(these: Sequence[tuple[float, float]]) -> Intervals:
    return [(round(a * MIN), round(b * MIN)) for a, b in these]


def booked(*these: tuple[float, float, str | None]) -> list[Booking]:
    return [
        Booking(f"b{n}", round(a * MIN), round(b * MIN), partner)
        for n, (a, b, partner) in enumerate(these)
    ]


def whose(
    occupied: Sequence[tuple[float, float]],
    *,
    unknown: Sequence[tuple[float, float]] = EMPTY,
    bookings: Sequence[tuple[float, float, str | None]] = EMPTY,
    checkins: Sequence[tuple[float, str | None] | tuple[float, str | None, float]] = EMPTY,
    corrections: Sequence[tuple[int, float, float, str | None]] = EMPTY,
    host: str | None = None,
    window: Interval = (0, 3 * DAY),
) -> list[tuple[float, float, str | None, str]]:
    claims = Claims(
        booked(*bookings),
        [
            CheckIn(round(one[0] * MIN), one[1], round(one[2] * MIN) if len(one) > 2 else None)
            for one in checkins
        ],
        [Correction(id_, round(a * MIN), round(b * MIN), who) for id_, a, b, who in corrections],
        host,
    )
    shares = attribute(ms(occupied), ms(unknown), claims, window[0] * MIN, window[1] * MIN)
    return [(start / MIN, stop / MIN, partner, by) for start, stop, partner, by in shares]


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


# ---- carry


@pytest.mark.parametrize(
    ("occupied", "more", "end"),
    [
        pytest.param([(60, 200)], {}, 200, id="to the end of the stay"),
        pytest.param([(0, 200)], {}, 200, id="a stay begun before the booking"),
        pytest.param([(60, 150), (151, 200)], {}, 150, id="until vacant"),
        pytest.param(
            [(60, 150), (151, 200)], {"unknown": [(150, 151)]}, 150, id="unknown ends it as well"
        ),
        pytest.param([(60, 200)], {"bookings": [(150, 160, None)]}, 150, id="unmapped booking"),
        pytest.param([(60, 200)], {"checkins": [(150, None)]}, 150, id="somebody checks out"),
        pytest.param([(60, 200)], {"checkins": [(100, None)]}, 100, id="checks out as it ends"),
        pytest.param([(60, 200)], {"checkins": [(80, None)]}, 200, id="a check-out before"),
        pytest.param([(60, 99), (100, 200)], {}, 99, id="not occupied up to the end"),
    ],
)
def test_a_stay_goes_on_after_its_booking(
    occupied: list[tuple[float, float]], more: dict[str, Any], end: float
) -> None:
    more = more | {"bookings": [(60, 100, "a"), *more.get("bookings", ())]}
    found = whose(occupied, **more)
    assert [one for one in found if one[2] == "a"] == [(60, end, "a", "booking")]
    assert all(one[2:] == (None, "unattributed") for one in found if one[2] != "a")


def test_a_carried_stay_ends_at_another_partners_booking_or_check_in() -> None:
    assert whose(
        [(60, 300)],
        bookings=[(60, 100, "a"), (130, 140, "a"), (160, 200, "b")],
        checkins=[(250, "c"), (270, None)],
    ) == [
        (60, 160, "a", "booking"),
        (160, 250, "b", "booking"),
        (250, 270, "c", "checkin"),
        (270, 300, None, "unattributed"),
    ]


def test_a_carried_stay_lasts_a_day_at_most() -> None:
    assert whose([(60, 3 * DAY)], bookings=[(60, 100, "a")], host="h") == [
        (60, 100 + DAY, "a", "booking"),
        (100 + DAY, 3 * DAY, "h", "host"),
    ]


def test_a_stay_goes_on_after_a_check_ins_until() -> None:
    found = whose(
        [(60, 300)],
        bookings=[(70, 150, "a"), (180, 190, "b"), (200, 210, "a")],
        checkins=[(75, "b", 100)],
    )
    assert found == [
        (60, 75, "a", "booking"),
        (75, 200, "b", "checkin"),
        (200, 300, "a", "booking"),
    ]


def test_a_check_out_ends_without_carry() -> None:
    assert whose([(60, 100)], checkins=[(60, "b", 80), (70, None)]) == [
        (60, 70, "b", "checkin"),
        (70, 100, None, "unattributed"),
    ]


# ---- early


@pytest.mark.parametrize(
    ("start", "stop", "more", "early"),
    [
        pytest.param(90, 110, {}, True, id="10 min early"),
        pytest.param(89, 110, {}, False, id="11 min early"),
        pytest.param(95, 100, {}, True, id="gone as the booking starts"),
        pytest.param(95, 99, {}, False, id="gone before the booking starts"),
        pytest.param(95, 110, {"unknown": [(94, 95)]}, False, id="out of the unknown"),
        pytest.param(95, 110, {"unknown": [(93, 94)]}, True, id="a vacant minute between"),
        pytest.param(95, 110, {"bookings": [(80, 100, None)]}, False, id="an unmapped booking"),
    ],
)
def test_presence_before_a_booking(
    start: float, stop: float, more: dict[str, Any], early: bool
) -> None:
    more = more | {"bookings": [(100, 110, "a"), *more.get("bookings", ())]}
    by = ("a", "booking") if early else (None, "unattributed")
    assert whose([(start, stop)], **more)[0][2:] == by


def test_early_time_in_another_booking_or_its_stay_is_the_others() -> None:
    assert whose([(92, 110)], bookings=[(60, 95, "b"), (100, 110, "a")]) == [
        (92, 100, "b", "booking"),
        (100, 110, "a", "booking"),
    ]


def test_early_time_in_a_check_in_is_the_check_ins() -> None:
    assert whose([(92, 110)], bookings=[(100, 110, "a")], checkins=[(94, "b"), (96, None)]) == [
        (92, 94, "a", "booking"),
        (94, 96, "b", "checkin"),
        (96, 110, "a", "booking"),
    ]


def test_of_two_bookings_the_first_gets_what_is_early_to_both() -> None:
    bookings = [(104, 120, "b"), (100, 103, "a")]
    assert whose([(95, 120)], bookings=bookings) == [
        (95, 104, "a", "booking"),
        (104, 120, "b", "booking"),
    ]


# ---- bookings that overlap, and those of nobody


def test_of_overlapping_bookings_the_earlier_start_wins() -> None:
    late, first, second, hidden = booked(
        (90, 120, "b"), (60, 100, "a"), (60, 110, "c"), (70, 80, "d")
    )
    assert effective([late, first, second, hidden]) == [
        first,
        second._replace(start=100 * MIN),
        late._replace(start=110 * MIN),
    ]
    assert conflicts([late, first, second, hidden]) == [
        (first, second),
        (first, hidden),
        (second, hidden),
        (first, late),
        (second, late),
    ]
    assert whose(
        [(60, 130)], bookings=[(90, 120, "b"), (60, 100, "a"), (60, 110, "c"), (70, 80, "d")]
    ) == [
        (60, 100, "a", "booking"),
        (100, 110, "c", "booking"),
        (110, 130, "b", "booking"),
    ]


def test_bookings_that_touch_are_no_conflict_and_empty_ones_no_bookings() -> None:
    first, second, empty = booked((60, 100, "a"), (100, 120, "b"), (70, 70, "c"))
    assert effective([second, empty, first]) == [first, second]
    assert conflicts([second, empty, first]) == []


def test_an_unmapped_booking_attributes_nothing() -> None:
    assert whose([(95, 130)], bookings=[(100, 120, None)], host="h") == [(95, 130, "h", "host")]


def test_an_unmapped_booking_that_came_first_keeps_its_time_from_the_later() -> None:
    assert whose([(60, 120)], bookings=[(60, 100, None), (90, 120, "a")]) == [
        (60, 100, None, "unattributed"),
        (100, 120, "a", "booking"),
    ]


# ---- windows


def test_over_midnight_each_day_has_its_part() -> None:
    """A meeting from 23 to 1 whose people stay until 2, in two days' windows."""
    given: dict[str, Any] = {"bookings": [(1380, 1500, "a")], "checkins": [(1560, "b")]}
    occupied = [(1375, 1600)]
    assert whose(occupied, window=(0, DAY), **given) == [(1375, 1440, "a", "booking")]
    assert whose(occupied, window=(DAY, 2 * DAY), **given) == [
        (1440, 1560, "a", "booking"),
        (1560, 1600, "b", "checkin"),
    ]


def test_what_is_early_to_the_next_days_booking_counts_today() -> None:
    found = whose([(1435, 1500)], bookings=[(1440, 1500, "a")], window=(0, DAY))
    assert found == [(1435, 1440, "a", "booking")]


def test_a_no_show_claims_nothing_of_vacant_or_unknown_time() -> None:
    occupied = subtract(ms([(0, 300)]), ms([(50, 200)]))
    claims = Claims(booked((60, 180, "a")))
    shares = attribute(occupied, ms([(50, 120)]), claims, 0, 300 * MIN)
    assert [(share.start // MIN, share.stop // MIN, share.partner) for share in shares] == [
        (0, 50, None),
        (200, 300, None),
    ]
