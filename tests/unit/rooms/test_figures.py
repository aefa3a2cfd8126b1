"""Percentages from sums, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rooms.figures import Peak, Peaks, Ratio, figures, peaks
from rooms.utilisation import HourUse, Quarter, Use

QUARTER = 15 * 60_000
HOUR = 4 * QUARTER

# Two rooms' month: 200 h bookable, 190 h known, 57 h occupied, 38 h of them counted
MONTH = Use(
    bookable_s=720_000,
    known_s=684_000,
    occupied_s=205_200,
    person_s=410_400,
    counted_s=136_800,
    seat_s=1_641_600,  # 12 seats
    booked_s=288_000,
    bookings=90,
    assessable=80,
    no_shows=12,
)


def test_by_hand() -> None:
    made = figures(MONTH)
    assert made.coverage == Ratio(684_000, 720_000)
    assert made.coverage.value == 0.95
    assert made.frequency.value == 0.30
    assert made.lowest.value == 0.285
    assert made.highest.value == pytest.approx(0.335)  # 205,200 + 36,000 of 720,000
    assert made.seat_fill.value == 0.25
    assert made.utilisation.value == 0.075
    assert made.booking_rate.value == 0.40
    assert made.no_show == Ratio(12, 80)
    assert made.no_show.value == 0.15
    assert made.sufficient


def test_nothing_to_divide_by_is_no_figure() -> None:
    made = figures(Use())
    assert made.frequency == Ratio(0, 0)
    assert {
        made.coverage.value,
        made.frequency.value,
        made.lowest.value,
        made.highest.value,
        made.seat_fill.value,
        made.utilisation.value,
        made.booking_rate.value,
        made.no_show.value,
    } == {None}
    assert not made.sufficient


def test_utilisation_is_blank_without_a_counter() -> None:
    made = figures(replace(MONTH, person_s=0, counted_s=0, seat_s=0))
    assert made.frequency.value == 0.30
    assert made.seat_fill.value is made.utilisation.value is None


def test_figures_of_a_sum_are_not_the_mean_of_figures() -> None:
    small, large = Use(bookable_s=100, known_s=100, occupied_s=100), Use(900, 900)
    assert figures(small + large).frequency.value == 0.1


@pytest.mark.parametrize(
    ("known", "sufficient"), [(900, True), (899, False), (1000, True), (0, False)]
)
def test_nine_tenths_must_be_known(known: int, sufficient: bool) -> None:
    assert figures(Use(bookable_s=1000, known_s=known)).sufficient is sufficient


def hour(start: int, *quarters: tuple[int, int, int]) -> HourUse:
    a, b, c, d = (Quarter(*one) for one in quarters)
    return HourUse(start, Use(), (a, b, c, d))


def test_the_peak_is_the_first_of_the_highest_quarters() -> None:
    hours = [
        hour(0, (0, 0, 0), (0, 0, 0), (1800, 1800, 900), (1800, 1700, 1275)),
        # known to 900 of 1800 only: not assessed, though all of it was occupied
        hour(HOUR, (1800, 900, 900), (1800, 1800, 1350), (900, 810, 0), (900, 809, 809)),
    ]
    found = peaks(hours)
    assert found.highest == Peak(3 * QUARTER, Ratio(1275, 1700))  # 0.75, as an hour later
    assert (found.assessed, found.insufficient) == (4, 2)
    assert found.high == found.highest


def test_the_95th_percentile_is_by_nearest_rank() -> None:
    # 0, 1, ... 19 of 100: rank 19 of 20; with one more, rank ceil(19.95) = 20 of 21
    quarters = [(100, 100, n) for n in range(20)]
    hours = [hour(n * HOUR, *quarters[4 * n : 4 * n + 4]) for n in range(5)]
    assert peaks(hours).high == Peak(18 * QUARTER, Ratio(18, 100))
    more = hour(5 * HOUR, (100, 100, 20), *[(0, 0, 0)] * 3)
    assert peaks([*hours, more]).high == Peak(19 * QUARTER, Ratio(19, 100))
    assert peaks(reversed([*hours, more])) == peaks([*hours, more])


def test_no_quarter_no_peak() -> None:
    assert peaks([]) == peaks([HourUse(0)]) == Peaks(None, None, 0, 0)
    assert peaks([hour(0, *[(900, 800, 800)] * 4)]) == Peaks(None, None, 0, 4)
