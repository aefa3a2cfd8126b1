"""Whose time it was, by hand: what is carried on, early, in two bookings, or over midnight."""

from __future__ import annotations

from typing import Any

import pytest
from whose import DAY, MIN, booked, ms, whose

from rooms.attribution import (
    Claims,
    attribute,
    conflicts,
    effective,
)
from rooms.intervals import subtract

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
